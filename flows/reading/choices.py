"""Reading a typed answer where choices were shown: a label, a number, several, yes or no, a control word.

Knows only the labels it is given, in the order shown. A text that is no choice gives None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from flows.reading.controls import CONTROL_WORDS, NO, SOFTENERS, YES, YES_EMOJI
from flows.reading.normalise import (
    KEPT,
    is_check_mark,
    is_thumbs_down,
    is_thumbs_up,
    normalised,
    without_marks,
)
from flows.reading.scales import NUMBER_WORDS
from flows.reading.wordlists import words

Control = Literal["back", "skip", "unsure", "pause", "done", "fine", "keep"]

_ORDINALS = {
    word: place
    for place, word in enumerate(
        words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), 1
    )
}
_CARDINALS = {word: number for word, number in NUMBER_WORDS.items() if 0 < number <= 12}
_ALL = frozenset(
    {"all", "all of them", "all of these", "everything", "every one", "every one of them", "all please"}
)
_EVERY = re.compile(
    r"(?:(?:no|nah|i|i'd|want|like|take|do|let's|but|just|can|we|have|to|need|the) )*"
    r"all(?: (?:of )?(?:the |my )?(?:\d{1,2}|two|three|four|five|six|them|these|those))?"
    r"(?: (?:of them|please|ideas|options|then))*"
)
_AROUND_NUMBER = re.compile(
    r"\b(?:the|one|ones|option|options|number|numbers|nr|no|choice|answer|please|i'd|i'll|i will|i|"
    r"would|pick|choose|"
    r"take|go for|going for|go with|let's|say|want|like|think|maybe|probably|definitely|my|is|it's|"
    r"and|then|with|both)\b"
)
_SPLIT = re.compile(r"\s*(?:[,;+&\n]|\band\b|\bplus\b|\bas well as\b)\s*")
_RANGE = re.compile(r"(\d{1,2})\s?(?:-|to)\s?(\d{1,2})")
_ORDERED = re.compile(r"\d (?:and )?then \d")  # one after the other: the first is the one for now
_NOT = re.compile(r"\b(?:not|neither|none|nor|except|but|without|\w+n't)\b")
_EMPTY_WORDS = frozenset(
    words(
        """
        the a an of to in on at for with and or i i'd i'll me my it it's is one option choice please
        would like want pick choose take go let's think maybe probably this that be about some what do
        """
    )
)
_LONGEST = 300


def read_choice(text: str, labels: Mapping[str, str]) -> str | tuple[str, ...] | None:
    """The id of the choice meant, or the ids if several are; ``labels`` stand in the order shown.

    1. A label as it is; 2. its beginning; 3. numbers as shown; 4. several parts, each a choice;
    5. words that only one label has.
    """
    if len(text) > _LONGEST:
        return None
    text = _DOUBTING.sub("", text)
    said = without_marks(normalised(text))
    if not said:
        return _by_emoji(text, labels)
    plain = {choice: without_marks(normalised(label)) for choice, label in labels.items()}
    return (
        _by_label(said, plain)
        or _by_first_sentence(text, plain)
        or _by_place(said, tuple(plain))
        or _by_numbers(normalised(text), tuple(plain))
        or _by_parts(normalised(text), plain)
        or _by_degree(said, plain)
        or _by_size(said, plain)
        or _by_opposite(said, plain)
        or _by_words(said, plain)
        or _by_label_inside(said, plain)
        or _by_label_first(said, plain)
        or _by_id(said, plain)
    )


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLACE = re.compile(
    rf"(?:(?:i'll|i will|i'd) (?:take|go with|pick) )?(?:the )?({'|'.join(_PLACES)}|last)(?: one\b(?! of)|$)"
)


def _by_place(said: str, choices: tuple[str, ...]) -> str | None:
    """ "The third one. Ask for what I want": the place comes first, and the rest says it again."""
    found = _PLACE.match(said)
    if found is None or len(choices) < 3:
        return None
    place = len(choices) - 1 if found[1] == "last" else _PLACES.index(found[1])
    return choices[place] if place < len(choices) else None


def read_yes_no(text: str) -> bool | None:
    """Yes, no, or neither; "yes, but …" is neither, because somebody should hear the rest."""
    if is_thumbs_up(text) or is_check_mark(text) or text.strip() in YES_EMOJI:
        return True
    if is_thumbs_down(text) or text.strip() in ("❌", "🚫", "✖️", "✖", "🙅"):
        return False
    if len(text) > _LONGEST:
        return None
    said = without_marks(normalised(text))
    ways = {said, _without_softeners(said)}
    if ways & YES or _each(said, YES):
        return True
    if ways & NO or _each(said, NO):
        return False
    return _leaning(normalised(text))


def _leaning(said: str) -> bool | None:
    """ "Yes, that sounds right" says yes, "no, I get enough mails" says no; a "but" leaves it open."""
    if len(said) > 80 or _BUT.search(said):
        return None
    if _YES_FIRST.match(said) and not _NOT.search(said):
        return True
    return False if _NO_FIRST.match(said) else None


_BUT = re.compile(r"\b(?:but|though|although|except|unless|only if|however)\b|\?")
_YES_FIRST = re.compile(
    r"(?:(?:oh|um|well|hm+) )?(?:yes|yeah|yep|sure|of course|definitely|obviously|absolutely)\b"
)
_NO_FIRST = re.compile(
    r"(?:(?:oh|um|well|hm+) )?(?:(?:no|nope|nah)(?:[,.!]| (?:thanks|thank|i|don't|that|it|please|leave)\b)"
    r"|(?:please )?don't )"
)


def may_be_an_idea(text: str) -> bool:
    """Whether words that could end a talk are also something one could do: "quit", "do it later"."""
    return bool(_IDEAS.match(without_marks(normalised(text[:_LONGEST]))))


_IDEAS = re.compile(r"(?:quit|stop|later|do (?:it|this) later|another time|take a break|enough)\b")


def puts_off(text: str) -> bool:
    """Whether words that could end the talk say what one will do with a step: "do it later I guess"."""
    return bool(_PUTS_OFF.fullmatch(without_marks(normalised(text[:_LONGEST]))))


_PUTS_OFF = re.compile(
    r"(?:(?:i|i'll|i will|i'd|maybe|probably|just|then|idk|well) )*"
    r"(?:do (?:it|this|that) (?:later|tomorrow|another time|some other time)|another time|some other time"
    r"|take a break|(?:later|tomorrow)(?= (?:i|maybe|probably|then))|(?<=maybe )later|(?<=probably )later)"
    r"(?: (?:i guess|i think|i suppose|maybe|probably|then|lol|haha|tbh|to be honest|really|that day))*"
)


def _each(said: str, known: frozenset[str]) -> bool:
    """Whether a few words in a row all say the same: "yeah fine"."""
    parts = said.split()
    return 1 < len(parts) <= 3 and all(part in known for part in parts)


@lru_cache(maxsize=KEPT)
def read_control(text: str) -> Control | None:
    """What the person asks of the conversation itself, only if the whole message says it."""
    if text.strip().startswith("🤷"):
        return "unsure"
    if len(text) > _LONGEST:
        return None
    said = without_marks(normalised(text))
    if _ENDS_LIST.fullmatch(said):
        return "done"
    return CONTROL_WORDS.get(said) or CONTROL_WORDS.get(_without_softeners(said))


_ENDS_LIST = re.compile(
    r"(?:(?:i think|ok|well|and|so) )*"
    r"(?:that's (?:it|all)|these are all|those are all|no more|nothing else|i'm done)"
    r"(?: (?:really|for now|i think|then|my ideas|i can think of|now|i guess))*"
    r"(?:,? (?:i )?(?:can't|cannot|don't) (?:think of|have) (?:anything else|any more|any others?|more))?"
    r"(?: (?:boss|mate|man|bro|folks|thanks|thank you|thx|lol|bye|cairn|for now|for today|then))*"
)


def _without_softeners(said: str) -> str:
    """The text without what does not change its meaning: "um yes please" says yes."""
    before = None
    while said != before:
        before = said
        if not said.startswith(_SOFT_BEGINNINGS) and not said.endswith(_SOFT_ENDINGS):
            break
        for beginning, ending in zip(_SOFT_BEGINNINGS, _SOFT_ENDINGS, strict=True):
            said = said.removeprefix(beginning).removesuffix(ending)
    return said


_SOFT_BEGINNINGS = tuple(f"{softener} " for softener in SOFTENERS)
_SOFT_ENDINGS = tuple(f" {softener}" for softener in SOFTENERS)


def _by_emoji(text: str, labels: Mapping[str, str]) -> str | None:
    sign = text.strip()
    found = [choice for choice, label in labels.items() if sign and sign in label]
    return found[0] if len(found) == 1 else None


def _by_label(said: str, plain: Mapping[str, str]) -> str | None:
    for choice, label in plain.items():
        if said == label:
            return choice
    found = [choice for choice, label in plain.items() if _begins(label, said)]
    return found[0] if len(found) == 1 else None


def _by_first_sentence(text: str, plain: Mapping[str, str]) -> str | None:
    """A label before other words: "Partly. The date yes, the points no"; but not "yes, but …"."""
    first, *rest = re.split(r"[.,!;…\n]+", text, maxsplit=1)
    said = without_marks(normalised(first)) if rest else ""
    if not said or (said in YES | NO and re.match(r"\s*(?:but|not|only)\b", rest[0], re.IGNORECASE)):
        return None
    found = [choice for choice, label in plain.items() if said == label or label.startswith(f"{said} ")]
    return found[0] if len(found) == 1 else None


def _by_label_inside(said: str, plain: Mapping[str, str]) -> str | None:
    """The one label of two words or more that stands in a longer sentence: "the evening before, please"."""
    if _NOT.search(said):
        return None
    found = [choice for choice, label in plain.items() if " " in label and f" {label} " in f" {said} "]
    return found[0] if len(found) == 1 else None


def _by_label_first(said: str, plain: Mapping[str, str]) -> str | None:
    """The label a longer answer begins with: "room to think I'd say, although the other …"."""
    found = [choice for choice, label in plain.items() if " " in label and said.startswith(f"{label} ")]
    return found[0] if len(found) == 1 else None


def _by_size(said: str, plain: Mapping[str, str]) -> str | None:
    """ "The long one", "the lower": by the number in the labels."""
    found = _SIZE.fullmatch(said)
    sizes = {choice: int(n[0]) for choice, label in plain.items() if (n := re.findall(r"\d+", label))}
    if not found or len(sizes) < 2 or len(set(sizes.values())) < len(sizes):
        return None
    return (max if found["size"] in _LARGE else min)(sizes, key=lambda choice: sizes[choice])


_LARGE = frozenset(words("long longer longest high higher highest big bigger biggest full upper"))
_SIZE = re.compile(
    r"(?:(?:yes|yeah|ok|okay|please|i'd|i'll|take|like|say|the|a|rather|maybe|um|well|hm) )*"
    r"(?P<size>long(?:er|est)?|short(?:er|est)?|high(?:er|est)?|low(?:er|est)?|big(?:ger|gest)?|small(?:er|est)?"
    r"|full|upper|quick|brief)(?: (?:one|version|talk|number|please|then|i think|i'd say))*"
)
# What says the same as a label that has none of its words.
_SAME_AS = {"complete": words("finished done over complete ended end closed settled")}


def _by_opposite(said: str, plain: Mapping[str, str]) -> str | None:
    """ "No, that's finished" where one label says that it is complete."""
    spoken = set(said.split())
    for word, same in _SAME_AS.items():
        found = [choice for choice, label in plain.items() if word in label.split()]
        if len(found) == 1 and len(spoken) <= _FEW + 1 and spoken & set(same) and not _NOT.search(said):
            return found[0]
    return None


_DOUBTING = re.compile(
    r"^\s*(?:not (?:really |so )?sure|idk|dunno|no idea|i don['’]?t know|hm+|um+|well|ok(?:ay)?|so)"
    r"\s*[,.;…–—-]+\s*(?:maybe |but |i guess |i think )*(?=\S)",
    re.IGNORECASE,
)


def _begins(label: str, said: str) -> bool:
    return label.startswith(f"{said} ") or (len(said) > 3 and label.startswith(said))


def _by_numbers(said: str, shown: Sequence[str]) -> str | tuple[str, ...] | None:
    bare = without_marks(said)
    if bare in _ALL or _EVERY.fullmatch(bare) or (bare in ("both", "both of them") and len(shown) == 2):
        return tuple(shown)
    if _NOT.search(bare):
        return None
    places = _places(re.sub(r"#\s?(?=\d)", "", said), len(shown))
    if not places or any(not 1 <= place <= len(shown) for place in places):
        return None
    chosen = tuple(dict.fromkeys(shown[place - 1] for place in places))
    if _ORDERED.search(bare):
        return chosen[0]
    return chosen[0] if len(chosen) == 1 else chosen


def _places(said: str, count: int) -> tuple[int, ...]:
    """The positions named, if the message names nothing else; (0,) stands for a number that was not shown."""
    bare = without_marks(said)
    if edge := re.fullmatch(r"(?:the )?(first|last) (two|three|2|3)(?: ones)?", bare):
        some = min(count, 2 if edge[2] in ("two", "2") else 3)
        return tuple(range(1, some + 1)) if edge[1] == "first" else tuple(range(count - some + 1, count + 1))
    if whole := _RANGE.fullmatch(said.strip(" .!)")):
        return tuple(range(int(whole[1]), int(whole[2]) + 1)) if int(whole[1]) < int(whole[2]) else (0,)
    if bare in _CARDINALS:
        return (_CARDINALS[bare],)
    words = re.findall(r"[^\W_]+", _AROUND_NUMBER.sub(" ", said))
    places = tuple(_place(word, count) for word in words)
    return () if None in places else tuple(place for place in places if place is not None)


def _place(word: str, count: int) -> int | None:
    if word == "last":
        return count
    if digits := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word):
        return int(digits[1])
    return _ORDINALS.get(word) or (_CARDINALS.get(word) if word != "one" else None)


def _by_parts(said: str, plain: Mapping[str, str]) -> tuple[str, ...] | None:
    parts = [without_marks(part) for part in _SPLIT.split(said)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or _NOT.search(said):
        return None
    found = [_by_label(part, plain) or _by_words(part, plain) for part in parts]
    chosen = tuple(dict.fromkeys(choice for choice in found if choice))
    return chosen if None not in found and len(chosen) > 1 else None


def _by_words(said: str, plain: Mapping[str, str]) -> str | None:
    """The one label that shares most words, if the message is not mostly about something else."""
    words = _content(said)
    if not words or (_NOT.search(said) and not any(_NOT.search(label) for label in plain.values())):
        return None
    shared = {choice: len(words & _content(label)) for choice, label in plain.items()}
    most = max(shared.values(), default=0)
    best = [choice for choice, count in shared.items() if count == most]
    return best[0] if len(best) == 1 and most * 2 >= len(words) and most else None


def _by_id(said: str, plain: Mapping[str, str]) -> str | None:
    """The one choice whose id is said: "the full one please"; and "fifteen" where a label says 15."""
    words = set(said.split())
    named = [choice for choice in plain if len(choice) >= _ID and choice.replace("_", " ") in said]
    named = [choice for choice in named if set(choice.split("_")) <= words]
    if not named and len(words) <= _FEW:
        digits = {str(NUMBER_WORDS[word]) for word in words if word in NUMBER_WORDS}
        named = [choice for choice, label in plain.items() if digits & set(label.split())]
    return named[0] if len(named) == 1 and not _NOT.search(said) else None


_ID, _FEW = 4, 4
_PARTLY = re.compile(
    r"(?:yes |yeah |well |um |i guess |maybe |only |just )*(?:ish|(?:a |in )?part(?:s|ly)?|some of it"
    r"|half(?: ?way| and half)?|kind of|kinda|sort of|sorta|somewhat|a bit|a little|more or less|almost"
    r"|nearly|mostly|in a way|in part|to some extent|not (?:quite|fully|entirely))\b"
)


def _by_degree(said: str, plain: Mapping[str, str]) -> str | None:
    """ "ish", "kind of", "not quite": the one choice that says partly."""
    partly = [choice for choice, label in plain.items() if label.startswith("partly")]
    return partly[0] if len(partly) == 1 and _PARTLY.match(said) else None


def _content(plain: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain)) - _EMPTY_WORDS
