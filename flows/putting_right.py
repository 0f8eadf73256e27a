"""A moment that was understood wrongly, put right by the next message: "no, 10 in the morning"."""

from __future__ import annotations

from typing import Final

from flows.actions import keep_action
from flows.asking import ask_again
from flows.events import Replied
from flows.moments import moment_json, moment_of, say_moment
from flows.phrasing import phrase
from flows.reading.clock import read_clock
from flows.reading.corrections import is_an_hour, names_a_day, puts_right
from flows.reading.dates import read_date
from flows.reading.normalise import normalised
from flows.turn import Turn
from flows.values import Moment, replace

CLOSED: Final = ("scale", "choice")  # where such words are no answer


def put_right(turn: Turn, event: Replied) -> bool:
    """Change the moment that was said back just now, if the words do that; the open question comes again."""
    place, said = _moment_before(turn), normalised(event.text)
    if place is None or not (puts_right(said) or is_an_hour(said)):
        return False
    answer = turn.answers[place]
    better = _better(turn, moment_of(answer.value) or Moment(turn.local_now.date()), said)
    if better is None:
        return False
    value = moment_json(better, event.text, "")
    ids = (*answer.message_ids, event.message_id)
    turn.amend(place, replace(answer, raw=event.text, value=value, message_ids=ids))
    keep_action(turn)
    turn.lead(phrase(turn, "moved_to", due=say_moment(turn, value)))
    ask_again(turn)
    return True


def _better(turn: Turn, told: Moment, said: str) -> Moment | None:
    """The moment as it is meant: another hour, another day, or both; None if neither is named."""
    clock = read_clock(said)
    minutes = clock.minutes if clock is not None and not clock.part else None
    named = read_date(said, turn.local_now).moment if names_a_day(said) else None
    if minutes is None and named is None:
        return None
    day = named.day if named is not None else told.day
    return Moment(day, minutes if minutes is not None else told.minutes)


def _moment_before(turn: Turn) -> int | None:
    """Where the moment stands that was answered just now, if the open question takes no words."""
    if not turn.waiting or turn.visits[-1].reply not in CLOSED or turn.frame.dialogue != "action":
        return None
    newest = next((p for p in range(len(turn.answers) - 1, -1, -1) if turn.answers[p].field == "due"), None)
    if newest is None or any(answer.field == "confidence" for answer in turn.answers[newest:]):
        return None
    return newest
