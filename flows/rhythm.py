"""When Cairn means to write first: the appointments that follow from what a person chose.

Everything is derived anew from the person and the instant, so that whatever was planned can be compared
with it and put right. What may really be sent is decided later, see ``nudging``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from flows.values import Action, Contact, Moment, Person, Slot
from flows.wall_clock import (
    DAY,
    after_quiet,
    days_later,
    instant,
    is_weekend,
    moment_at,
    next_slot,
    off_weekend,
    outside_quiet,
)

ACTION, AFTER, REVIEW, CHECKIN = "action", "after", "review", "checkin"
EASY, CHOICE, DOOR, SNOOZE, RESUME = "easy", "choice", "door", "snooze", "resume"
REGULAR = (REVIEW, CHECKIN, EASY, CHOICE, DOOR)
CONSENT = "remind"
CONSENT_VERSION = "2026-11"  # of the words agreed to
MORNING, EVENING = 9 * 60, 19 * 60
WINDOW = 18 * 60  # for questions of people who chose no time of the week
ASK_AFTER = dt.timedelta(hours=18)
LEFT_TO_REVIEW = dt.timedelta(days=3)
NOON, OTHER_MORNING, OTHER_EVENING = 13 * 60, 9 * 60 + 30, 17 * 60 + 30
SHORTER, EASIER, CHOOSING, LAST_DOOR = 1, 2, 3, 4  # unanswered messages in a row
CHOICE_DAYS, DOOR_DAYS = 14, 30
HALF_A_DAY, A_MINUTE = dt.timedelta(hours=12), dt.timedelta(minutes=1)


class Appointment(Struct, frozen=True):
    """Something that is due on the wall clock; ``name`` is an action's id, else the rule's own name."""

    rule: str
    name: str
    moment: Moment
    zone: str

    @property
    def at(self) -> dt.datetime:
        """The instant, in UTC."""
        return instant(self.moment, self.zone)


def may_write(person: Person) -> bool:
    """Whether Cairn may write first at all: the person agreed, and their clock is known."""
    return CONSENT in person.consents and known_zone(person) != ""


def known_zone(person: Person) -> str:
    """The person's zone; "" if there is none that this machine knows."""
    try:
        return ZoneInfo(person.zone).key if person.zone else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def appointments(person: Person, now: dt.datetime) -> tuple[Appointment, ...]:
    """All that should be planned but reminders; questions about steps may be over, the rhythm lies ahead."""
    if not may_write(person):
        return ()
    zone = known_zone(person)
    regular = tuple(regulars(person, now))
    coming = next((each.at for each in regular if each.rule == REVIEW), None)
    found = list(regular)
    for action in person.actions:
        if action.parked:
            continue
        if (moment := question_after(person, action, coming)) is not None:
            found.append(Appointment(AFTER, action.id, moment, zone))
    return tuple(found)


def reminders_of(action: Action, quiet: tuple[int, int]) -> tuple[Moment, ...]:
    """When this step may be brought up: as wished, and at its moment where that is over."""
    if action.parked or not action.reminder:
        return ()
    asked = action.remind_minutes
    found = (
        reminder_moment(action.due, when, quiet, asked) for when in dict.fromkeys((action.reminder, "at"))
    )
    return tuple(moment for moment in found if moment is not None)


def reminder_moment(
    due: Moment | None, wanted: str, quiet: tuple[int, int], asked: int | None = None
) -> Moment | None:
    """The moment of a reminder; one in quiet hours moves to the time before them, so that it is no late one.

    A step with a day and no time has the whole day: its reminder moves to the end of the quiet hours.
    A time that was ``asked`` for, for this one message, is kept whatever the hours are.
    """
    if due is None or wanted not in ("at", "evening"):
        return None
    if wanted == "at" and asked is not None:
        return Moment(due.day, asked)
    if wanted == "evening":
        return outside_quiet(days_later(Moment(due.day, EVENING), -1), quiet)
    if due.minutes is not None:
        return outside_quiet(due, quiet)
    morning = after_quiet(Moment(due.day, MORNING), quiet)
    return morning if morning.day == due.day else outside_quiet(Moment(due.day, MORNING), quiet)


def question_after(person: Person, action: Action, review: dt.datetime | None) -> Moment | None:
    """When to ask how a step went: in the first window that is 18 hours or more after its time.

    None where nobody asked to hear of it, and where the review comes within three days of it.
    """
    wanted = bool(action.reminder) or person.rhythm.review is not None
    if action.due is None or not wanted or person.contact.unanswered >= EASIER:
        return None
    moment = window_after(person, over_at(action.due, known_zone(person)) + ASK_AFTER)
    at = instant(moment, known_zone(person))
    if review is not None and at - LEFT_TO_REVIEW <= review <= at + LEFT_TO_REVIEW:
        return None
    return moment


