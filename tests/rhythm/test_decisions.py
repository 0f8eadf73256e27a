"""What is sent, held, passed by or named in another message: one person, one instant, all that is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from flows.caps import allowed_at, settled
from flows.nudging import Due, Situation, Verdict, decide
from flows.rhythm import Appointment, appointments
from flows.values import Action, Contact, Moment, Nudged, Person, Rhythm, Slot, replace
from flows.wall_clock import instant, moment_at

ZONE = "Europe/Berlin"
NOW = dt.datetime(2026, 5, 7, 14, 0, tzinfo=dt.UTC)  # Thursday, 16:00 on the wall
STEP = Action("a" * 32, "call Dana", NOW - dt.timedelta(days=2), due=Moment(dt.date(2026, 5, 7), 960))
OTHER = replace(STEP, id="b" * 32, words="write to Tom")
HOUR = dt.timedelta(hours=1)


def person(**more: Any) -> Person:
    """Somebody who may be written to and has a rhythm and two steps."""
    rhythm = more.pop("rhythm", Rhythm(review=Slot(3, 960), checkin=Slot(3, 960)))
    return Person(
        zone=ZONE, consents=frozenset({"remind", "remember"}), rhythm=rhythm, actions=(STEP, OTHER), **more
    )


def due(rule: str, at: dt.datetime = NOW, *, action: str = "", planned: dt.datetime | None = None) -> Due:
    """A planned row for this instant."""
    there = Appointment(rule, action or rule, moment_at(at, ZONE), ZONE)
    return Due(f"{rule}{action[:1]}", there, planned or at - dt.timedelta(days=3), at, action)


def contact(*ago: float, rule: str = "review", unanswered: int = 0) -> Contact:
    """Counted messages so many hours ago, the newest last."""
    sent = tuple(int((NOW - hours * HOUR).timestamp() * 1000) for hours in ago)
    return Contact(sent, unanswered, Nudged(rule, sent[-1]) if sent else None)


def verdict(situation: Situation) -> tuple[str, str]:
    """The only verdict."""
    (only,) = decide(situation).verdicts
    return only.what, only.reason


def test_what_is_due_is_sent() -> None:
    """Nothing stands in the way."""
    assert verdict(Situation(person(), NOW, (due("review"),))) == ("sent", "on time")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"consents": frozenset()}, "not allowed"),
        ({"zone": None}, "not allowed"),
        ({"zone": "Mars/Olympus"}, "not allowed"),
        ({"rhythm": Rhythm(rests_until="2026-05-08")}, "rests"),
    ],
)
def test_permission_is_looked_at_when_sending(change: dict[str, Any], reason: str) -> None:
    """Not only when planning."""
    assert verdict(Situation(replace(person(), **change), NOW, (due("review"),))) == ("dropped", reason)


def test_who_blocked_us_gets_nothing() -> None:
    """The row goes, so that it is not looked at again."""
    assert verdict(Situation(person(), NOW, (due("review"),), blocked=True)) == ("dropped", "blocked")


def test_a_rest_ends_on_its_day() -> None:
    """Until Thursday means that Thursday is free again."""
    rested = person(rhythm=Rhythm(review=Slot(3, 960), rests_until="2026-05-07"))

    assert verdict(Situation(rested, NOW, (due("review"),))) == ("sent", "on time")


@pytest.mark.parametrize("actions", [(), (replace(STEP, parked=True),)])
def test_steps_that_are_closed_or_parked_are_silent(actions: tuple[Action, ...]) -> None:
    """Checked against the step as it is now."""
    them = replace(person(), actions=actions)

    assert verdict(Situation(them, NOW, (due("action", action=STEP.id),))) == ("dropped", "step closed")


@pytest.mark.parametrize(("late", "what"), [(17, "sent"), (19, "skipped")])
def test_a_review_that_is_too_late_is_passed_by(late: int, what: str) -> None:
    """Eighteen hours, and not in the night."""
    assert verdict(Situation(person(), NOW, (due("review", NOW - late * HOUR),)))[0] == what


def test_a_reminder_that_is_too_late_is_dropped_or_named() -> None:
    """By itself it is no use; where a message comes anyway it names what was promised."""
    stale = due("action", NOW - 30 * HOUR, action=STEP.id)
    alone = decide(Situation(person(), NOW, (stale,)))
    together = decide(Situation(person(), NOW, (stale, due("review"))))

    assert [(each.what, each.reason) for each in alone.verdicts] == [("dropped", "stale")]
    assert together.first is not None and together.first.rule == "review"
    assert [each.rule for each in together.others] == ["action"]


def test_an_open_talk_holds_everything_back() -> None:
    """Looked at again soon, at the latest when it has rested half an hour."""
    soon = NOW + dt.timedelta(minutes=2)
    (held,) = decide(Situation(person(), NOW, (due("review"),), busy_until=soon)).verdicts

    assert held == Verdict(held.due, "held", "talk open", soon)


def test_quiet_hours_hold_until_they_end() -> None:
    """Ten at night waits for eight in the morning."""
    night = instant(Moment(dt.date(2026, 5, 7), 22 * 60), ZONE)
    (held,) = decide(Situation(person(), night, (due("action", night, action=STEP.id),))).verdicts

    assert held.reason == "quiet hours"
    assert held.until == instant(Moment(dt.date(2026, 5, 8), 8 * 60), ZONE)


@pytest.mark.parametrize(("late", "what"), [(0, "sent"), (29, "sent"), (31, "held")])
def test_a_time_that_was_asked_for_comes_in_quiet_hours_too(late: int, what: str) -> None:
    """Only this message, and only at its time: late at night it is not what was asked for."""
    night = instant(Moment(dt.date(2026, 5, 7), 22 * 60), ZONE)
    asked = replace(STEP, reminder="at", remind_minutes=22 * 60)
    somebody = replace(person(), actions=(asked, OTHER))
    planned = (due("action", night, action=STEP.id), due("action", night, action=OTHER.id))
    decision = decide(Situation(somebody, night + dt.timedelta(minutes=late), planned))

    assert [each.what for each in decision.verdicts if each.due.action == STEP.id] == [what]
    assert [each.what for each in decision.verdicts if each.due.action == OTHER.id] == ["held"]


def test_a_message_for_friday_does_not_slide_into_the_weekend() -> None:
    """Held until Saturday it is passed by; who wishes weekends gets it."""
    saturday = instant(Moment(dt.date(2026, 5, 9), 9 * 60), ZONE)
    late = due("review", saturday - 14 * HOUR)
    wished = person(rhythm=Rhythm(review=Slot(4, 960), weekends=True))

    assert verdict(Situation(person(), saturday, (late,))) == ("skipped", "weekend")
    assert verdict(Situation(wished, saturday, (late,)))[0] == "sent"


def test_a_reminder_the_person_set_on_a_weekend_comes() -> None:
    """It is their own moment."""
    saturday = instant(Moment(dt.date(2026, 5, 9), 9 * 60), ZONE)

    assert verdict(Situation(person(), saturday, (due("action", saturday, action=STEP.id),)))[0] == "sent"


def test_a_talk_of_today_passes_a_review_by_but_no_reminder() -> None:
    """A chosen moment is a chosen moment."""
    talked = NOW - 5 * HOUR
    reminder = due("action", action=STEP.id)

    assert verdict(Situation(person(), NOW, (due("review"),), talked=talked)) == (
        "skipped",
        "talk not long ago",
    )
    assert verdict(Situation(person(), NOW, (reminder,), talked=talked))[0] == "sent"


@pytest.mark.parametrize(
    ("ago", "most", "free"),
    [
        ((19,), 3, False),
        ((21,), 3, True),  # yesterday at seven in the evening
        ((30,), 3, True),
        ((100, 60, 30), 3, False),
        ((170, 60, 30), 3, True),
        ((100,), 1, False),
        ((169,), 1, True),
    ],
)
def test_caps(ago: tuple[float, ...], most: int, free: bool) -> None:
    """Twenty hours, one a day, so many in seven days."""
    them = person(contact=contact(*ago), rhythm=Rhythm(review=Slot(3, 960), most=most))

    assert (allowed_at(them, NOW) <= NOW) is free


def test_several_become_one_that_names_the_others() -> None:
    """Two reminders, the review and the number fall on one day."""
    planned = (
        due("action", action=STEP.id),
        due("action", NOW + 3 * HOUR, action=OTHER.id),
        due("review", NOW + HOUR),
        due("checkin", NOW + 2 * HOUR),
    )
    decision = decide(Situation(person(), NOW, planned))

    assert decision.first is not None and decision.first.action == STEP.id
    assert [each.rule for each in decision.others] == ["action", "review", "checkin"]
    assert decision.counted


def test_what_was_asked_for_after_the_last_message_is_sent_and_does_not_count() -> None:
    """No message could have named it, and a promise is a promise."""
    them = person(contact=contact(10))
    fresh = due("action", action=STEP.id, planned=NOW - 2 * HOUR)
    old = due("action", action=STEP.id, planned=NOW - 40 * HOUR)
    asked, promised = decide(Situation(them, NOW, (fresh,))), decide(Situation(them, NOW, (old,)))

    assert asked.first is not None and not asked.counted
    assert [(each.what, each.reason) for each in promised.verdicts] == [("held", "cap")]


def test_a_clock_that_was_set_back_does_not_silence_anybody() -> None:
    """Times after now are taken for now."""
    ahead = contact(-200)

    assert settled(ahead, NOW).sent == (int(NOW.timestamp() * 1000),)
    assert allowed_at(person(contact=ahead), NOW) <= NOW + dt.timedelta(hours=20)


@pytest.mark.parametrize(
    ("unanswered", "expected"),
    [
        (0, {"review": (2026, 5, 14, 960), "checkin": (2026, 5, 21, 960)}),
        (1, {"review": (2026, 5, 14, 960), "checkin": (2026, 5, 21, 960)}),
        (2, {"easy": (2026, 5, 21, 570)}),
        (3, {"choice": (2026, 5, 21, 960)}),
        (4, {"door": (2026, 6, 8, 960)}),
        (5, {}),
        (9, {}),
    ],
)
def test_silence_makes_messages_rarer(unanswered: int, expected: dict[str, tuple[int, ...]]) -> None:
    """Half as often at another hour, a choice after two weeks, a door after a month, nothing."""
    told = replace(contact(0.01, unanswered=unanswered), reviewed="2026-05-07", checked="2026-05-07")
    them = replace(person(contact=told), actions=())
    found = appointments(them, NOW)
    moments = {e.rule: (*e.moment.day.timetuple()[:3], e.moment.minutes) for e in found}

    assert moments == expected


def test_questions_about_steps_are_left_to_a_review_that_is_near() -> None:
    """Friday's step and Monday's review need one message between them."""
    friday = replace(STEP, due=Moment(dt.date(2026, 5, 8), 600), reminder="at")
    near = replace(person(rhythm=Rhythm(review=Slot(0, 960))), actions=(friday,))
    far = replace(
        person(rhythm=Rhythm(review=Slot(4, 960))), actions=(friday,), contact=Contact(reviewed="2026-05-07")
    )
    nobody_asked = replace(person(rhythm=Rhythm()), actions=(replace(friday, reminder=""),))

    assert [each.rule for each in appointments(near, NOW)] == ["review"]
    assert [each.rule for each in appointments(far, NOW)] == ["review", "after"]
    assert appointments(nobody_asked, NOW) == ()


def test_nothing_comes_before_the_rhythm_was_chosen() -> None:
    """A clock that runs back does not bring what an older rhythm would have sent."""
    chosen = int((NOW + dt.timedelta(days=20)).timestamp() * 1000)
    (first, _) = appointments(replace(person(contact=Contact(changed=chosen)), actions=()), NOW)

    assert first.moment.day > dt.date(2026, 5, 27)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(450, (3, 480)), (1290, (3, 1230)), (0, (3, 480)), (600, (3, 600))]
)
def test_a_slot_in_quiet_hours_moves_within_its_day(minutes: int, expected: tuple[int, int]) -> None:
    """Half past seven becomes eight, half past nine in the evening half past eight."""
    (first,) = appointments(replace(person(rhythm=Rhythm(review=Slot(3, minutes))), actions=()), NOW)

    assert (first.moment.day.weekday(), first.moment.minutes) == expected
