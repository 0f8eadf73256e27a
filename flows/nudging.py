"""Whether a message that is due may be sent now: decided once for all that is due of one person.

Order matters: 1. what nobody wants any more is dropped; 2. what must wait is held; 3. caps and nearness
to other messages pass regular ones by; 4. of what is left one message is made, which names the rest.
Each verdict carries its reason. Pure: bot says what is due and what the person is doing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flows.caps import APART, allowed_at
from flows.rhythm import (
    ACTION,
    AFTER,
    CHECKIN,
    CHOICE,
    DOOR,
    EASY,
    LEFT_TO_REVIEW,
    REGULAR,
    REVIEW,
    SNOOZE,
    Appointment,
    known_zone,
    may_write,
    rests_until,
    slid_into_weekend,
    usable,
    window_after,
)
from flows.values import Moment, Person, replace
from flows.wall_clock import after_quiet, instant, is_quiet, moment_at

STALE = dt.timedelta(hours=18)
LATE = dt.timedelta(minutes=30)  # after which a message is no longer the one that was asked for
LOOK_AGAIN = dt.timedelta(minutes=5)
SENT, ABSORBED, HELD, SKIPPED, DROPPED = "sent", "absorbed", "held", "skipped", "dropped"
ORDER = (ACTION, SNOOZE, AFTER, CHOICE, DOOR, EASY, REVIEW, CHECKIN)
ABOUT_STEPS = (ACTION, AFTER)


@dataclass(frozen=True, slots=True)
class Due:
    """A planned message: ``key`` is its row, ``planned`` when it was planned, ``action`` the step's id.

    ``about`` is what a snoozed message is about (see ``nudge_buttons.Subject``).
    """

    key: str
    appointment: Appointment
    planned: dt.datetime
    due: dt.datetime
    action: str = ""
    about: str = ""

    @property
    def rule(self) -> str:
        """The rule it was planned by."""
        return self.appointment.rule

    @property
    def at(self) -> dt.datetime:
        """The instant it was promised for, however often it was held."""
        return self.appointment.at


@dataclass(frozen=True, slots=True)
class Situation:
    """What a decision looks at. ``busy_until`` is when an open talk will have rested for half an hour,
    ``talked`` when the last talk was."""

    person: Person
    now: dt.datetime
    planned: tuple[Due, ...]
    busy_until: dt.datetime | None = None
    talked: dt.datetime | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one planned message, why, and until when it is held."""

    due: Due
    what: str
    reason: str
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """All verdicts; ``first`` is what the message is about, ``others`` what it names besides.

    ``counted`` says whether it counts against the caps.
    """

    verdicts: tuple[Verdict, ...]
    first: Due | None = None
    others: tuple[Due, ...] = ()
    counted: bool = True


def decide(situation: Situation) -> Decision:
    """Decide all that is due."""
    verdicts: list[Verdict] = []
    ready: list[Due] = []
    stale: list[Due] = []
    for due in situation.planned:
        if due.due > situation.now:
            continue
        verdict = _refused(situation, due) or _waits(situation, due) or _passed_by(situation, due)
        if verdict is None:
            ready.append(due)
        elif verdict.what == DROPPED and verdict.reason == "stale" and due.action:
            stale.append(due)
        else:
            verdicts.append(verdict)
    if not ready:
        verdicts += [Verdict(due, DROPPED, "stale") for due in stale]
        return Decision(tuple(verdicts))
    ready.sort(key=lambda due: (ORDER.index(due.rule), due.at))
    first, counted = ready[0], not _asked_for(situation, ready[0])
    gone = {each.due.key for each in verdicts} | {first.key}
    others = [*ready[1:], *stale, *_coming(situation, counted, gone)]
    verdicts.append(Verdict(first, SENT, _how(situation, first)))
    verdicts += [Verdict(due, ABSORBED, f"named in {first.rule}") for due in others]
    return Decision(tuple(verdicts), first, tuple(others), counted)


def _how(situation: Situation, due: Due) -> str:
    if situation.now - due.at < dt.timedelta(minutes=1):
        return "on time"
    return "held" if due.due > due.at else "late"


def _refused(situation: Situation, due: Due) -> Verdict | None:
    """What nobody wants any more: no consent, blocked, a rest, a step that is closed or parked."""
    person = situation.person
    if situation.blocked:
        return Verdict(due, DROPPED, "blocked")
    if not may_write(person):
        return Verdict(due, DROPPED, "not allowed")
    until = rests_until(person)
    if until is not None and moment_at(situation.now, known_zone(person)).day < until:
        return Verdict(due, DROPPED, "rests")
    if due.action:
        action = next((each for each in person.actions if each.id == due.action), None)
        if action is None or action.parked:
            return Verdict(due, DROPPED, "step closed")
    return None


