"""When planned messages come: never within quiet hours, never too late, never without consent."""

import datetime as dt
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.effects import NoteAction, Say
from flows.events import Replied
from flows.keeping import after
from flows.library import Library
from flows.markup import plain
from flows.nudge_replies import typed_answer
from flows.values import Action, Contact, Moment, Nudged, Place, replace
from flows.wall_clock import is_quiet, outside_quiet
from tests.flows.conftest import PLAIN_FACTS
from tests.flows.driver import Talk

DAY = dt.date(2026, 11, 24)
MINUTES = st.integers(0, 1439)
EXPRESS = ("my inbox", "ten fewer", "it grew all week", "sort it", "done", "skip", "I will sort ten mails")


@settings(max_examples=300, deadline=None)
@given(minutes=MINUTES, begin=MINUTES, end=MINUTES)
def test_moved_moment_is_never_quiet_and_never_late(minutes: int, begin: int, end: int) -> None:
    """Whatever the hours are, a message moves to an earlier time that is not quiet."""
    moved = outside_quiet(Moment(DAY, minutes), (begin, end))

    assert not is_quiet(moved.minutes or 0, (begin, end))
    assert (moved.day, moved.minutes) <= (DAY, minutes)
    assert DAY - moved.day <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (12 * 60, Moment(DAY, 12 * 60)),
        (22 * 60, Moment(DAY, 20 * 60 + 30)),
        (7 * 60, Moment(DAY - dt.timedelta(days=1), 20 * 60 + 30)),
        (8 * 60, Moment(DAY, 8 * 60)),
        (21 * 60, Moment(DAY, 20 * 60 + 30)),
    ],
)
def test_usual_hours_move_night_to_the_evening(minutes: int, expected: Moment) -> None:
    """Between 21:00 and 8:00 nothing is sent; half an hour before is."""
    assert outside_quiet(Moment(DAY, minutes), (21 * 60, 8 * 60)) == expected


def test_hours_of_no_length_are_no_quiet_hours() -> None:
    """From nine to nine is not all day."""
    assert outside_quiet(Moment(DAY, 600), (540, 540)) == Moment(DAY, 600)


def until_reminder(talk: Talk, due: str) -> Talk:
    """A short talk up to the question about a reminder."""
    talk.begin("grow", ("mode", "express"))
    for words in (*EXPRESS, due, "8", "skip"):
        talk.type(words)
    assert talk.step == "action.reminder"
    return talk


def test_reminder_comes_at_the_moment(alice: Talk) -> None:
    """At that moment means at that minute."""
    until_reminder(alice, "Thursday at 14:00").tap("At that moment")

    (reminder,) = alice.planned.values()
    assert (reminder.day.isoformat(), reminder.minutes, reminder.zone) == ("2026-11-26", 840, "Europe/Berlin")


def test_a_time_that_is_typed_is_the_reminders_own(alice: Talk) -> None:
    """ "9:40 please" for a step at ten: the step keeps its hour."""
    until_reminder(alice, "Thursday at 10:00").type("9:40 please")

    (reminder,) = alice.planned.values()
    assert (reminder.day.isoformat(), reminder.minutes) == ("2026-11-26", 580)
    assert alice.value("due")["minutes"] == 600


def test_reminder_comes_the_evening_before(alice: Talk) -> None:
    """The evening before is at seven."""
    until_reminder(alice, "Thursday at 14:00").tap("The evening before")

    (reminder,) = alice.planned.values()
    assert (reminder.day.isoformat(), reminder.minutes) == ("2026-11-25", 19 * 60)


def labels(talk: Talk) -> list[str]:
    """The answers that can be tapped."""
    return [button.label for button in talk.buttons() if not button.choice.startswith("_")]


def told(talk: Talk) -> list[tuple[str, int]]:
    """Days and times of what is planned."""
    return [(reminder.day.isoformat(), reminder.minutes) for reminder in talk.planned.values()]