def over_at(due: Moment, zone: str) -> dt.datetime:
    """When the time of a step is over; a day without a time is over at its end."""
    if due.minutes is None:
        return instant(Moment(due.day, 0), zone) + dt.timedelta(minutes=DAY)
    return instant(due, zone)


def window_after(person: Person, at: dt.datetime) -> Moment:
    """The first moment at the person's usual time of day that is not before this instant."""
    zone = known_zone(person)
    chosen = person.rhythm.review or person.rhythm.checkin
    first = Moment(moment_at(at, zone).day, chosen.minutes if chosen else WINDOW)
    moment = usable(person, outside_quiet(first, person.quiet))
    while instant(moment, zone) < at:
        first = days_later(first, 1)
        moment = usable(person, outside_quiet(first, person.quiet))
    return moment


def usable(person: Person, moment: Moment) -> Moment:
    """The moment, or the Monday after where weekends are not wished."""
    return moment if person.rhythm.weekends else off_weekend(moment)


def regulars(person: Person, now: dt.datetime) -> Iterator[Appointment]:
    """Review and check-in in the rhythm that was chosen; after silence, what takes their place."""
    rhythm, contact = person.rhythm, person.contact
    if rhythm.review is None and rhythm.checkin is None:
        return
    after = max(now, _since(person))
    match contact.unanswered:
        case 0 | 1:
            if rhythm.review is not None:
                yield _weekly(person, REVIEW, rhythm.review, after, rhythm.review_weeks, contact.reviewed)
            if rhythm.checkin is not None:
                yield _weekly(person, CHECKIN, rhythm.checkin, after, rhythm.checkin_weeks, contact.checked)
        case 2:
            yield _easier(person, after)
        case 3:
            yield _days_after(person, CHOICE, CHOICE_DAYS, after)
        case 4:
            yield _days_after(person, DOOR, DOOR_DAYS, after)
        case _:
            return  # silence is an answer: nothing more until the person writes


def _since(person: Person) -> dt.datetime:
    """The instant before which nothing of the rhythm may come: its last change, the end of a rest."""
    changed = dt.datetime.fromtimestamp(person.contact.changed / 1000, dt.UTC)
    until = rests_until(person)
    return changed if until is None else max(changed, instant(Moment(until), known_zone(person)))


def rests_until(person: Person) -> dt.date | None:
    """The day on which Cairn may write again, if it was asked to rest."""
    until = person.rhythm.rests_until
    return dt.date.fromisoformat(until) if until else None


def _weekly(person: Person, rule: str, slot: Slot, after: dt.datetime, weeks: int, last: str) -> Appointment:
    zone = known_zone(person)
    before = dt.date.fromisoformat(last) if last else None
    moment = next_slot(_kept_quiet(slot, person.quiet), zone, after, weeks=weeks, last=before)
    return Appointment(rule, rule, moment, zone)


def _kept_quiet(slot: Slot, quiet: tuple[int, int]) -> Slot:
    """A slot in quiet hours comes before them, or after them where that would be another day."""
    chosen = Moment(dt.date(2024, 1, 1) + dt.timedelta(days=slot.weekday), slot.minutes)
    moved = outside_quiet(chosen, quiet)
    if moved.day != chosen.day:
        moved = after_quiet(chosen, quiet)
    return Slot(moved.day.weekday(), moved.minutes or 0)


def _easier(person: Person, after: dt.datetime) -> Appointment:
    """One tap instead of a talk: half as often, and once at another time of day."""
    rhythm = person.rhythm
    slot = rhythm.review or rhythm.checkin
    assert slot is not None  # noqa: S101 — the caller has looked
    weeks = rhythm.review_weeks if rhythm.review is not None else rhythm.checkin_weeks
    other = Slot(slot.weekday, OTHER_EVENING if slot.minutes < NOON else OTHER_MORNING)
    last = newest(person.contact)
    begin = max(after, last + dt.timedelta(weeks=2 * weeks) - HALF_A_DAY) if last else after
    return _weekly(person, EASY, other, begin, 1, "")


def _days_after(person: Person, rule: str, days: int, after: dt.datetime) -> Appointment:
    """So many days after the last message, or the first window after now if that is over."""
    last = newest(person.contact)
    early = dt.timedelta(days=days) - HALF_A_DAY  # the window of that very day, though it was sent a bit late
    begin = max(after + A_MINUTE, last + early) if last else after + A_MINUTE
    return Appointment(rule, rule, window_after(person, begin), known_zone(person))


def newest(contact: Contact) -> dt.datetime | None:
    """When the newest message that counts was sent."""
    return dt.datetime.fromtimestamp(contact.sent[-1] / 1000, dt.UTC) if contact.sent else None


def slid_into_weekend(person: Person, planned: Moment, now: Moment) -> bool:
    """Whether a message for a weekday would now come on a weekend that is to be free."""
    return is_weekend(now.day) and not is_weekend(planned.day) and not person.rhythm.weekends
