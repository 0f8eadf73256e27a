"""Decided once: by two processes at the same time, after kills, and with a clock that jumps."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.appointments import arrange, arrange_step, set_rhythm
from bot.deciding import Decider
from bot.ticker import arrange_some, take_due
from flows.loader import load
from flows.nudging import Verdict
from flows.values import Rhythm, Slot, replace
from storage import actions, people, sessions, wakes
from storage.connection import Database, Transaction
from storage.database import open_database
from storage.ids import new_id
from storage.people import PersonRow
from tests.postgres import Postgres

SECRET = "5a" * 32
LIBRARY = load()
MONDAY = int(dt.datetime(2026, 5, 4, 6, 0, tzinfo=dt.UTC).timestamp() * 1000)
HOUR, DAY = 3_600_000, 86_400_000
TEN = 10 * 60


def joins(tx: Transaction, chat: int, rhythm: Rhythm, at: int = MONDAY) -> PersonRow:
    """A person in Berlin with a rhythm."""
    row = people.add_person(tx, 1, chat, first_name="P", language="en", at_ms=at)
    for purpose in ("remember", "remind"):
        people.record_consent(tx, row, purpose=purpose, version="1", given=True, at_ms=at)
    facts = {"welcomed": "yes", "last_topic": "my workload"}
    people.set_person(tx, row.id, zone="Europe/Berlin", facts=facts)
    set_rhythm(tx, fresh(tx, row), rhythm, at)
    arrange(tx, fresh(tx, row), at, anew=True)
    return fresh(tx, row)


def fresh(tx: Transaction, row: PersonRow) -> PersonRow:
    """The person as stored now."""
    found = people.person_by_id(tx, row.id)
    assert found is not None
    return found


def promises(tx: Transaction, row: PersonRow, day: dt.date, minutes: int, at: int) -> str:
    """A step with a reminder at its moment."""
    session = new_id()
    sessions.add_session(tx, session, row.id, dialogue="grow", version=1, state=b"{}", at_ms=at - 2 * DAY)
    sessions.end_session(tx, session, "done", at - 2 * DAY)
    action = actions.keep_action(
        tx,
        row.id,
        session,
        "action",
        words="call Dana",
        at_ms=at,
        due_day=day,
        due_minutes=minutes,
        zone="Europe/Berlin",
        reminder="at",
    ).id
    arrange(tx, fresh(tx, row), at)
    return action


def planned(tx: Transaction, row: PersonRow) -> Counter[str]:
    """What is planned, by rule."""
    return Counter(wake.rule for wake in wakes.planned_of(tx, row.id))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An empty one."""
    return open_database(f"sqlite:///{tmp_path / 'cairn.db'}", SECRET, MONDAY)


