"""In whose hands a message is: runs live and die, and what they leave is taken over once, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from storage import handover, outbox, people, runs
from storage.connection import Database, Transaction
from storage.outbox import OutRow
from storage.people import PersonRow
from tests.storage.cast import BOT, NOW, People

Open = Callable[..., Database]


def out(person: PersonRow, kind: str = "reply") -> OutRow:
    """A message to a person."""
    return OutRow(person.id, person.chat_id, kind, "sendMessage", b'{"text":"hello"}')


def begin(tx: Transaction) -> str:
    """Begin a run and work as it."""
    tx.run = runs.begin_run(tx, BOT, NOW).id
    return tx.run


def dies(tx: Transaction, run: str) -> None:
    """Let a run have been silent for too long."""
    tx.driver.execute(f"UPDATE run SET alive_until = 0 WHERE id = '{run}'")  # noqa: S608


def left(tx: Transaction, *rows: OutRow) -> None:
    """Let a run queue these rows and die; another works from now on."""
    dead = begin(tx)
    outbox.queue(tx, rows, NOW)
    dies(tx, dead)
    begin(tx)


def state(tx: Transaction, row: OutRow) -> tuple[str, str]:
    """In which state a row is, and in whose hands."""
    found = tx.driver.execute(f"SELECT state, owner FROM outbox WHERE id = '{row.id}'").fetchone()  # noqa: S608
    return str(found[0]), str(found[1])


def test_replies_of_a_dead_run_come_back_in_order(tx: Transaction, people: People) -> None:
    """They are taken over, all of a person together, oldest first; then nothing is left."""
    rows = [out(people.alice), out(people.bob), out(people.alice), out(people.bob)]
    left(tx, *rows)
    persons, found = handover.adopt(tx)

    assert persons == 2
    assert [row.id for row in found] == [row.id for row in rows]
    assert found[0].payload == b'{"text":"hello"}'
    assert handover.adopt(tx) == (0, [])


def test_a_storm_is_taken_over_person_by_person(tx: Transaction, people: People) -> None:
    """However few rows are looked at, what waits for one person is not torn apart."""
    rows = [out(people.alice), out(people.bob), out(people.alice)]
    left(tx, *rows)
    first, second = handover.adopt(tx, 1)[1], handover.adopt(tx, 1)[1]

    assert [row.id for row in first] == [rows[0].id, rows[2].id]
    assert [row.id for row in second] == [rows[1].id]


def test_a_nudge_that_was_on_its_way_is_never_sent_again(tx: Transaction, people: People) -> None:
    """It becomes uncertain; one that only waited is sent."""
    rows = [out(people.alice, "nudge"), out(people.alice, "nudge")]
    dead = begin(tx)
    outbox.queue(tx, rows, NOW)
    assert outbox.mark_sending(tx, rows[0].id)
    dies(tx, dead)
    begin(tx)
    found = handover.adopt(tx)[1]

    assert [row.id for row in found] == [rows[1].id]
    assert state(tx, rows[0])[0] == "uncertain"


def test_a_nudge_is_marked_by_its_owner_and_once(tx: Transaction, people: People) -> None:
    """Rowcount 0 says that it must not be sent."""
    row = out(people.alice, "nudge")
    left(tx, row)

    assert not outbox.mark_sending(tx, row.id)
    assert len(handover.adopt(tx)[1]) == 1
    assert outbox.mark_sending(tx, row.id)
    assert not outbox.mark_sending(tx, row.id)


def test_a_nudge_that_was_refused_for_now_waits_again(tx: Transaction, people: People) -> None:
    """It can be marked anew; one that was judged meanwhile cannot."""
    row = out(people.alice, "nudge")
    mine = begin(tx)
    outbox.queue(tx, [row], NOW)

    assert outbox.mark_sending(tx, row.id)
    assert outbox.put_back(tx, row.id)
    assert outbox.mark_sending(tx, row.id)
    dies(tx, mine)
    begin(tx)
    handover.adopt(tx)
    tx.run = mine
    assert not outbox.put_back(tx, row.id)
    assert state(tx, row)[0] == "uncertain"


def test_what_a_run_has_in_hand_is_its_own(tx: Transaction, people: People) -> None:
    """Nobody takes over from themselves."""
    begin(tx)
    outbox.queue(tx, [out(people.alice)], NOW)

    assert handover.adopt(tx) == (0, [])


def test_a_row_that_cannot_be_opened_stops_no_other(tx: Transaction, people: People) -> None:
    """A payload moved from one row to another is refused: that row is given up, the others are sent."""
    rows = [out(people.alice), out(people.alice)]
    left(tx, *rows)
    swap = "UPDATE outbox SET payload = (SELECT o.payload FROM outbox o WHERE o.id = '{}') WHERE id = '{}'"
    tx.driver.execute(swap.format(rows[1].id, rows[0].id))
    found = handover.adopt(tx)[1]

    assert [row.id for row in found] == [rows[1].id]
    assert state(tx, rows[0])[0] == "dead"


def test_a_run_knows_how_the_last_one_ended(tx: Transaction) -> None:
    """A first run follows a clean stop; one after a death does not."""
    first = runs.begin_run(tx, BOT, NOW)
    second = runs.begin_run(tx, BOT, NOW + 2)
    runs.note_poll(tx, second.id, NOW + 3)
    runs.end_run(tx, first.id, NOW + 3)
    runs.end_run(tx, second.id, NOW + 4)
    third = runs.begin_run(tx, BOT, NOW + 5)

    assert [run.previous_clean for run in (first, second, third)] == [True, False, True]


def test_an_outage_is_not_hidden_by_a_run_that_never_polled(tx: Transaction) -> None:
    """What counts is when anybody last heard from Telegram; and a death stays one."""
    assert runs.last_polled(tx, BOT) is None
    first = begin(tx)
    runs.note_poll(tx, first, NOW + 1)
    runs.note_poll(tx, begin(tx), NOW + 9)
    dies(tx, tx.run)
    polite = begin(tx)
    runs.end_run(tx, polite, NOW + 10)
    tx.run = ""
    last = runs.begin_run(tx, BOT, NOW + 11)
    tx.run = last.id

    assert not last.previous_clean
    assert runs.last_polled(tx, BOT) == NOW + 9


# From here on: what only several processes on PostgreSQL can see.


@pytest.fixture
def pair(database: Database, opened: Open) -> tuple[Database, Database]:
    """Two processes on one database, each with a run that lives."""
    if database.dialect == "sqlite":
        pytest.skip("one process has the file")
    url = database.engine.url.render_as_string(hide_password=False)
    both = (database, opened(url))
    for each in both:
        with each.transaction() as tx:
            each.run = runs.begin_run(tx, BOT, NOW).id
    return both


def test_a_live_run_keeps_what_it_has(pair: tuple[Database, Database], people: People) -> None:
    """Only when it is silent for too long, or stops, may others have it."""
    with pair[0].transaction() as tx:
        outbox.queue(tx, [out(people.alice)], NOW)
    with pair[1].transaction() as tx:
        alive = handover.adopt(tx)
        runs.end_run(tx, pair[0].run, NOW)
        stopped = handover.adopt(tx)

    assert alive == (0, [])
    assert len(stopped[1]) == 1


def test_a_run_that_was_thought_dead_learns_what_it_lost(
    pair: tuple[Database, Database], people: People
) -> None:
    """It was suspended; what nobody took is still its own."""
    rows = [out(people.alice), out(people.bob)]
    with pair[0].transaction() as tx:
        assert runs.stay_alive(tx)
        outbox.queue(tx, rows, NOW)
    with pair[1].transaction() as tx:
        dies(tx, pair[0].run)
        handover.adopt(tx, 1)
    with pair[0].transaction() as tx:
        assert not runs.stay_alive(tx)
        assert handover.lost(tx, [row.id for row in rows]) == {rows[0].id}
        assert runs.stay_alive(tx)
    with pair[1].transaction() as tx:
        assert handover.adopt(tx) == (0, [])


def test_a_person_whose_turn_it_is_is_passed_over(pair: tuple[Database, Database], people: People) -> None:
    """Whoever handles the turn takes the replies over; adopting waits for nobody."""
    with pair[0].transaction() as tx:
        outbox.queue(tx, [out(people.alice), out(people.alice, "nudge")], NOW)
        dies(tx, pair[0].run)
    with pair[1].transaction() as tx:
        pair[1].run = tx.run = runs.begin_run(tx, BOT, NOW).id
    third = pair[0]
    third.run = pair[1].run
    with pair[1].transaction() as tx:
        assert people_locked(tx, people)
        with third.transaction() as other:
            meanwhile = handover.adopt(other)
        taken = handover.take_over(tx, people.alice.id)

    assert meanwhile == (0, [])
    assert [row.kind for row in taken] == ["reply"]


def people_locked(tx: Transaction, cast: People) -> bool:
    """Begin Alice's turn."""
    return people.person_by_id(tx, cast.alice.id) is not None


