"""A person as the dialogues see them, with everything that is read only where it matters."""

from __future__ import annotations

from flows.values import Person
from storage import actions, people, scores, sessions
from storage.connection import Transaction
from storage.people import PersonRow

REVIEWS, POINTS = 24, 120  # enough for a pattern, and for half a year of numbers


def whole_person(tx: Transaction, row: PersonRow) -> Person:
    """Return the person with paused talks, open actions, the newest reviews and points."""
    return people.value_of(
        row,
        sessions.paused_sessions(tx, row.id),
        actions.open_actions(tx, row.id),
        actions.reviewed(tx, row.id, REVIEWS),
        scores.newest_points(tx, row.id, POINTS),
    )