def _waits(situation: Situation, due: Due) -> Verdict | None:
    """Too late for good, or not at this minute: a talk is open, or the hours are quiet."""
    person, now, zone = situation.person, situation.now, known_zone(situation.person)
    windowed = due.rule in (AFTER, CHOICE, DOOR)  # they wait for a window; others have a moment
    if now - (due.due if windowed else due.at) > STALE:
        if windowed:
            return _next_window(situation, due, now, "stale")
        if due.rule in REGULAR:
            return Verdict(due, SKIPPED, "stale")
        return Verdict(due, DROPPED, "stale")
    if situation.busy_until is not None and situation.busy_until > now:
        return Verdict(due, HELD, "talk open", min(situation.busy_until, now + LOOK_AGAIN))
    local = moment_at(now, zone)
    if is_quiet(local.minutes or 0, person.quiet) and not _asked_for_now(situation, due):
        return Verdict(due, HELD, "quiet hours", instant(after_quiet(local, person.quiet), zone))
    return None


def _asked_for_now(situation: Situation, due: Due) -> bool:
    """Whether the person named this very time for this one message: then it comes in quiet hours too."""
    step = next((each for each in situation.person.actions if due.action and each.id == due.action), None)
    if step is None or step.due is None or step.remind_minutes is None or due.rule != ACTION:
        return False
    asked = Moment(step.due.day, step.remind_minutes)
    return due.appointment.moment == asked and situation.now - due.at < LATE


def _next_window(situation: Situation, due: Due, after: dt.datetime, reason: str) -> Verdict:
    """Hold a question for the next window; one about a step that the review comes near to is left to it."""
    until = instant(window_after(situation.person, after + dt.timedelta(minutes=1)), due.appointment.zone)
    reviews = [each.at for each in situation.planned if each.rule == REVIEW and each.at > situation.now]
    if due.rule == AFTER and any(abs(at - until) <= LEFT_TO_REVIEW for at in reviews):
        return Verdict(due, DROPPED, "left to the review")
    return Verdict(due, HELD, reason, until)


def _passed_by(situation: Situation, due: Due) -> Verdict | None:
    """Weekends, a talk or a message not long ago, the caps. What the person asked for passes them all."""
    person, now = situation.person, situation.now
    if due.rule in (ACTION, SNOOZE):
        if _asked_for(situation, due):
            return None
        until = allowed_at(person, now)
        return None if until <= now else Verdict(due, HELD, "cap", until)
    if slid_into_weekend(person, due.appointment.moment, moment_at(now, due.appointment.zone)):
        reason, until = "weekend", now
    elif situation.talked is not None and abs(now - situation.talked) < APART:
        reason, until = "talk not long ago", situation.talked + APART
    elif (allowed := allowed_at(person, now)) > now:
        reason, until = "cap", allowed
    else:
        return None
    if due.rule in (REVIEW, CHECKIN, EASY):
        return Verdict(due, SKIPPED, reason)
    return _next_window(situation, due, max(until, now), reason)


def _asked_for(situation: Situation, due: Due) -> bool:
    """Whether it was asked for after the last message and lies before the next one that may come.

    No message could have named it, so only its own can keep the promise; it does not count.
    """
    if due.rule == SNOOZE:
        return True
    last = situation.person.contact.last
    since = last is not None and due.planned.timestamp() * 1000 >= last.at
    return due.rule == ACTION and since and allowed_at(situation.person, situation.now) > situation.now


def _coming(situation: Situation, counted: bool, gone: set[str]) -> list[Due]:
    """What falls due before the message after this one may come: it is named now, or never.

    Questions about steps are no promises and wait for their next window instead.
    """
    person, now = situation.person, situation.now
    contact = person.contact
    sent = (*contact.sent, int(now.timestamp() * 1000)) if counted else contact.sent
    after = replace(person, contact=replace(contact, sent=sent))
    horizon = max(allowed_at(after, now), now + APART)
    return [
        due
        for due in situation.planned
        if now < due.due < horizon and due.key not in gone and due.rule in (ACTION, REVIEW, CHECKIN)
        and _refused(situation, due) is None and usable_then(person, due)
    ]  # fmt: skip


def usable_then(person: Person, due: Due) -> bool:
    """Whether it would really come at its moment: what a rest will have silenced is not announced."""
    until = rests_until(person)
    moment = due.appointment.moment
    free = due.rule == ACTION or usable(person, moment) == moment or due.rule in REGULAR
    return free and (until is None or moment.day >= until)
