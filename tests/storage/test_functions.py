"""What the functions over the tables promise, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from storage import actions, answers, claims, outbox, scores, sessions, set_asides, wakes
from storage import people as people_rows
from storage.connection import Database, Transaction
from tests.storage.cast import BOT, NOW, People, start_session

DAY = dt.date(2026, 7, 6)


def out(people: People, *, kind: str = "reply", ask: int | None = None) -> outbox.OutRow:
    """A message to Alice."""
    return outbox.OutRow(
        person=people.alice.id,
        chat_id=1,
        kind=kind,
        method="sendMessage",
        payload=b'{"text":"hello"}',
        ask_session=people.alice_session if ask is not None else None,
        ask_number=ask,
    )


def remember(tx: Transaction, people: People, *, ask: int = 1, raw: str = "to rest", message: int = 7) -> str:
    """Alice answers."""
    return answers.remember_answer(
        tx,
        people.alice.id,
        people.alice_session,
        ask=ask,
        step="goal",
        field="goal",
        raw=raw,
        value={"text": raw},
        at_ms=NOW,
        message_ids=(message,),
    )


def plan(tx: Transaction, people: People, *, session: str | None = None, due_at: int = NOW) -> bool:
    """Plan a wake for Alice."""
    return wakes.plan_wake(
        tx,
        people.alice.id,
        name="weekly",
        rule="review",
        day=DAY,
        minutes=540,
        zone="Europe/Berlin",
        due_at=due_at,
        at_ms=NOW,
        session=session,
        payload={"text": "time"},
    )


def test_an_update_is_claimed_once(tx: Transaction) -> None:
    """The second claim of the same update is refused; the same id with other content is another update."""
    first = claims.claim(tx, BOT, 9, b"a" * 16, NOW)

    assert first
    assert not claims.claim(tx, BOT, 9, b"a" * 16, NOW)
    assert claims.claim(tx, BOT, 9, b"b" * 16, NOW)


def test_old_claims_are_purged(tx: Transaction) -> None:
    """What is older than the limit can be claimed again."""
    claims.claim(tx, BOT, 9, b"a", NOW - 10)
    claims.claim(tx, BOT, 10, b"a", NOW)

    assert claims.purge_claims(tx, NOW) == 1
    assert not claims.claim(tx, BOT, 10, b"a", NOW)


def test_tries_of_an_update_are_counted_until_they_end(tx: Transaction) -> None:
    """Each try counts; after the end it starts anew."""
    tries = [claims.count_trial(tx, BOT, 9, b"a") for _ in range(3)]
    claims.end_trial(tx, BOT, 9, b"a")

    assert tries == [1, 2, 3]
    assert claims.count_trial(tx, BOT, 9, b"a") == 1


def test_a_person_is_found_as_set(tx: Transaction, people: People) -> None:
    """Sealed and plain columns come back as they were given."""
    given = {"name": "Al", "zone": "Europe/Paris", "wishes": "rest", "sessions": 2}
    people_rows.set_person(
        tx, people.alice.id, **given, used={"grow.goal": ("a", "b")}, facts={"goal": "rest"}
    )
    found = people_rows.find_person(tx, BOT, 1)

    assert found is not None
    assert (found.name, found.zone, found.wishes, found.sessions) == ("Al", "Europe/Paris", "rest", 2)
    assert (found.used, found.facts) == ({"grow.goal": ["a", "b"]}, {"goal": "rest"})


def test_only_known_columns_of_a_person_can_be_set(tx: Transaction, people: People) -> None:
    """Consents, ids and invented names are refused."""
    with pytest.raises(ValueError, match="chat_id"):
        people_rows.set_person(tx, people.alice.id, chat_id=5)


def test_a_person_of_one_chat_is_added_once(tx: Transaction, people: People) -> None:
    """Adding somebody who is there returns the one who is there."""
    again = people_rows.add_person(tx, BOT, 1, first_name="Other", language="de", at_ms=NOW)

    assert again.id == people.alice.id
    assert again.first_name == "Alice"


def test_the_newest_consent_of_each_purpose_counts(tx: Transaction, people: People) -> None:
    """A refusal after a consent takes it back; the history keeps both."""
    row = people.alice
    for given in (True, False):
        _consent(tx, row, "remember", given)
    _consent(tx, row, "remind", True)
    found = _person(tx)

    assert people_rows.value_of(found).consents == frozenset({"remind"})
    assert tx.driver.execute("SELECT count(*) FROM consent").fetchone()[0] == 3


def test_blocked_ends_when_the_person_is_active(tx: Transaction, people: People) -> None:
    """Blocking is noted with its time, and forgotten at the next sign of life."""
    people_rows.mark_blocked(tx, people.alice.id, NOW + 1)
    blocked = _person(tx).blocked_at
    people_rows.mark_active(tx, people.alice.id, NOW + 2)

    assert blocked == NOW + 1
    assert (_person(tx).blocked_at, _person(tx).active_at) == (None, NOW + 2)


def test_a_session_rests_and_opens_again(tx: Transaction, people: People) -> None:
    """A paused session is listed with place and topic, and can be reopened once."""
    sessions.save_session(
        tx, people.alice_session, people.alice.id, b"x", NOW + 5, status="paused", where="Will", topic="rest"
    )
    resting = sessions.paused_sessions(tx, people.alice.id)
    nobody = sessions.open_session_of(tx, people.alice.id)

    assert [(rest.session, rest.where, rest.topic) for rest in resting] == [
        (people.alice_session, "Will", "rest")
    ]
    assert nobody is None
    assert sessions.reopen(tx, people.alice_session, NOW + 6)
    assert not sessions.reopen(tx, people.alice_session, NOW + 7)


def test_an_ended_session_holds_no_words(tx: Transaction, people: People) -> None:
    """State and topic are emptied."""
    sessions.save_session(tx, people.alice_session, people.alice.id, b"secret", NOW, topic="rest")
    sessions.end_session(tx, people.alice_session, "done", NOW)
    found = sessions.session_by_id(tx, people.alice_session)

    assert found is not None
    assert (found.status, found.state, found.topic) == ("done", b"", "")


def test_a_short_id_reaches_only_the_own_session(tx: Transaction, people: People) -> None:
    """Bob's button with the short id of Alice's session finds nothing."""
    short = people.alice_session[-8:]

    assert sessions.session_by_short(tx, people.alice.id, short) is not None
    assert sessions.session_by_short(tx, people.bob.id, short) is None


def test_an_answer_is_found_by_its_message_until_superseded(tx: Transaction, people: People) -> None:
    """Superseded answers stay for the export and no longer count."""
    remember(tx, people)
    found = answers.answer_with_message(tx, people.alice.id, 7)
    superseded = answers.supersede_answer(tx, people.alice_session, 1, NOW + 1)

    assert found is not None
    assert (found.raw, found.value, found.message_ids) == ("to rest", {"text": "to rest"}, [7])
    assert superseded == 1
    assert answers.answer_with_message(tx, people.alice.id, 7) is None
    assert [row.superseded_at for row in answers.answers_of(tx, people.alice.id)] == [NOW + 1]


def test_nobody_finds_an_answer_by_another_persons_message(tx: Transaction, people: People) -> None:
    """Message ids are per chat: Bob's message 7 is not Alice's."""
    remember(tx, people)

    assert answers.answer_with_message(tx, people.bob.id, 7) is None


def test_a_corrected_answer_takes_the_place_of_the_former(tx: Transaction, people: People) -> None:
    """The correction keeps step, field and messages; the former row stays, superseded."""
    remember(tx, people)
    former = answers.answer_with_message(tx, people.alice.id, 7)
    assert former is not None
    answers.correct_answer(tx, former, raw="to sleep", value="to sleep", at_ms=NOW + 1)

    assert [row.raw for row in answers.answers_in(tx, people.alice_session)] == ["to sleep"]
    assert [row.raw for row in answers.answers_of(tx, people.alice.id)] == ["to rest", "to sleep"]


def test_an_ask_learns_its_message_from_the_sender(tx: Transaction, people: People) -> None:
    """What was sent tells the ask its message id, and the words leave the outbox."""
    answers.add_ask(tx, people.alice_session, 3, people.alice.id, step="goal", wording="a", at_ms=NOW)
    row = out(people, ask=3)
    outbox.queue(tx, [row], NOW)
    before = answers.ask_message_id(tx, people.alice_session, 3)
    outbox.mark_sent(tx, [(row.id, 555)])

    assert before is None
    assert answers.ask_message_id(tx, people.alice_session, 3) == 555
    assert answers.ask_with_message(tx, people.alice.id, 555) == (people.alice_session, 3)
    assert tx.driver.execute("SELECT payload FROM outbox").fetchone()[0] is None


def test_an_action_is_replaced_by_name(tx: Transaction, people: People) -> None:
    """Going back and deciding anew leaves one action, and a history of both."""
    for words in ("walk", "run"):
        row = actions.keep_action(
            tx, people.alice.id, people.alice_session, "main", words=words, at_ms=NOW, cue="at noon"
        ).id
    kept = actions.actions_of(tx, people.alice.id)

    assert [(action.words, action.cue, action.why) for action in kept] == [("run", "at noon", "")]
    assert [event.kind for event in actions.events_of(tx, people.alice.id, row)] == ["made", "replaced"]


def test_what_is_due_is_found_without_sorting(opened: Callable[[str], Database], sqlite_url: str) -> None:
    """Thousands may be due at the same moment: sorting them for each bite would hold up who is chatting."""
    with opened(sqlite_url).transaction() as tx:
        wakes.due_wakes(tx, NOW, 10)
        statement, pick = wakes._due._texts["sqlite"]
        plan = tx.driver.execute(f"EXPLAIN QUERY PLAN {statement}", pick({"now": NOW, "most": 10})).fetchall()

    assert any("ix_wake_due" in step[3] for step in plan)
    assert not any("TEMP B-TREE" in step[3] for step in plan)


def test_the_due_instant_comes_from_the_wall_clock(tx: Transaction, people: People) -> None:
    """09:00 in Berlin in summer is 07:00 UTC."""
    actions.keep_action(
        tx,
        people.alice.id,
        people.alice_session,
        "main",
        words="walk",
        at_ms=NOW,
        due_day=DAY,
        due_minutes=540,
        zone="Europe/Berlin",
    )
    due = dt.datetime(2026, 7, 6, 7, 0, tzinfo=dt.UTC)

    assert actions.actions_of(tx, people.alice.id)[0].due_at == due.timestamp() * 1000


def test_a_rule_is_decided_once_per_local_date(tx: Transaction, people: People) -> None:
    """Planned again it is replaced; once taken it is never planned for that date again."""
    planned = [plan(tx, people), plan(tx, people, due_at=NOW + 5)]
    due = wakes.due_wakes(tx, NOW + 10, 10)
    wakes.set_wake_state(tx, due[0].id, "sent")

    assert planned == [True, True]
    assert [wake.due_at for wake in due] == [NOW + 5]
    assert not plan(tx, people)
    assert wakes.next_due(tx) is None


def test_a_reminder_of_a_session_is_replaced_by_name(tx: Transaction, people: People) -> None:
    """Only the newest is planned; dropping it leaves none."""
    for due_at in (NOW, NOW + 5):
        plan(tx, people, session=people.alice_session, due_at=due_at)
    due = wakes.next_due(tx)

    assert due == NOW + 5
    assert wakes.drop_wake(tx, people.alice_session, "weekly")
    assert wakes.due_wakes(tx, NOW + 10, 10) == []


def test_a_wake_moves_on_once(tx: Transaction, people: People) -> None:
    """The second to take it is told that it is not where they think."""
    plan(tx, people)
    wake = wakes.due_wakes(tx, NOW, 1)[0]

    assert wake.payload == {"text": "time"}
    assert wakes.set_wake_state(tx, wake.id, "taken")
    assert not wakes.set_wake_state(tx, wake.id, "taken")


def test_a_message_is_withdrawn_only_while_it_waits(tx: Transaction, people: People) -> None:
    """Once taken to be sent it stays."""
    rows = [out(people, ask=1), out(people, ask=2)]
    outbox.queue(tx, rows, NOW)
    assert outbox.mark_sending(tx, rows[1].id)

    assert not outbox.is_handed(tx, people.alice_session, 1)
    assert outbox.withdraw(tx, people.alice_session, 1)
    assert outbox.is_handed(tx, people.alice_session, 2)
    assert not outbox.withdraw(tx, people.alice_session, 2)


def test_what_waits_for_a_person_can_be_dropped(tx: Transaction, people: People) -> None:
    """Sent rows stay until they are purged."""
    rows = [out(people), out(people)]
    outbox.queue(tx, rows, NOW)
    outbox.mark_sent(tx, [(rows[0].id, 1)])

    assert outbox.drop_for_person(tx, people.alice.id) == 1
    assert outbox.purge_sent(tx, NOW) == 0
    assert outbox.purge_sent(tx, NOW + 1) == 1


def test_refused_rows_are_given_up(tx: Transaction, people: People) -> None:
    """Dead and uncertain rows hold no words and are not sent."""
    rows = [out(people), out(people, kind="nudge")]
    outbox.queue(tx, rows, NOW)
    outbox.mark_dead(tx, rows[0].id)
    outbox.mark_uncertain(tx, rows[1].id)

    assert [_state(tx, row.id) for row in rows] == ["dead", "uncertain"]
    assert not outbox.mark_sending(tx, rows[1].id)


def test_what_was_set_aside_is_kept_sealed(tx: Transaction, people: People) -> None:
    """With a person under their key, without under the system's."""
    for person in (None, people.alice.id):
        set_asides.set_aside(tx, BOT, 1, raw=b"\xff{", reason="ValueError", at_ms=NOW, person=person)
    kept = set_asides.set_asides(tx)

    assert [(row.person, row.raw) for row in kept] == [(None, b"\xff{"), (people.alice.id, b"\xff{")]
    assert set_asides.count_set_asides(tx) == 2


