"""Keeping what is planned in step with what a person chose: rows of ``wake`` follow from rules.

Called whenever something changed that rules look at, after each decision, and for everybody at the start:
what is missing is planned, what no longer holds is called off, the rest is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flows import effects as do
from flows.nudge_buttons import subject_of
from flows.rhythm import (
    ACTION,
    AFTER,
    REGULAR,
    SNOOZE,
    Appointment,
    appointments,
    known_zone,
    may_write,
    reminders_of,
)
from flows.values import Moment, Person, Rhythm, replace
from flows.wall_clock import days_later, instant
from storage import actions, people, wakes
from storage.actions import ActionRow
from storage.database import Transaction
from storage.people import PersonRow
from storage.wakes import WakeRow

ROUNDS = 8  # dates tried for a rule whose next ones were decided already (a clock that ran ahead)
WEEK = 7


def moment_of(wake: WakeRow) -> Moment:
    """The wall-clock moment a wake was planned for, however often it was postponed."""
    return Moment(dt.date.fromisoformat(wake.local_date), wake.minutes)


def set_rhythm(tx: Transaction, row: PersonRow, rhythm: Rhythm, now_ms: int) -> None:
    """The person chose a rhythm: it counts from now on, and what was planned by the old one goes."""
    row.rhythm, row.contact = rhythm, replace(row.contact, changed=now_ms)
    people.set_person(tx, row.id, rhythm=rhythm, contact=row.contact)


def ask_again(tx: Transaction, row: PersonRow, effect: do.AskAgain, now_ms: int) -> None:
    """Bring something up again at the chosen moment, in place of an earlier such wish."""
    for wake in wakes.planned_of(tx, row.id):
        if wake.rule == SNOOZE and about_of(wake) == effect.about:
            wakes.call_off(tx, wake.id)
    moment = Moment(effect.day, effect.minutes)
    name = f"{effect.about}@{effect.minutes}"
    _plan(tx, row.id, Appointment(SNOOZE, name, moment, effect.zone), now_ms)


def about_of(wake: WakeRow) -> str:
    """What a wake that was asked for is about, as buttons carry it."""
    return wake.name.rpartition("@")[0]


def arrange(tx: Transaction, row: PersonRow, now_ms: int, *, anew: bool = False) -> None:
    """Put right what is planned for this person. ``anew`` plans the rhythm from now, whatever was planned.

    1. Without permission or clock nothing stays planned. 2. Rows follow the person's zone. 3. The rhythm,
    4. questions about steps and 5. reminders are compared with what they should be.
    """
    planned, rows = wakes.planned_of(tx, row.id), actions.open_rows(tx, row.id)
    person = _with_steps(row, rows)
    if not _may_plan(tx, row, person, planned):
        return
    _follow_zone(tx, planned, known_zone(person), now_ms)
    wanted = appointments(person, _time(now_ms))
    _arrange_rhythm(tx, row, wanted, planned, now_ms, anew=anew)
    _arrange_questions(tx, row, wanted, planned, now_ms)
    _arrange_reminders(tx, person, rows, planned, now_ms)


def arrange_step(tx: Transaction, row: PersonRow, action: str, now_ms: int) -> None:
    """Put right what is planned about one step. The others and the rhythm do not depend on it.

    On the path of a turn: it must not cost more the more steps a person has made.
    """
    step = actions.action_by_id(tx, row.id, action)
    if step is None:
        return
    planned = wakes.planned_about(tx, row.id, step.session, step.name, step.id)
    rows = [step] if step.status in actions.OPEN else []
    person = _with_steps(row, rows)
    if not _may_plan(tx, row, person, planned):
        return
    _follow_zone(tx, planned, known_zone(person), now_ms)
    _arrange_questions(tx, row, appointments(person, _time(now_ms)), planned, now_ms)
    _arrange_reminders(tx, person, rows, planned, now_ms)


def _with_steps(row: PersonRow, rows: list[ActionRow]) -> Person:
    return people.value_of(row, actions=tuple(actions.value_of(each) for each in rows))


def _may_plan(tx: Transaction, row: PersonRow, person: Person, planned: list[WakeRow]) -> bool:
    """Whether anything may be planned; without permission or clock, what was planned is called off."""
    if not may_write(person):
        for wake in planned:
            wakes.call_off(tx, wake.id)
        return False
    return row.blocked_at is None


def _follow_zone(tx: Transaction, planned: list[WakeRow], zone: str, now_ms: int) -> None:
    """The clock on the wall is the truth: in another zone it shows that time at another instant.

    A span ("in two hours") is written in UTC and stays. What the rhythm would have sent by now is planned
    anew: strictly after now.
    """
    for wake in list(planned):
        if wake.zone == zone or (wake.rule == SNOOZE and wake.zone == "UTC"):
            continue
        wake.zone, wake.due_at = zone, _ms(instant(moment_of(wake), zone))
        if wake.rule in REGULAR and wake.due_at <= now_ms:
            wakes.call_off(tx, wake.id)
            planned.remove(wake)
        else:
            wakes.move_wake(tx, wake.id, zone, wake.due_at)


def _arrange_rhythm(
    tx: Transaction,
    row: PersonRow,
    wanted: Iterable[Appointment],
    planned: list[WakeRow],
    now_ms: int,
    *,
    anew: bool,
) -> None:
    """One row a rule; one that is due and waits for its decision stays."""
    regular = {each.rule: each for each in wanted if each.rule in REGULAR}
    for wake in planned:
        if wake.rule not in REGULAR:
            continue
        sooner = wake.rule in regular and _ms(regular[wake.rule].at) < _ms(
            instant(moment_of(wake), wake.zone)
        )
        overdue = wake.due_at <= now_ms or _ms(instant(moment_of(wake), wake.zone)) <= now_ms
        if anew or wake.rule not in regular or (sooner and not overdue):
            wakes.call_off(tx, wake.id)
        else:
            del regular[wake.rule]
    for appointment in regular.values():
        for number in range(ROUNDS):
            moment = days_later(appointment.moment, WEEK * number)
            if _plan(tx, row.id, replace(appointment, moment=moment), now_ms):
                break


def _arrange_questions(
    tx: Transaction, row: PersonRow, wanted: Iterable[Appointment], planned: list[WakeRow], now_ms: int
) -> None:
    """One row for each step that is to be asked about; what is due is left to its decision."""
    questions = {each.name: each for each in wanted if each.rule == AFTER}
    for wake in planned:
        if wake.rule != AFTER:
            continue
        same = wake.name in questions and questions[wake.name].moment == moment_of(wake)
        if same or wake.due_at <= now_ms:
            questions.pop(wake.name, None)
        else:
            wakes.call_off(tx, wake.id)
    for question in questions.values():
        if _ms(question.at) > now_ms:
            _plan(tx, row.id, question, now_ms)


def _arrange_reminders(
    tx: Transaction, person: Person, rows: list[ActionRow], planned: list[WakeRow], now_ms: int
) -> None:
    """The promised reminder of each step, at the moment that fits it now."""
    kept = {(wake.session, wake.name): wake for wake in planned if wake.rule == ACTION and wake.session}
    for row in rows:
        moments = reminders_of(actions.value_of(row), person.quiet)
        wake = kept.pop((row.session, row.name), None)
        if wake is not None and (moment_of(wake) in moments or wake.payload):
            continue
        if wake is not None:
            wakes.call_off(tx, wake.id)
        _remind(tx, row, known_zone(person), moments, now_ms)
    for wake in kept.values():  # their steps are closed
        if wake.due_at > now_ms and not wake.payload:
            wakes.call_off(tx, wake.id)


def _remind(tx: Transaction, row: ActionRow, zone: str, moments: tuple[Moment, ...], now_ms: int) -> None:
    """Plan the first of these moments that lies ahead, unless one of them was sent already."""
    if not moments:
        return
    sent = wakes.sent_of(tx, row.session, row.name)
    if any((moment.day.isoformat(), moment.minutes) in sent for moment in moments):
        return
    for moment in moments:
        appointment = Appointment(ACTION, row.name, moment, zone)
        if _ms(appointment.at) > now_ms:
            _plan(tx, row.person, appointment, now_ms, session=row.session)
            return


def _plan(
    tx: Transaction, person: str, appointment: Appointment, now_ms: int, *, session: str | None = None
) -> bool:
    moment = appointment.moment
    if session is None:
        wakes.forget_dropped(tx, person, appointment.rule, appointment.name, moment.day)
    return wakes.plan_wake(
        tx,
        person,
        session=session,
        name=appointment.name,
        rule=appointment.rule,
        day=moment.day,
        minutes=moment.minutes or 0,
        zone=appointment.zone,
        due_at=_ms(appointment.at),
        at_ms=now_ms,
    )


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _time(at_ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC)


__all__ = ["about_of", "arrange", "arrange_step", "ask_again", "moment_of", "set_rhythm", "subject_of"]