def test_replies_change_hands_with_the_turn_even_from_the_living(
    pair: tuple[Database, Database], people: People
) -> None:
    """Else the answer to the later message could overtake the answer to the earlier one."""
    rows = [out(people.alice), out(people.bob), out(people.alice)]
    with pair[0].transaction() as tx:
        outbox.queue(tx, rows, NOW)
    with pair[1].transaction() as tx:
        taken = handover.take_over(tx, people.alice.id)

    assert [row.id for row in taken] == [rows[0].id, rows[2].id]


def test_two_runs_take_over_each_message_once(
    pair: tuple[Database, Database], people: People, opened: Open
) -> None:
    """Both look at the same moment, again and again."""
    cast = people
    rows = [out(person) for _ in range(50) for person in (cast.alice, cast.bob)]
    url = pair[0].engine.url.render_as_string(hide_password=False)
    with opened(url).transaction() as tx:
        left(tx, *rows)
        tx.driver.execute(f"UPDATE run SET alive_until = 0 WHERE id = '{tx.run}'")  # noqa: S608
    found: list[str] = []

    def look(database: Database) -> None:
        for _ in range(20):
            with database.transaction() as tx:
                found.extend(row.id for row in handover.adopt(tx, 10)[1])

    threads = [threading.Thread(target=look, args=(each,)) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(found) == sorted(row.id for row in rows)


def test_the_oldest_that_lives_polls(pair: tuple[Database, Database]) -> None:
    """The younger stands by until the older has died."""
    with pair[1].transaction() as tx:
        before = runs.is_oldest(tx, BOT)
        dies(tx, pair[0].run)
        after = runs.is_oldest(tx, BOT)
    with pair[0].transaction() as tx:
        assert runs.is_oldest(tx, BOT)

    assert (before, after) == (False, True)
