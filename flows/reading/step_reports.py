"""Reading how a step went in a person's own words: "no. bottled it", "told him, he'll look at it".

Looks at clauses where ``nudge_words`` looks at whole messages. An act counts if it is the person's own and
the step's; where that is not plain nothing is read, for a question costs less than a wrong outcome.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from flows.reading import step_words as said_of
from flows.reading.acts import SAYING, base_of, shares, telling
from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.nudge_words import is_plain_outcome
from flows.reading.verbs import VERBS

Outcome = Literal["", "done", "partly", "not_yet", "later", "on_it"]

_LONGEST, _WORDS, _CLAUSES = 400, 45, 4  # characters, words, clauses; more is a story
_SHORT = 12  # words of a message that may well be about the step that was just brought up
_NEAR = 6  # words within which a negation and the step belong together
_LEAST, _LETTERS = 2, 3  # words that tell something; of a reason a longer one is enough: "rain"
_SENTENCE: Final = re.compile(r"[.!?;\n…]+\s*|\s+[-–—]+\s+|,\s+|\s*[\U0001f300-\U0001faff]+\s*")
_JOINT: Final = re.compile(r"\s+(?:but|and then|and|then|because|cos|cause|as|so)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """What was said of a step, and the words that say more than that, as typed."""

    outcome: Outcome = ""
    words: str = ""


@lru_cache(maxsize=KEPT)
def read_report(text: str, step: str) -> Report:
    """What a message says of this step; an empty report if it may be about something else."""
    if len(text) > _LONGEST or len(text.split()) > _WORDS or asks_something(text):
        return Report()
    found: list[Outcome] = []
    for piece in [piece for piece in _SENTENCE.split(text) if any(c.isalnum() for c in piece)][:_CLAUSES]:
        whole = _outcome_of(piece, step)
        parts = [whole] if whole else [_outcome_of(part, step) for part in _JOINT.split(piece)]
        found += [outcome for outcome in parts if outcome]
    if not found:
        return Report()
    outcome = _together(found, text)
    return Report(outcome, _told_beside(text, outcome, step))


def asks_something(text: str) -> bool:
    """Whether a message asks the program for something, or asks at all."""
    return said_of.ASKS.search(normalised(text)) is not None


def may_be_about_it(text: str) -> bool:
    """Whether a message is so short that it may well be about what was just brought up."""
    says = any(character.isalnum() for character in text)
    return says and len(text.split()) <= _SHORT and not asks_something(text)


def _together(found: list[Outcome], text: str) -> Outcome:
    """One outcome of several: what is put off is not asked about, and half of two is partly."""
    if "later" in found and "done" not in found:
        return "later"
    if found[0] == "done" and "not_yet" in found:
        return "not_yet" if said_of.NO_ANSWER.search(normalised(text)) else "partly"
    return found[0]


def _told_beside(text: str, outcome: Outcome, step: str) -> str:
    """What a report says besides the plain outcome, as typed; "" if nothing. Of a part, what is there."""
    pieces, marks = _SENTENCE.split(text.strip()), _SENTENCE.findall(text.strip())
    if outcome == "partly":
        there = next((piece for piece in pieces if _outcome_of(piece, step) == "partly"), text.strip())
        return "" if is_plain_outcome(without_marks(normalised(there))) else there.strip()
    while pieces and _says_no_more(pieces[0], outcome, step):
        pieces, marks = pieces[1:], marks[1:]
    said = "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=False)).strip(" ,;–—-")
    enough = len(said.split()) >= _LEAST or (outcome == "not_yet" and len(said) > _LETTERS)
    return said if enough else ""


def _says_no_more(piece: str, outcome: Outcome, step: str) -> bool:
    """Whether a clause is nothing but the outcome: "no", "havent yet", "just sent it"."""
    said = without_marks(normalised(piece))
    if said in said_of.REASONS:
        return False
    if all(word in said_of.BARE for word in said.split()) or is_plain_outcome(said):
        return True
    if outcome == "done":
        act = said_of.ACT.fullmatch(said)
        return act is not None and _fits(said_of.NO_THING, act["rest"]) and _is_own_act(said, step)
    negated = said_of.NEGATED.fullmatch(said) if outcome == "not_yet" else None
    return negated is not None and not said_of.WHY.search(said)


def _outcome_of(clause: str, step: str) -> Outcome:
    said = without_marks(normalised(clause))
    if not said:
        return ""
    if _fits(said_of.NOT_NOW, said):
        return "later"
    if _is_undone(said, step):
        return "not_yet"
    if _fits(said_of.PART, said):
        return "partly"
    if _fits(said_of.ON_IT, said):
        return "on_it"
    return "done" if _is_done(said, step) else ""


def _fits(pattern: re.Pattern[str], said: str) -> bool:
    return pattern.fullmatch(said) is not None


def _is_undone(said: str, step: str) -> bool:
    """A negation of the step, a try that failed, a person who was not there."""
    if _fits(said_of.FAILED, said) or is_plain_outcome(said, "not_yet") or said_of.NO_ANSWER.search(said):
        return True
    if undone := said_of.NEGATED.fullmatch(said) or said_of.TRIED.fullmatch(said):
        rest = (undone["rest"] or "").strip()
        near = len(rest.split()) <= _NEAR and shares(rest, step)
        return not rest or _fits(said_of.PRO_FORM, rest) or near
    absent = said_of.ABSENT.fullmatch(said)
    return absent is not None and (absent["who"] in said_of.THEM or absent["who"] in telling(step))


def _is_done(said: str, step: str) -> bool:
    if is_plain_outcome(said, "done"):
        return True
    if said_of.SPOILT.search(said):
        return False
    if _fits(said_of.WENT, said):
        return True
    passive = said_of.PASSIVE.fullmatch(said)
    if passive and not said_of.NOBODYS.match(passive["what"]):
        return passive["what"].split()[-1] in said_of.THINGS or shares(passive["what"], step)
    return _is_own_act(said, step)


def _is_own_act(said: str, step: str) -> bool:
    """An act in the past, the person's own, that is the step's or is named like it."""
    act = said_of.ACT.fullmatch(said)
    if act is None or said_of.OTHERS.match(act["verb"]):
        return False
    verb, rest = act["verb"], act["rest"]
    base = base_of(verb)
    stressed = said[: act.start("verb")].endswith("did ")  # "I did speak to them"
    if not stressed and verb not in said_of.PAST and not (verb.endswith("ed") and base != verb):
        return False
    planned, named = telling(step), telling(rest)
    if base in said_of.DONE_VERBS and _fits(said_of.NO_THING, rest):
        return True
    same_thing = named & planned
    if base in planned or (base in SAYING and planned & SAYING):
        return bool(same_thing - {base}) or _needs_no_object(base, rest, step)
    if base in said_of.DONE_VERBS and same_thing:
        return True
    return base in said_of.LIGHT and bool(same_thing & VERBS or (named & SAYING and planned & SAYING))


def _needs_no_object(base: str, rest: str, step: str) -> bool:
    """Whether the same act says enough without the same thing: "ran 3k", "texted Laila" for "text her"."""
    if _fits(said_of.NO_THING, rest):
        return True
    if base in SAYING:
        to_them = said_of.TO_THEM.search(normalised(step)) is not None
        return to_them and base in telling(step) and len(rest.split()) <= _LEAST
    return base in said_of.INTRANSITIVE and _fits(said_of.NO_OBJECT, rest)