def test_a_forgotten_session_leaves_nothing_that_was_said(tx: Transaction, people: People) -> None:
    """Answers, asks, action, scores, wakes and waiting messages go; Bob's stay."""
    for session, row in ((people.alice_session, people.alice), (people.bob_session, people.bob)):
        answers.add_ask(tx, session, 1, row.id, step="goal", wording="a", at_ms=NOW)
        actions.keep_action(tx, row.id, session, "main", words="walk", at_ms=NOW)
        scores.add_score(tx, row.id, session, ask=1, scale="clarity", value=7, at_ms=NOW)
    plan(tx, people, session=people.alice_session)
    outbox.queue(tx, [out(people, ask=1)], NOW)
    remember(tx, people)
    sessions.forget_session(tx, people.alice_session, NOW)

    assert _counts(tx, "answer", "wake", "outbox") == [0, 0, 0]
    assert _counts(tx, "ask", "action", "score", "action_event") == [1, 1, 1, 1]


def test_a_savepoint_undoes_one_turn_only(database: Database, people: People) -> None:
    """A turn that raises leaves nothing; its neighbours in the same commit stay."""
    with database.transaction() as tx:
        claims.claim(tx, BOT, 1, b"a", NOW)
        with pytest.raises(ZeroDivisionError), tx.savepoint():
            claims.claim(tx, BOT, 2, b"a", NOW)
            raise ZeroDivisionError
        claims.claim(tx, BOT, 3, b"a", NOW)
    with database.transaction() as tx:
        kept = [row[0] for row in tx.driver.execute("SELECT update_id FROM claim ORDER BY 1").fetchall()]

    assert kept == [1, 3]