@pytest.mark.slow
def test_two_processes_decide_each_wake_once(postgres: Postgres) -> None:
    """Each has its own connection and thread; both tick as fast as they can."""
    url, count = postgres.new_database(), 300
    first, second = open_database(url, SECRET, MONDAY), open_database(url, SECRET, MONDAY)
    with first.transaction() as tx:
        for chat in range(1, count + 1):
            joins(tx, chat, Rhythm(review=Slot(0, TEN), checkin=Slot(0, TEN + 60)))
    told: list[tuple[str, str, str]] = []
    sent: list[str] = []
    gate = threading.Barrier(2)

    def ticks(database: Database) -> None:
        def tell(person: str, verdict: Verdict) -> None:
            told.append((person, verdict.due.key, verdict.what))

        decider = Decider(LIBRARY, tell)
        gate.wait()
        for _ in range(12):
            with database.transaction() as tx:
                sent.extend(message.person for message in take_due(tx, MONDAY + 2 * HOUR + 1, decider)[1])

    threads = [threading.Thread(target=ticks, args=(each,)) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    first.close()
    second.close()

    assert Counter(Counter(sent).values()) == {1: count}
    assert max(Counter((person, key) for person, key, _ in told).values()) == 1
    assert Counter(what for _, _, what in told) == {"sent": count, "absorbed": count}


def test_a_decision_that_was_rolled_back_is_made_again_once(database: Database) -> None:
    """A process that dies before the commit leaves everything as it was."""
    with database.transaction() as tx:
        joins(tx, 1, Rhythm(review=Slot(0, TEN)))
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        assert len(take_due(tx, MONDAY + 2 * HOUR, Decider(LIBRARY))[1]) == 1
        raise ZeroDivisionError
    with database.transaction() as tx:
        counts = [len(take_due(tx, MONDAY + 2 * HOUR, Decider(LIBRARY))[1]) for _ in range(3)]
    database.close()

    assert counts == [1, 0, 0]


@pytest.mark.parametrize("jump", [-5 * DAY, -30 * HOUR, -2 * HOUR, 3 * HOUR, 30 * HOUR, 5 * DAY])
def test_a_clock_that_jumps_and_comes_back_neither_doubles_nor_loses(database: Database, jump: int) -> None:
    """The clock is wrong for an hour on Monday morning; over four weeks each review comes once."""
    dates: list[str] = []
    rhythm = Rhythm(review=Slot(2, TEN))  # Wednesday at ten
    with database.transaction() as tx:
        row = joins(tx, 1, rhythm)
        promises(tx, row, dt.date(2026, 5, 12), 12 * 60, MONDAY)

    def tell(person: str, verdict: Verdict) -> None:
        if verdict.what in ("sent", "absorbed"):
            dates.append(f"{verdict.due.rule} {verdict.due.appointment.moment.day}")

    decider, now = Decider(LIBRARY, tell), MONDAY
    for hour in range(24 * 28):
        right = MONDAY + hour * HOUR
        now = right + jump if hour == 30 else right
        with database.transaction() as tx:
            if hour in (
                30,
                31,
            ):  # the ticker notices a clock that was set back, and puts right what is planned
                arrange_some(tx, "", now)
            take_due(tx, now + 1, decider)
            if hour == 31:
                arrange_some(tx, "", now)
            row = fresh(tx, row)
            people.set_person(tx, row.id, contact=replace(row.contact, unanswered=0))
    database.close()

    assert max(Counter(dates).values()) == 1
    assert {"review 2026-05-13", "review 2026-05-20", "review 2026-05-27", "action 2026-05-12"} <= set(dates)
    assert "review 2026-05-06" in dates


def test_who_has_a_rhythm_and_no_plan_gets_one(database: Database) -> None:
    """At the start, for all, a few at a time."""
    with database.transaction() as tx:
        rows = [joins(tx, chat, Rhythm(review=Slot(3, TEN))) for chat in range(1, 121)]
        for row in rows:
            for wake in wakes.planned_of(tx, row.id):
                wakes.call_off(tx, wake.id)
        after, rounds = "", 0
        while rounds == 0 or after:
            after, rounds = arrange_some(tx, after, MONDAY), rounds + 1
        left = Counter(each for row in rows for each in planned(tx, row))
    database.close()

    assert left == {"review": 120}
    assert rounds == 3


def test_a_reminder_follows_its_step(database: Database) -> None:
    """Moved, it comes at the new moment; done, it does not come; the words are those of today."""
    with database.transaction() as tx:
        row = joins(tx, 1, Rhythm())
        action = promises(tx, row, dt.date(2026, 5, 6), 12 * 60, MONDAY)
        actions.note_action(
            tx, row.id, action, "moved", at_ms=MONDAY, due_day="2026-05-07", due_minutes=9 * 60
        )
        arrange(tx, fresh(tx, row), MONDAY)
        (moved,) = [wake for wake in wakes.planned_of(tx, row.id) if wake.rule == "action"]
        actions.note_action(tx, row.id, action, "reworded", at_ms=MONDAY, words="call Dana at noon")
        _, (message,) = take_due(tx, moved.due_at, Decider(LIBRARY))
        other = promises(tx, row, dt.date(2026, 5, 14), 12 * 60, moved.due_at)
        actions.note_action(tx, row.id, other, "done", at_ms=moved.due_at, status="done")
        arrange(tx, fresh(tx, row), moved.due_at)
        left = [wake for wake in wakes.planned_of(tx, row.id) if wake.rule == "action"]
    database.close()

    assert (moved.local_date, moved.minutes) == ("2026-05-07", 540)
    assert "call Dana at noon" in message.parameters["text"]
    assert left == []


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("kept", "moved", "parked", "open", "done", "reworded")),
        st.integers(0, 2),  # which step
        st.integers(-2, 9),  # in how many days
        st.sampled_from((None, 9 * 60, 23 * 60)),
        st.sampled_from(("", "at", "evening")),
    ),
    min_size=1,
    max_size=12,
)