def test_evening_that_is_over_is_not_offered(alice: Talk) -> None:
    """For today there is no evening before any more; who types it is asked again."""
    until_reminder(alice, "today at 18:00")

    assert labels(alice) == ["At that moment", "No reminder"]
    alice.type("the evening before")
    assert (alice.step, told(alice)) == ("action.reminder", [])


def test_evening_that_is_over_by_the_time_of_the_tap_is_said_to_be(alice: Talk) -> None:
    """What is chosen too late is not changed into something else: the question comes again."""
    until_reminder(alice, "tomorrow at 14:00").wait(hours=9)
    alice.tap("The evening before")

    assert (alice.step, told(alice)) == ("action.reminder", [])
    assert "over already" in alice.said() or "too late" in alice.said()
    assert labels(alice) == ["At that moment", "No reminder"]


def test_moment_that_is_over_is_said_to_be(alice: Talk) -> None:
    """Nobody waits for a message that cannot come."""
    until_reminder(alice, "today at 18:00")
    alice.wait(hours=9).tap("At that moment")

    assert not alice.planned
    assert "over already" in alice.said() or "too late" in alice.said()


@pytest.mark.parametrize("typed", ["idk", "skip"])
def test_reminder_that_is_left_open_is_none_and_that_is_said(alice: Talk, typed: str) -> None:
    """Nobody is left to guess."""
    until_reminder(alice, "Thursday at 14:00").type(typed)

    assert told(alice) == []
    assert "No reminder, then." in alice.said() or "write nothing about it" in alice.said()


def test_message_for_a_moment_without_an_hour_gets_one_from_the_person(alice: Talk) -> None:
    """After church is no hour that a program knows, and stays what the person called it."""
    until_reminder(alice, "sunday after church").tap("At that moment")

    assert (alice.step, told(alice)) == ("action.remind_at", [])
    alice.type("12:15")
    assert told(alice) == [("2026-11-29", 735)]
    assert alice.action is not None and alice.action.due == Moment(dt.date(2026, 11, 29))
    assert (alice.action.due_words, alice.action.remind_minutes) == ("after church", 735)
    assert "Sunday 29 November, 12:15" in alice.said()


def test_hour_that_is_not_named_is_told(alice: Talk) -> None:
    """Skipping it leaves the usual time, and that is said."""
    until_reminder(alice, "sunday after church").tap("At that moment").tap("Skip")

    assert told(alice) == [("2026-11-29", 540)]
    assert "Sunday 29 November, 09:00" in alice.said()


def test_evening_before_needs_no_hour(alice: Talk) -> None:
    """It has its own."""
    until_reminder(alice, "sunday after church").tap("The evening before")

    assert told(alice) == [("2026-11-28", 19 * 60)]


@pytest.mark.parametrize(
    ("answer", "planned", "asked"),
    [
        ("At that time", [("2026-11-26", 465)], 465),
        ("Wednesday 25 November, 20:30", [("2026-11-25", 1230)], None),
        ("Skip", [("2026-11-25", 1230)], None),
        ("No message", [], None),
    ],
)
def test_time_in_quiet_hours_is_asked_about(
    alice: Talk, answer: str, planned: list[tuple[str, int]], asked: int | None
) -> None:
    """They are named, and what the person says about this one message counts."""
    until_reminder(alice, "Thursday at 7:45").tap("At that moment")

    assert (alice.step, told(alice)) == ("action.in_quiet", [])
    assert "21:00" in alice.said() and "08:00" in alice.said()
    alice.tap(answer)
    assert told(alice) == planned
    assert alice.action is not None
    assert (alice.action.reminder, alice.action.remind_minutes) == ("at" if planned else "", asked)


def test_named_hour_in_quiet_hours_is_asked_about_too(alice: Talk) -> None:
    """Two questions, each once."""
    until_reminder(alice, "sunday after church").tap("At that moment").type("6:30 am")

    assert alice.step == "action.in_quiet"
    alice.type("yes")
    assert told(alice) == [("2026-11-29", 390)]


