"""Steps, their history and numbers, on both databases: what is noted, and what is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, select, update

from flows.values import Moment
from storage import actions, scores, sessions
from storage.connection import Transaction
from storage.prepared import Prepared
from storage.tables import METADATA
from tests.storage.cast import NOW, People

DAY = dt.date(2026, 7, 6)


def kept(tx: Transaction, people: People, *, ask: int = 1, **more: Any) -> str:
    """Alice's step."""
    values: dict[str, Any] = {"words": "walk", "due_day": DAY, "due_minutes": 540, "zone": "UTC"} | more
    return actions.keep_action(
        tx, people.alice.id, people.alice_session, "action", at_ms=NOW, ask=ask, **values
    ).id


def noted(tx: Transaction, people: People, step: str, kind: str, *, ask: int = 2, **more: Any) -> bool:
    """An entry in the history of Alice's step."""
    return actions.note_action(
        tx, people.alice.id, step, kind, at_ms=NOW + ask, session=people.alice_session, ask=ask, **more
    )


def test_open_steps_come_as_the_dialogues_see_them(tx: Transaction, people: People) -> None:
    """Words, moment, plan and counts; a closed one is not among them, a parked one is."""
    step = kept(tx, people, confidence=8, cue="rain", response="bus", smallest="one line", reminder="evening")
    other = actions.keep_action(tx, people.alice.id, people.alice_session, "b", words="run", at_ms=NOW).id
    noted(tx, people, other, "done", status="done")
    noted(tx, people, step, "parked", status="parked")
    (found,) = actions.open_actions(tx, people.alice.id)

    assert (found.id, found.words, found.due, found.parked) == (step, "walk", Moment(DAY, 540), True)
    assert (found.cue, found.response, found.smallest, found.reminder) == (
        "rain",
        "bus",
        "one line",
        "evening",
    )
    assert actions.open_actions(tx, people.bob.id) == ()


def test_a_step_keeps_what_its_moment_was_called(tx: Transaction, people: People) -> None:
    """And the time its message was asked for; another day takes both away."""
    step = kept(tx, people, due_words="after church", reminder="at", remind_minutes=735)
    (found,) = actions.open_actions(tx, people.alice.id)

    assert (found.due_words, found.remind_minutes) == ("after church", 735)
    noted(tx, people, step, "moved", due_day="2026-12-01", due_words="", remind_minutes=None)
    (moved,) = actions.open_actions(tx, people.alice.id)
    assert (moved.due_words, moved.remind_minutes) == ("", None)
    assert actions.take_back(tx, people.alice_session, 2, NOW + 9)
    assert actions.open_actions(tx, people.alice.id) == (found,)


def test_an_older_history_is_taken_back(tx: Transaction, people: People) -> None:
    """It knows nothing of the columns that came later."""
    step = kept(tx, people)
    noted(tx, people, step, "done", status="done")
    event = METADATA.tables["action_event"]
    read = Prepared(select(event.c.id, event.c.detail).where(event.c.kind == bindparam("kind")))
    write = Prepared(update(event).where(event.c.id == bindparam("row")).values(detail=bindparam("detail")))
    row, sealed = read.one(tx, kind="done")
    place = (people.alice.id, "action_event", "detail", row)
    detail = tx.unseal_json(*place, sealed)
    for name in actions.LATER:
        del detail["before"][name]
    write.run(tx, row=row, detail=tx.seal_json(*place, detail))

    assert actions.take_back(tx, people.alice_session, 2, NOW + 9)
    (found,) = actions.open_actions(tx, people.alice.id)
    assert (found.id, found.due_words, found.remind_minutes) == (step, "", None)


def test_an_earlier_step_is_replaced_by_its_id(tx: Transaction, people: People) -> None:
    """A look back in another session changes the same step, not a second one."""
    step = kept(tx, people)
    again = actions.keep_action(
        tx, people.alice.id, people.alice_session, "action-x", action=step, words="stroll", at_ms=NOW + 1
    ).id

    assert again == step
    assert [(a.words, a.name, a.made_at) for a in actions.actions_of(tx, people.alice.id)] == [
        ("stroll", "action", NOW)
    ]


