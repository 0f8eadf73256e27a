"""What is wrong with the file of nudges, as sentences that name the table and the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.definitions import Nudges
from flows.markup import Wording
from flows.nudge_buttons import LABELS

WORDS, WORDINGS = 45, 6
OWN = frozenset(("action", "words", "scale"))
"""Placeholders for words of the person's own; each wording of a nudge has one."""
VALUES = OWN | {"due", "day", "cue", "response", "list"}
KINDS = (
    *("reminder", "reminder_evening", "after", "after_short", "moving", "review", "review_short"),
    *("checkin", "checkin_short", "easy", "choice", "door"),
)
LINES: Mapping[str, frozenset[str]] = {
    "if_then": frozenset(("cue", "response")),
    "also": frozenset(("list",)),
    "said_last": frozenset(("words",)),
    "also_step": frozenset(("action", "due")),
    "also_review": frozenset(("due",)),
    "also_checkin": frozenset(("due",)),
    "noted": frozenset(("action",)),
    "number_noted": frozenset(("number",)),
    "closed_already": frozenset(),
    "moved": frozenset(("action", "due")),
    "comes_again": frozenset(("due",)),
    "when_again": frozenset(),
    "on_it": frozenset(),
    "no_room": frozenset(),
    "turned_off": frozenset(),
    "rests": frozenset(("due",)),
    "less_often": frozenset(("rate", "most")),
    "rhythm_kept": frozenset(("rate",)),
    "got_it": frozenset(),
    "why": frozenset(("asked",)),
}
TEXTS = (
    *("weekdays", "rate_1", "rate_2", "rate_3", "rate_4"),
    *("asked_step", "asked_after", "asked_review", "asked_checkin", "asked_rhythm"),
)


def check_nudges(nudges: Nudges) -> list[str]:
    """All problems of the file."""
    return [f"nudges: {problem}" for problem in (*_wordings(nudges), *_lines(nudges), *_names(nudges))]


def _wordings(nudges: Nudges) -> Iterator[str]:
    for kind in KINDS:
        if kind not in nudges.wordings:
            yield f"wordings for “{kind}” are missing"
    for kind, wordings in nudges.wordings.items():
        if kind.removesuffix("_direct") not in KINDS:
            yield f"“{kind}” is no kind of message; known are {', '.join(KINDS)}"
        if len(wordings) < WORDINGS:
            yield f"“{kind}” has {len(wordings)} wordings; it needs {WORDINGS}"
        for wording in wordings:
            yield from (f"“{kind}” {problem}" for problem in _wording(wording))


def _wording(wording: Wording) -> Iterator[str]:
    if wording.words > WORDS:
        yield f"wording {wording.id} has {wording.words} words; {WORDS} are the limit"
    if not wording.needs & OWN:
        yield f"wording {wording.id} holds no words of the person's; use {{action}}, {{words}} or {{scale}}"
    for name in sorted(wording.needs - VALUES):
        yield f"wording {wording.id} has unknown placeholder {{{name}}}"


def _lines(nudges: Nudges) -> Iterator[str]:
    for name, allowed in LINES.items():
        if not nudges.lines.get(name):
            yield f"line “{name}” is missing"
        for wording in nudges.lines.get(name, ()):
            if not wording.needs <= allowed:
                yield f"line “{name}” wording {wording.id} may only use {sorted(allowed)}"
    for name in nudges.lines.keys() - LINES.keys():
        yield f"line “{name}” is used by nothing; delete it"


def _names(nudges: Nudges) -> Iterator[str]:
    for what, needed, given in (("label", LABELS, nudges.labels), ("text", TEXTS, nudges.texts)):
        for name in needed:
            if not given.get(name):
                yield f"{what} “{name}” is missing"
        for name in sorted(given.keys() - set(needed)):
            yield f"{what} “{name}” is used by nothing; delete it"
