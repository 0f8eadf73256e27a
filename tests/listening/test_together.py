"""Notions that tell nothing alone and much together."""

import pytest

from flows.interrupting import interrupt_of
from flows.listening.phrases import Finder, read_phrases
from flows.listening.together import Together, notions_of, read_rules
from flows.listening.words_of import Words, words_of

NOTIONS = {
    "@place": "bridge|roof",
    "@step": "one step\nstep",
    "@work": "job",
    "@me": "i|my",
    "@own": "my bridge",
}
FINDER = Finder(phrase for name, block in NOTIONS.items() for phrase in read_phrases(name, block, {}))


def said(text: str) -> Words:
    """The words of a text."""
    return words_of(text, {}, frozenset(), frozenset())


def heard(rule: str, text: str) -> bool:
    """Whether a rule hears a text."""
    words = said(text)
    return bool(Together(read_rules("crisis", rule)).find(words, FINDER.find(words)))


@pytest.mark.parametrize(
    ("rule", "text", "holds"),
    [
        ("place step", "one step from the roof", True),
        ("place step", "the roof is nice", False),
        ("place step", "I like the roof. One step at a time", False),
        ("~ place step", "I like the roof. One step at a time", True),
        ("place step !work", "my job on the roof is one step up", False),
        ("place step !work", "one step from the roof. I lost my job", True),
        ("place !work", "the roof again", True),
        ("own me", "my bridge", False),
        ("own +me", "my bridge", True),
        ("own|place +me", "the bridge and i", True),
    ],
)
def test_a_rule_holds(rule: str, text: str, holds: bool) -> None:
    """In one sentence or in the whole message, with and without."""
    assert heard(rule, text) is holds


@pytest.mark.parametrize("rule", ["place", "!work", "~ place"])
def test_one_notion_alone_is_no_rule(rule: str) -> None:
    """It would be a phrase of the list itself."""
    with pytest.raises(ValueError, match="nothing together"):
        read_rules("crisis", rule)


def test_every_notion_of_a_rule_is_named() -> None:
    """So that a slip in the word file is met at once."""
    assert notions_of(read_rules("crisis", "a|b +c !d")) == {"@a", "@b", "@c", "@d"}


@pytest.mark.parametrize(
    "text",
    ["there is no future for me", "I should be dead and buried", "someone switch me off for good"],
)
def test_what_is_dark_and_not_plain_is_asked_about(text: str) -> None:
    """The gentle question, or the page of help: not an answer to be kept."""
    assert interrupt_of(text) in ("crisis", "crisis_soft")
