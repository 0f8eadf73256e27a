"""What a look back came to: the list of what became of each step, and what several reviews share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flows.effects import KeepFact, Span
from flows.moments import say_moment
from flows.patterns import Pattern, pattern_of
from flows.phrasing import LONG_QUOTE, phrase
from flows.quoting import in_notes
from flows.recurring import is_typed
from flows.session import Answer
from flows.turn import Turn

SAID = "pattern_said"
"""The fact of a person that holds the day and the kind of the newest observation."""
AGAIN = dt.timedelta(weeks=4)
PHRASES = {
    "reason": "pattern_reason",
    "weekday": "pattern_weekday",
    "unsure": "pattern_unsure",
    "sure": "pattern_sure",
}
QUOTED = ("learning", "part_done", "came_up", "taught", "about_step")
TAUGHT = ("learning", "taught", "about_step")


def sum_up_reviews(turn: Turn) -> None:
    """Write down, for each step looked back at, where it is what was learned, and the last lesson."""
    scopes = dict.fromkeys(answer.scope for answer in turn.answers if "#" in answer.scope)
    notes = [note for scope in scopes if (note := _note(turn, [a for a in turn.answers if a.scope == scope]))]
    if notes:
        turn.set("review_notes", "\n".join(notes))
    lessons = [answer for answer in turn.answers if answer.field in TAUGHT and is_typed(turn, answer)]
    if lessons:
        turn.set("lesson", lessons[-1].value, lessons[-1].raw)


def _note(turn: Turn, answers: list[Answer]) -> str:
    said = {answer.field: answer for answer in answers if not answer.skipped and answer.value is not None}
    if "outcome" not in said:
        return ""
    first = next(answer for answer in answers if answer.field == "action")
    followed = "onward" in said and said["action"] is not first
    words = [_line(turn, first.raw if followed else said["action"].raw, _state(turn, said, followed))]
    words += [_shown(turn, said[field]) for field in QUOTED if field in said and _is_shown(turn, said, field)]
    if followed:
        words.append(_line(turn, said["action"].raw, _day(turn, said)))
    return "\n".join(words)


def _is_shown(turn: Turn, said: dict[str, Answer], field: str) -> bool:
    """A reason may be a button; what was learned is shown in the person's own words only, and all once."""
    if field in TAUGHT:
        return is_typed(turn, said[field])
    return field != "came_up" or "part_done" not in said or said[field].raw not in said["part_done"].raw


def _shown(turn: Turn, answer: Answer) -> str:
    return f"{turn.library.label(f'shown_{answer.field}')}: “{in_notes(answer.raw, LONG_QUOTE)}”"


def _line(turn: Turn, words: str, state: str) -> str:
    return f"• “{in_notes(words, LONG_QUOTE)}” · {state}" if state else f"• “{in_notes(words, LONG_QUOTE)}”"


def _state(turn: Turn, said: dict[str, Answer], followed: bool) -> str:
    decision, outcome = str(said["decision"].value) if "decision" in said else "", str(said["outcome"].value)
    if decision in ("drop", "park"):
        return turn.library.label(f"noted_{decision}")
    closed = followed or outcome in ("done", "irrelevant") or not (decision or "still_ahead" in said)
    return turn.library.label(f"noted_{outcome}") if closed else _day(turn, said)


def _day(turn: Turn, said: dict[str, Answer]) -> str:
    return say_moment(turn, said["due"].value) if "due" in said else turn.library.label("noted_not_yet")


def unsaid_pattern(turn: Turn) -> Pattern | None:
    """What the reviews have in common, unless that very thing was said in the last four weeks."""
    pattern = pattern_of(turn.person.reviewed)
    day, _, said = turn.fact(SAID).partition(" ")
    if pattern is None or not day or said != f"{pattern.kind} {pattern.what}".strip():
        return pattern
    age = turn.local_now.date() - dt.date.fromisoformat(day)
    return pattern if age > AGAIN else None


def observe_pattern(turn: Turn) -> None:
    """Put into words what the reviews have in common."""
    pattern = unsaid_pattern(turn)
    if pattern is not None:
        turn.do(KeepFact(SAID, f"{turn.local_now.date().isoformat()} {pattern.kind} {pattern.what}".strip()))
        spans = phrase(
            turn,
            PHRASES[pattern.kind],
            times=pattern.times,
            total=pattern.total,
            what=_named(turn, pattern),
        )
        turn.set("pattern", _text(spans))


def _named(turn: Turn, pattern: Pattern) -> str:
    if pattern.kind == "weekday":
        return turn.library.label("weekdays").split()[int(pattern.what)]
    reasons = turn.library.dialogues["one_review"].steps["came_up"].choices
    return dict(reasons).get(pattern.what, pattern.what)


def _text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)
