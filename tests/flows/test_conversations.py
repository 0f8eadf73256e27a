"""The conversations in conversations/*.md, replayed: what people do goes in, the rest must come out."""

import re
from pathlib import Path

import pytest

from flows.library import Library
from flows.markup import plain
from flows.values import Person
from tests.flows.conftest import CONVERSATIONS, alice_person
from tests.flows.driver import Talk

HEAD = re.compile(r"<!-- (?P<who>\w+)(?: (?P<dialogue>\w+))?(?P<facts>(?: \w+=\S+)*) -->")
TURN = re.compile(r"^(?:\*\*\w+:\*\* (?P<words>.*)|_(?P<gap>\d+ \w+) later_)$")
BOB = Person(first_name="Bob", consents=frozenset({"remember"}), sessions=1, facts={"welcomed": "yes"})
DAN = Person(
    first_name="Dan", zone="Europe/Berlin", consents=frozenset({"remind"}), facts={"welcomed": "yes"}
)
PEOPLE = {"alice": alice_person(), "bob": BOB, "charlie": Person(first_name="Charlie"), "dan": DAN}
FILES = sorted(CONVERSATIONS.glob("*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_conversation_goes_as_written(file: Path, library: Library, request: pytest.FixtureRequest) -> None:
    """A coach can read the file; Cairn says exactly what stands in it."""
    written = file.read_text(encoding="utf-8")
    replayed = replay(written, library)
    if request.config.getoption("--update-golden"):
        file.write_text(replayed, encoding="utf-8")
        return

    assert replayed == written


def replay(written: str, library: Library) -> str:
    """The conversation anew, from its head and from what the person does in it."""
    head = HEAD.search(written)
    assert head is not None, "the first line names person and dialogue"
    talk = Talk(library, PEOPLE[head["who"]])
    if head["dialogue"]:
        facts = (fact.split("=", 1) for fact in head["facts"].split())
        talk.begin(head["dialogue"], *((key, value) for key, value in facts))
    for line in written.splitlines():
        if (turn := TURN.match(line)) and not line.startswith("**Cairn:**"):
            act(talk, turn["words"] or "", turn["gap"] or "")
    title = written.splitlines()[0]
    return "\n".join([title, "", head[0], "", *(line.rstrip() for line in talk.lines), *tail(talk)]) + "\n"


def act(talk: Talk, words: str, gap: str) -> None:
    """One line of the file, done."""
    words = words.replace("␤", "\n")
    if gap:
        count, unit = gap.split()
        talk.wait(**{unit if unit.endswith("s") else f"{unit}s": int(count)})
    elif words.startswith("["):
        talk.tap(words[1:-1])
    elif words.startswith("/"):
        talk.command(words[1:])
    elif words.startswith("(at once) "):
        talk.type(words.removeprefix("(at once) "), early=True)
    elif edit := re.match(r"\(edits “(.*)”\) (.*)", words):
        talk.edit(talk.wrote[edit[1]], edit[2])
    elif words == "(taps it again)":
        talk.tap_again()
    elif words.startswith("(taps “"):
        talk.resume_from()
    elif words == "(shares a location)":
        talk.locate("Asia/Kolkata")
    elif words.startswith("(") and words.endswith(")"):
        talk.show(words[1:-1])
    else:
        talk.type(words)


def tail(talk: Talk) -> list[str]:
    """What is kept and planned in the end."""
    rows = [f"{a.field}: {a.raw!r}" + (" (skipped)" if a.skipped else "") for _, a in talk.answers]
    if talk.action:
        rows.append(
            f"step: {talk.action.words!r}, due {talk.action.due}, confidence {talk.action.confidence}"
        )
    for reminder in talk.planned.values():
        clock = f"{reminder.minutes // 60:02d}:{reminder.minutes % 60:02d}"
        words = plain(reminder.spans).replace("\n", " ")
        rows.append(f"planned for {reminder.day} {clock} {reminder.zone}{f': {words}' if words else ''}")
    state = "open" if talk.session else "erased" if talk.erased else "closed"
    paused = [f"paused: {rest.dialogue}, {rest.where or '-'}" for rest in talk.person.paused]
    return ["---", "", "_Kept and planned:_", "", *(f"- _{row}_" for row in [*rows, *paused, state])]