def test_a_transaction_that_raises_commits_nothing(database: Database) -> None:
    """And the next one works."""
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        claims.claim(tx, BOT, 2, b"a", NOW)
        raise ZeroDivisionError
    with database.transaction() as tx:
        assert claims.claim(tx, BOT, 2, b"a", NOW)


def test_erasing_a_person_leaves_no_row_and_no_key(tx: Transaction, people: People) -> None:
    """Everything of Alice goes, twice is once, Bob stays, and /start makes a new person."""
    remember(tx, people)
    erased = people_rows.erase_person(tx, people.alice.id, NOW)
    again = people_rows.erase_person(tx, people.alice.id, NOW)
    new = people_rows.add_person(tx, BOT, 1, first_name="Alice", language="en", at_ms=NOW)

    assert (erased, again) == (True, False)
    assert _counts(tx, "answer", "session") == [0, 1]
    assert new.id != people.alice.id
    assert people_rows.find_person(tx, BOT, 2) is not None


def test_a_second_open_session_is_refused(tx: Transaction, people: People) -> None:
    """The database holds at most one open session of a person."""
    with pytest.raises(Exception, match="session"), tx.savepoint():
        start_session(tx, people.alice.id, "review")

    assert _counts(tx, "session") == [2]


def _consent(tx: Transaction, row: people_rows.PersonRow, purpose: str, given: bool) -> None:
    people_rows.record_consent(tx, row, purpose=purpose, version="1", given=given, at_ms=NOW)


def _person(tx: Transaction) -> people_rows.PersonRow:
    found = people_rows.find_person(tx, BOT, 1)
    assert found is not None
    return found


def _counts(tx: Transaction, *tables: str) -> list[int]:
    return [tx.driver.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]  # noqa: S608


def _state(tx: Transaction, row: str) -> str:
    mark = "?" if tx.dialect == "sqlite" else "%s"
    found = tx.driver.execute(f"SELECT state FROM outbox WHERE id = {mark}", (row,)).fetchone()  # noqa: S608
    return str(found[0])