def test_back_from_a_planned_message_drops_it(alice: Talk) -> None:
    """What was planned goes with the answer it came from, whichever that is."""
    until_reminder(alice, "Thursday at 7:45").tap("At that moment").tap("At that time").tap("‹ Back")

    assert (alice.step, told(alice)) == ("action.in_quiet", [])


def test_edited_day_into_quiet_hours_is_told(alice: Talk) -> None:
    """An edit asks nothing; what it moves is said."""
    until_reminder(alice, "Thursday at 14:00").tap("At that moment")
    alice.edit(alice.wrote["Thursday at 14:00"], "Thursday at 7:00")

    assert told(alice) == [("2026-11-25", 1230)]
    assert "21:00" in alice.said()


def test_back_over_the_reminder_drops_it(alice: Talk) -> None:
    """What was planned goes with the answer it came from."""
    until_reminder(alice, "Thursday at 14:00").tap("At that moment")
    alice.tap("‹ Back")

    assert not alice.planned


def test_no_reminder_drops_an_earlier_one(alice: Talk) -> None:
    """The last answer counts."""
    until_reminder(alice, "Thursday at 14:00").tap("At that moment").tap("‹ Back").tap("No reminder")

    assert not alice.planned


def test_refused_reminders_call_off_what_is_planned(alice: Talk) -> None:
    """A no in the settings reaches the reminder of the open talk, and its notes."""
    until_reminder(alice, "Thursday at 14:00").tap("At that moment")
    alice.command("settings").tap("Rhythm").tap("Turn all off").tap("Close").tap("Yes")

    assert not alice.planned
    assert not any("Next message" in line for line in alice.lines)


@pytest.mark.parametrize(
    ("hour", "label", "day", "minutes"),
    [
        (9, "In two hours", 23, 12 * 60),
        (9, "Tonight", 23, 19 * 60),
        (18, "Tonight", 23, 20 * 60),
        (21, "Tonight", 24, 19 * 60),
        (9, "Tomorrow", 24, 10 * 60),
        (5, "Tomorrow", 24, 8 * 60),
        (21, "Tomorrow", 24, 20 * 60 + 30),
    ],
)
def test_paused_talk_comes_back_when_wished(
    alice: Talk, hour: int, label: str, day: int, minutes: int
) -> None:
    """Berlin is an hour ahead of the clock here; quiet hours are kept, and "tomorrow" is not tonight."""
    alice.at = alice.at.replace(hour=hour, minute=0)
    alice.begin("grow", ("mode", "full"))
    alice.at = alice.at.replace(minute=0, second=0) - dt.timedelta(seconds=40)
    alice.tap("Pause").tap(label)

    (reminder,) = alice.planned.values()
    assert (reminder.day.day, reminder.minutes) == (day, minutes)


def test_nudge_of_a_person_who_keeps_nothing_holds_none_of_their_words(library: object, alice: Talk) -> None:
    """What is planned is stored, so it says nothing of theirs."""
    alice.person = type(alice.person)(
        first_name="Dan",
        zone="Europe/Berlin",
        consents=frozenset({"remind"}),
        facts=PLAIN_FACTS,
    )
    alice.begin("grow", ("mode", "full")).type("my secret").tap("Pause").tap("Tomorrow")

    (reminder,) = alice.planned.values()
    assert not any("secret" in span.text for span in reminder.spans)


