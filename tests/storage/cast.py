"""Alice and Bob, and the numbers that all tests of storage share."""

from __future__ import annotations

from dataclasses import dataclass

from storage.connection import Transaction
from storage.ids import new_id
from storage.people import PersonRow, add_person
from storage.sessions import add_session

SECRET = "5a" * 32
NOW = 1_750_000_000_000
BOT = 4242


@dataclass
class People:
    """Alice and Bob, each with an open session."""

    alice: PersonRow
    bob: PersonRow
    alice_session: str
    bob_session: str


def make_people(tx: Transaction) -> People:
    """Add Alice and Bob, each with an open session."""
    alice = add_person(tx, BOT, 1, first_name="Alice", language="en", at_ms=NOW)
    bob = add_person(tx, BOT, 2, first_name="Bob", language="en", at_ms=NOW)
    return People(alice, bob, start_session(tx, alice.id), start_session(tx, bob.id))


def start_session(tx: Transaction, person: str, dialogue: str = "grow") -> str:
    """Open a session and return its id."""
    session = new_id()
    add_session(tx, session, person, dialogue=dialogue, version=1, state=b'{"step":"goal"}', at_ms=NOW)
    return session
