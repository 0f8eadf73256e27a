"""What must hold when everything has settled: nothing lost, nothing doubled, nothing out of order."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

from bot.phone.server import BotApiServer
from storage import answers, people, set_asides
from storage.answers import AnswerRow
from storage.connection import Database, Transaction
from storage.database import open_database
from tests.crash.nursery import BOT_ID, SECRET, Place
from tests.crash.people import MARK, Talker

LATER = 4_000_000_000_000


@dataclass(slots=True)
class Findings:
    """What was counted; ``problems`` says what must not be."""

    messages: int = 0
    answers: int = 0
    finished: int = 0
    repeated: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in words; empty is good."""
        named = (("lost", self.lost), ("doubled", self.doubled), ("out of order", self.disordered))
        return [f"{what}: {found}" for what, found in named if found] + self.other


def examine(
    place: Place, server: BotApiServer, talkers: list[Talker], aside: int = 0, nudged: bool = False
) -> Findings:
    """Look at the database of a bot that has ended, and at what the server saw.

    ``nudged`` says that nudges were in flight at deaths, so that some may be uncertain.
    """
    findings = Findings()
    database = open_database(place.database, SECRET, LATER)
    try:
        with database.transaction() as tx:
            for talker in talkers:
                _examine_person(tx, talker, findings)
            _examine_rows(tx, talkers, findings, nudged)
            if (count := set_asides.count_set_asides(tx)) != aside:
                findings.other.append(f"{count} updates were set aside: {_reasons(tx)}")
    finally:
        database.close()
    _examine_file(database, findings)
    for talker in talkers:
        findings.repeated += repeated(server, talker)
    if server.refused:
        findings.other.append(f"refused: {[(call.method, call.error) for call in server.refused[:5]]}")
    return findings


def _reasons(tx: Transaction) -> list[str]:
    return [row.reason for row in set_asides.set_asides(tx)]


def _examine_person(tx: Transaction, talker: Talker, findings: Findings) -> None:
    """Every typed answer counts exactly once, in the order in which it was sent."""
    row = people.find_person(tx, BOT_ID, talker.person.id)
    if row is None:
        findings.lost += talker.typed or [f"person {talker.number}"]
        return
    rows = [answer for answer in answers.answers_of(tx, row.id) if answer.superseded_at is None]
    typed = [answer for answer in rows if answer.message_ids]  # a tapped option quotes what was typed
    typed.sort(key=lambda answer: answer.id)  # not ``at``: Telegram dates messages in whole seconds
    kept = [token for answer in typed for token in MARK.findall(answer.raw)]
    counts = Counter(kept)
    findings.messages += len(talker.typed) + talker.taps
    findings.answers += len(rows)
    findings.finished += talker.finished
    findings.lost += [token for token in talker.typed if not counts[token]]
    findings.doubled += [token for token, count in counts.items() if count > 1]
    if kept != sorted(kept):
        findings.disordered += _backwards(typed, kept)
    asks = Counter((answer.session, answer.ask, answer.field) for answer in rows)
    if twice := [ask for ask, count in asks.items() if count > 1]:
        findings.other.append(f"{talker.number}: asks that count twice: {twice}")
    if row.sessions != talker.finished + 1:
        findings.other.append(f"{talker.number}: {row.sessions} sessions, {talker.finished} and welcome done")


def _backwards(typed: list[AnswerRow], kept: list[str]) -> list[str]:
    """Where the order breaks: the tokens on both sides, with step, instant and id of their answers."""
    where = {token: answer for answer in typed for token in MARK.findall(answer.raw)}
    return [
        " > ".join(f"{token} {where[token].step} {where[token].at} {where[token].id}" for token in pair)
        for pair in itertools.pairwise(kept)
        if pair[0] > pair[1]
    ]


def _examine_rows(tx: Transaction, talkers: list[Talker], findings: Findings, nudged: bool) -> None:
    """Every session is finished, nothing waits to be sent."""
    states = dict(tx.driver.execute("SELECT status, count(*) FROM session GROUP BY status").fetchall())
    expected = sum(talker.finished + 1 for talker in talkers)
    if states != {"done": expected}:
        findings.other.append(f"sessions: {states}, not {expected} done")
    unsent = tx.driver.execute(
        "SELECT kind, state, count(*) FROM outbox WHERE state IN ('queued', 'sending', 'dead', 'uncertain')"
        " GROUP BY kind, state"
    ).fetchall()
    allowed = [("nudge", "uncertain")] if nudged else []
    if waiting := [tuple(row) for row in unsent if tuple(row)[:2] not in allowed]:
        findings.other.append(f"outbox: {waiting}")


def _examine_file(database: Database, findings: Findings) -> None:
    if database.places is not None:
        findings.other += file_problems(str(database.places.main))


def file_problems(file: str) -> list[str]:
    """What SQLite itself finds wrong in a file."""
    with closing(sqlite3.connect(file)) as link:
        health = [row[0] for row in link.execute("PRAGMA integrity_check")]
        strangers = link.execute("PRAGMA foreign_key_check").fetchall()
    found = [] if health == ["ok"] else [f"integrity: {health}"]
    return found + ([f"foreign keys: {strangers}"] if strangers else [])


def repeated(server: BotApiServer, talker: Talker) -> int:
    """Count the messages that the bot sent to this person more than once."""
    texts = Counter(
        str(sorted(call.params.items(), key=str))
        for call in server.history.to(talker.person.id)
        if call.method == "sendMessage" and call.error is None
    )
    return sum(count - 1 for count in texts.values())
