"""A step held against what is stored of earlier reviews: the same reason, one more date, open until now.

Compares facts and hands them to a question; what they mean is the person's to say.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.listening import hurts
from flows.looking_back import action_at_hand
from flows.patterns import OPEN, pattern_of
from flows.quoting import piece_of
from flows.reading.alike import is_alike
from flows.reading.dates import say_date
from flows.session import Answer
from flows.turn import Turn
from flows.values import Moment, Reviewed

THIRD = 3
FEW = 3  # words that stand by themselves when they are said back


def earlier_reviews(turn: Turn) -> tuple[Reviewed, ...]:
    """What came of steps before today, oldest first; those of today belong to this sitting."""
    zone, today = turn.local_now.tzinfo, turn.local_now.date()
    return tuple(one for one in turn.person.reviewed if one.at.astimezone(zone).date() < today)


def _open_before(turn: Turn) -> tuple[Reviewed, ...]:
    """The earlier reviews that left the step at hand open."""
    return tuple(one for one in earlier_reviews(turn) if one.action == turn.item and one.outcome in OPEN)


def alike_before(turn: Turn) -> Reviewed | None:
    """The newest earlier review with the reason that was given now, of whatever step."""
    given = turn.answer("came_up")
    if given is None or given.skipped or not isinstance(given.value, str):
        return None
    told = (one for one in reversed(earlier_reviews(turn)) if one.said)
    return next((one for one in told if is_alike(one.said, given.value)), None)


def same_reason(turn: Turn) -> bool:
    """The reason given now was given at an earlier review; a pattern is put into words elsewhere."""
    pattern = pattern_of(turn.person.reviewed)
    return (pattern is None or pattern.kind != "reason") and reason_before(turn) != ""


def comes_again(turn: Turn) -> bool:
    """The step was left open at an earlier review."""
    return bool(_open_before(turn))


def keeps_again(turn: Turn) -> bool:
    """The step stays as it is, and would get its third date or a later one."""
    return turn.value("decision") == "keep" and _dates(turn) >= THIRD


def has_last_sentence(turn: Turn) -> bool:
    """There is a sentence from an earlier day, to be said back."""
    day = turn.fact("last_day")
    sentence = turn.fact("last_takeaway")
    return bool(day and day < turn.local_now.date().isoformat() and piece_of("takeaway", sentence))


def told_reason(turn: Turn) -> bool:
    """What is done of the step was told with the reason why the rest is not."""
    return turn.value("came_up") is not None


def reason_before(turn: Turn) -> str:
    """The same reason in the words of last time, if they can be said back."""
    before = alike_before(turn)
    return piece_of("came_up", before.said) if before and not hurts(before.said) else ""


def reason_on(turn: Turn) -> str:
    """The day on which the same reason was given."""
    return _day(turn, alike_before(turn))


def reason_now(turn: Turn) -> str:
    """The reason given now, in the person's words, if they can be said back."""
    given = turn.answer("came_up")
    if given is None or given.skipped or not isinstance(given.value, str) or hurts(given.value):
        return ""
    return piece_of("came_up", given.value)


def last_open_on(turn: Turn) -> str:
    """The day on which the step was found still open, if there was one."""
    before = _open_before(turn)
    return _day(turn, before[-1]) if before else ""


def which_date(turn: Turn) -> str:
    """How many dates the step would have had with a new one, in a word, from the third on."""
    known = turn.library.label("ordinals").split()
    dates = _dates(turn)
    return known[dates - 1] if THIRD <= dates <= len(known) else ""


def taught(turn: Turn) -> str:
    """What the try taught, in typed words; a button has none."""
    given = turn.answer("taught")
    piece = piece_of("taught", given.value) if given is not None and is_typed(turn, given) else ""
    return piece if len(piece.split()) >= FEW else ""


def is_typed(turn: Turn, answer: Answer) -> bool:
    """Whether an answer holds a few words of the person's own, and not the label of a button."""
    if answer.skipped or not isinstance(answer.value, str) or len(answer.value.split()) < FEW:
        return False
    dialogue = turn.library.dialogues.get(answer.dialogue)
    step = dialogue.steps.get(answer.step) if dialogue else None
    return step is None or answer.value not in dict((*step.choices, *step.offers)).values()


def _dates(turn: Turn) -> int:
    """How many days the step was set for, with the one it would get now."""
    action, before = action_at_hand(turn), _open_before(turn)
    if action is None or not before:
        return 0
    dues = [*(one.due for one in before), action.due]
    days = {due.day for due in dues if due is not None}
    return len(days) + 1


def _day(turn: Turn, review: Reviewed | None) -> str:
    if review is None:
        return ""
    today = turn.local_now
    return say_date(Moment(review.at.astimezone(today.tzinfo).date()), today.date())


QUOTES = frozenset(("reason_before",))
"""Placeholders that hold words of the person as a field does; a question with them is preferred."""
CONDITIONS: tuple[Callable[[Turn], bool], ...] = (
    same_reason,
    comes_again,
    keeps_again,
    has_last_sentence,
    told_reason,
)
PLACEHOLDERS: tuple[Callable[[Turn], str], ...] = (
    reason_now,
    reason_before,
    reason_on,
    last_open_on,
    which_date,
    taught,
)
