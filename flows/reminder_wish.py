"""Which reminder of the step at hand a person wished for, what is still to be asked of it, and when it comes.

Looks and never plans: that is done in reminding.py.
"""

from __future__ import annotations

import datetime as dt

from flows.moments import clock, moment_of
from flows.reading.dates import say_date
from flows.rhythm import reminder_moment
from flows.session import Answer
from flows.turn import Turn
from flows.values import Moment
from flows.wall_clock import is_quiet


def reminder_as_chosen(turn: Turn) -> Moment | None:
    """When the reminder comes that was chosen; None without a step, a day or the permission."""
    due, wanted = moment_of(turn.value("due")), wanted_reminder(turn)
    allowed = turn.agreed("remind") and turn.agreed("remember") and turn.zone_known
    if due is None or not allowed or not turn.value("action"):
        return None
    return reminder_moment(due, wanted, turn.quiet, asked_time(turn))


def wanted_reminder(turn: Turn) -> str:
    """Which reminder of the step is wanted: "at", "evening" or none."""
    wanted, said = turn.value("reminder"), _since_chosen(turn, "remind_in_quiet")
    if wanted not in ("at", "evening") or (said is not None and said.value == "none"):
        return ""
    return str(wanted)


def asked_time(turn: Turn) -> int | None:
    """The time of day that was named for the message itself; one in quiet hours counts if that was said."""
    minutes = wished_time(turn)
    if minutes is not None and is_quiet(minutes, turn.quiet):
        said = _since_chosen(turn, "remind_in_quiet")
        return minutes if said is not None and said.value == "yes" else None
    return _named_time(turn)


def wished_time(turn: Turn) -> int | None:
    """The time at which a message at the moment itself would come, were there no quiet hours."""
    due, named = moment_of(turn.value("due")), _named_time(turn)
    return named if named is not None or due is None else due.minutes


def needs_time(turn: Turn) -> bool:
    """A message is wanted at a moment without an hour, and its time was not asked for yet."""
    due = moment_of(turn.value("due"))
    unknown = due is not None and due.minutes is None and wanted_reminder(turn) == "at"
    return unknown and _since_chosen(turn, "remind_at") is None


def falls_in_quiet(turn: Turn) -> bool:
    """A message is wanted at a time that lies in quiet hours, and what then was not asked yet."""
    minutes = wished_time(turn)
    if minutes is None or wanted_reminder(turn) != "at" or _since_chosen(turn, "remind_in_quiet"):
        return False
    return is_quiet(minutes, turn.quiet)


def reminder_over(turn: Turn) -> bool:
    """The time of the reminder that was chosen is over."""
    moment = reminder_as_chosen(turn)
    if moment is None or needs_time(turn) or falls_in_quiet(turn):
        return False
    return not is_ahead(turn, moment)


def moment_ahead(turn: Turn) -> bool:
    """A message at the moment of the step can still come: it lies ahead, or has no hour yet."""
    due = moment_of(turn.value("due"))
    if due is None:
        return False
    if due.minutes is not None:
        return is_ahead(turn, due)
    today = turn.local_now.date()
    return due.day > today or (due.day == today and _since_chosen(turn, "remind_at") is None)


def evening_ahead(turn: Turn) -> bool:
    """A message on the evening before the step can still come."""
    moment = reminder_moment(moment_of(turn.value("due")), "evening", turn.quiet)
    return moment is not None and is_ahead(turn, moment)


def wished_clock(turn: Turn) -> str:
    """The time at which a message was wished for."""
    minutes = wished_time(turn)
    return "" if minutes is None else clock(minutes)


def usual_reminder(turn: Turn) -> str:
    """When the message comes if the quiet hours are kept; nothing if that is over."""
    moment = reminder_moment(moment_of(turn.value("due")), "at", turn.quiet)
    return say_date(moment, turn.local_now.date()) if moment and is_ahead(turn, moment) else ""


def _named_time(turn: Turn) -> int | None:
    said = _since_chosen(turn, "remind_at")
    return said.value if said is not None and isinstance(said.value, int) else None


def _since_chosen(turn: Turn, field: str) -> Answer | None:
    """What was answered since the reminder was chosen; a step made earlier in the talk had one of its own."""
    for answer in reversed(turn.answers):
        if answer.field == field:
            return answer
        if answer.field == "reminder":
            return None
    return None


def is_ahead(turn: Turn, moment: Moment) -> bool:
    """Whether this moment is still to come."""
    now = turn.local_now
    return dt.datetime.combine(moment.day, dt.time(*divmod(moment.minutes or 0, 60)), now.tzinfo) > now