@given(CHANGES, st.sampled_from((Rhythm(), Rhythm(review=Slot(2, TEN)))))
def test_what_one_step_needs_is_what_all_need(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, int, int, int | None, str]],
    rhythm: Rhythm,
) -> None:
    """Arranging only the step that was touched leaves nothing for arranging everything."""
    folder = tmp_path_factory.mktemp("steps")
    database = open_database(f"sqlite:///{folder / 'cairn.db'}", SECRET, MONDAY)
    with database.transaction() as tx:
        row = joins(tx, 1, rhythm)
        steps = [promises(tx, row, dt.date(2026, 5, 5 + number), TEN, MONDAY) for number in range(3)]
        for kind, number, days, minutes, reminder in changes:
            day = dt.date(2026, 5, 4) + dt.timedelta(days=days)
            if kind == "kept":
                due = {"due_day": day, "due_minutes": minutes, "zone": "Europe/Berlin", "reminder": reminder}
                again = {"action": steps[number], "words": "call Dana", "at_ms": MONDAY}
                moved = actions.keep_action(tx, row.id, "", "action", **again, **due).moved
            else:
                new = {
                    "moved": {"due_day": day.isoformat(), "due_minutes": minutes},
                    "reworded": {"words": "write to Dana"},
                }.get(kind, {"status": kind})
                moved = actions.note_action(tx, row.id, steps[number], kind, at_ms=MONDAY, **new)
            if moved:
                arrange_step(tx, fresh(tx, row), steps[number], MONDAY)
        before = [(wake.id, wake.due_at) for wake in wakes.planned_of(tx, row.id)]
        arrange(tx, fresh(tx, row), MONDAY)
        after = [(wake.id, wake.due_at) for wake in wakes.planned_of(tx, row.id)]
    database.close()

    assert before == after


def test_all_that_is_planned_follows_the_zone_and_the_permission(database: Database) -> None:
    """The wall clock is the truth; without permission nothing stays."""
    with database.transaction() as tx:
        row = joins(tx, 1, Rhythm(review=Slot(4, TEN)))
        promises(tx, row, dt.date(2026, 5, 6), 12 * 60, MONDAY)
        before = {wake.rule: wake.due_at for wake in wakes.planned_of(tx, row.id)}
        people.set_person(tx, row.id, zone="America/New_York")
        arrange(tx, fresh(tx, row), MONDAY)
        after = {wake.rule: wake.due_at for wake in wakes.planned_of(tx, row.id)}
        people.record_consent(tx, fresh(tx, row), purpose="remind", version="1", given=False, at_ms=MONDAY)
        arrange(tx, fresh(tx, row), MONDAY)
        silent = planned(tx, row)
        people.record_consent(tx, fresh(tx, row), purpose="remind", version="1", given=True, at_ms=MONDAY)
        arrange(tx, fresh(tx, row), MONDAY)
        again = planned(tx, row)
    database.close()

    assert {rule: (after[rule] - before[rule]) / HOUR for rule in before} == dict.fromkeys(before, 6.0)
    assert silent == {}
    assert set(again) == set(before)


def test_one_person_who_cannot_be_decided_holds_up_nobody(database: Database) -> None:
    """What fails is put off for an hour; the others get theirs."""
    with database.transaction() as tx:
        broken, fine = (joins(tx, chat, Rhythm(review=Slot(0, TEN))) for chat in (1, 2))
        promises(tx, broken, dt.date(2026, 6, 1), 600, MONDAY)
        tx.driver.execute("UPDATE action SET words = x'00' WHERE person = ?", (broken.id,))
        taken, messages = take_due(tx, MONDAY + 2 * HOUR, Decider(LIBRARY))
        again, _ = take_due(tx, MONDAY + 2 * HOUR, Decider(LIBRARY))
    database.close()

    assert [message.person for message in messages] == [fine.id]
    assert (taken, again) == (2, 0)