def test_nobody_reaches_the_step_of_another_person(tx: Transaction, people: People) -> None:
    """An id alone opens nothing."""
    step = kept(tx, people)

    assert actions.action_by_id(tx, people.bob.id, step) is None
    assert not actions.note_action(tx, people.bob.id, step, "done", at_ms=NOW, status="done")


def test_an_answer_taken_back_takes_back_what_it_did(tx: Transaction, people: People) -> None:
    """The outcome, the count and the new day go; the step is as it was before."""
    step = kept(tx, people)
    noted(tx, people, step, "not_yet", ask=2, undone=1)
    noted(tx, people, step, "reason", ask=3, said={"kind": "load", "words": "full"})
    noted(tx, people, step, "moved", ask=4, due_day="2026-07-09", due_minutes=600)
    moved = actions.open_actions(tx, people.alice.id)[0]
    for ask in (4, 3, 2):
        actions.take_back(tx, people.alice_session, ask, NOW)
    back = actions.open_actions(tx, people.alice.id)[0]

    assert (moved.due, moved.undone) == (Moment(dt.date(2026, 7, 9), 600), 1)
    assert (back.due, back.undone) == (Moment(DAY, 540), 0)
    assert [event.kind for event in actions.events_of(tx, people.alice.id, step)] == ["made"]


def test_a_step_that_is_taken_back_is_gone(tx: Transaction, people: People) -> None:
    """Back past the question it came from."""
    kept(tx, people, ask=5)
    actions.take_back(tx, people.alice_session, 5, NOW)

    assert actions.actions_of(tx, people.alice.id) == []


def test_what_happened_since_is_not_undone(tx: Transaction, people: People) -> None:
    """An older answer that is corrected leaves the newer state alone."""
    step = kept(tx, people)
    noted(tx, people, step, "not_yet", ask=2, undone=1)
    noted(tx, people, step, "moved", ask=3, due_day="2026-07-09", due_minutes=600)
    actions.take_back(tx, people.alice_session, 2, NOW)

    assert actions.open_actions(tx, people.alice.id)[0].undone == 1


def test_the_due_instant_follows_every_change(tx: Transaction, people: People) -> None:
    """It is derived from day, minutes and zone."""
    step = kept(tx, people)
    noted(tx, people, step, "moved", due_day="2026-07-09", due_minutes=600)
    row = actions.action_by_id(tx, people.alice.id, step)

    assert row is not None
    assert row.due_at == dt.datetime(2026, 7, 9, 10, tzinfo=dt.UTC).timestamp() * 1000


def test_reviews_come_with_what_was_planned(tx: Transaction, people: People) -> None:
    """Oldest first, each with its reason, the words and the day of that time."""
    step = kept(tx, people, confidence=6)
    noted(tx, people, step, "not_yet", ask=2, undone=1)
    noted(tx, people, step, "reason", ask=3, said={"kind": "load", "words": "full"})
    noted(tx, people, step, "moved", ask=4, due_day="2026-07-09", due_minutes=600)
    noted(tx, people, step, "done", ask=5, status="done")
    first, second = actions.reviewed(tx, people.alice.id, 24)

    assert (first.outcome, first.reason, first.due, first.confidence) == (
        "not_yet",
        "load",
        Moment(DAY, 540),
        6,
    )
    assert (first.said, first.action) == ("full", step)
    assert (second.outcome, second.reason, second.due) == ("done", "", Moment(dt.date(2026, 7, 9), 600))


def test_a_forgotten_talk_takes_its_words_out_of_histories(tx: Transaction, people: People) -> None:
    """What was said in it about an earlier step goes too."""
    step = kept(tx, people)
    noted(tx, people, step, "learnt", said={"words": "secret"})
    sessions.forget_session(tx, people.alice_session, NOW)

    assert tx.driver.execute("SELECT count(*) FROM action_event").fetchone()[0] == 0


def test_the_newest_points_come_oldest_first(tx: Transaction, people: People) -> None:
    """Of all scales, as many as asked for; nobody else's."""
    for number, value in enumerate((4, 5, 7)):
        scores.add_score(
            tx,
            people.alice.id,
            people.alice_session,
            ask=number,
            scale="clarity",
            value=value,
            at_ms=NOW + number,
        )

    assert [point.value for point in scores.newest_points(tx, people.alice.id, 2)] == [5, 7]
    assert scores.newest_points(tx, people.bob.id, 2) == ()
