"""All tables, declared with SQLModel; the functions beside this package are the only ones to touch them."""

from __future__ import annotations

from storage.tables.actions import Action, ActionEvent, Goal, Wake
from storage.tables.columns import Record, Sealed
from storage.tables.people import KEY_PLACE, Consent, Person, PersonKey
from storage.tables.sessions import Answer, Ask, Score, Session
from storage.tables.traffic import Claim, Outbox, Run, SetAside, Trial

METADATA = Record.metadata

__all__ = [
    "KEY_PLACE",
    "METADATA",
    "Action",
    "ActionEvent",
    "Answer",
    "Ask",
    "Claim",
    "Consent",
    "Goal",
    "Outbox",
    "Person",
    "PersonKey",
    "Record",
    "Run",
    "Score",
    "Sealed",
    "Session",
    "SetAside",
    "Trial",
    "Wake",
]