def test_step_moved_in_words_keeps_what_its_new_moment_was_called(library: Library, alice: Talk) -> None:
    """Typed under a message that came unasked: no hour is made of it, and the old one goes."""
    at = alice.at
    step = Action("a" * 32, "call Ann", at, due=Moment(DAY), due_words="after church", remind_minutes=735)
    last = Nudged("action", int(at.timestamp() * 1000), (step.id,))
    person = replace(alice.person, actions=(step,), contact=Contact(last=last))
    effects = typed_answer(library, person, Replied(at, "moved to friday after lunch", 1))

    (moved,) = [effect for effect in effects if isinstance(effect, NoteAction)]
    assert (moved.due, moved.due_words) == (Moment(dt.date(2026, 11, 27)), "after lunch")
    assert "“after lunch”" in "".join(plain(e.spans) for e in effects if isinstance(e, Say))
    (kept,) = after((step,), effects, "s", at)
    assert (kept.due_words, kept.remind_minutes) == ("after lunch", None)


def new_to_reminders(bob: Talk, country: str | None = None) -> Talk:
    """Nobody knows their clock, and they are asked whether Cairn may write first."""
    bob.person = replace(bob.person, zone=None, country=country)
    until_reminder(bob, "tomorrow at 15:00")
    return bob.tap("At that moment")


def last_words(talk: Talk) -> str:
    """All that was said in the last turn."""
    return "\n".join(plain(effect.spans) for effect in talk.turn if isinstance(effect, Say))


def test_a_country_with_one_clock_needs_no_city(bob: Talk) -> None:
    """A yes is all that is asked; clock and quiet hours are named with what comes."""
    new_to_reminders(bob, "IN").tap("Yes, you may")

    assert bob.person.zone == "Asia/Kolkata"
    assert [planned.zone for planned in bob.planned.values()] == ["Asia/Kolkata"]
    assert "/settings" in last_words(bob)
    assert "21:00" in last_words(bob)
    assert not (bob.step or "").startswith(("zone.", "reminders."))


def test_a_country_with_several_clocks_needs_a_city(bob: Talk) -> None:
    """Nothing is planned before the clock is known."""
    new_to_reminders(bob, "US").tap("Yes, you may")
    asked, before = bob.step, dict(bob.planned)
    bob.type("Berlin")

    assert (asked, before) == ("zone.city", {})
    assert "Berlin, Germany" in last_words(bob)
    assert [planned.zone for planned in bob.planned.values()] == ["Europe/Berlin"]


def test_without_a_yes_no_clock_is_taken_from_the_country(bob: Talk) -> None:
    """Who wants silence leaves nothing of it behind."""
    new_to_reminders(bob, "IN").tap("No, stay silent")

    assert bob.person.zone is None
    assert not bob.planned


@pytest.mark.parametrize(
    ("typed", "found", "step"),
    [
        ("Berlin", (Place("Berlin", "Germany", "Europe/Berlin"),), ""),
        ("in berlin, germany", (Place("Berlin", "Germany", "Europe/Berlin"),), ""),
        ("rich", (Place("Richmond", "VA, US", "America/New_York"),), "zone.pick"),
        (
            "Berlin",
            (Place("Berlin", "Germany", "Europe/Berlin"), Place("Berlin", "NH, US", "America/New_York")),
            "zone.pick",
        ),
    ],
)
def test_a_city_is_asked_about_only_where_it_may_be_another(
    bob: Talk, typed: str, found: tuple[Place, ...], step: str
) -> None:
    """One of this very name is taken; what merely looks like it is shown with its clock."""
    new_to_reminders(bob).tap("Yes, you may")
    bob.send(Replied(bob.at, typed, 900, places=found), typed)

    assert (bob.step if step else "") == step
    assert bob.person.zone == (None if step else "Europe/Berlin")


def test_the_clock_of_a_country_is_that_of_all_its_zones(library: Library) -> None:
    """Where a part of it has another time at any hour of the year, no clock is told from it."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    for code, country in library.common.countries.items():
        clocks = {offsets(row[2]) for row in rows if row[0] == code}

        assert bool(country.zone) is (len(clocks) == 1), code
        assert not country.zone or clocks == {offsets(country.zone)}, code


def offsets(zone: str) -> tuple[dt.timedelta | None, ...]:
    """What a zone's clock shows against world time, through a year."""
    begin = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return tuple(
        (begin + dt.timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in range(370)
    )
