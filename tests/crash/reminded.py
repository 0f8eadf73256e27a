"""People who are reminded while bots die, and what became of their reminders."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass, replace

from bot.phone.server import BotApiServer
from storage import people, wakes
from storage.database import open_database
from tests.crash.nursery import BOT_ID, SECRET, Place

FIRST = 2000  # the chat of the first who is reminded


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the reminders."""

    states: Counter[str]  # of the wakes
    uncertain: int  # nudges that were in flight when the bot died
    unfinished: int  # rows of the outbox that still wait
    seen: Counter[str]  # by the people

    @property
    def is_open(self) -> bool:
        """Whether something waits to be decided or to be sent."""
        return bool(self.unfinished or self.states["planned"])

    @property
    def doubled(self) -> list[str]:
        return [text for text, count in self.seen.items() if count > 1]


def plan(place: Place, server: BotApiServer, count: int, storms: int = 1, seconds: float = 0.0) -> None:
    """Give so many people a reminder that is due: all now, or in storms so many seconds apart."""
    now = int(time.time() * 1000)
    database = open_database(place.database, SECRET, now)
    try:
        with database.transaction() as tx:
            for number in range(count):
                person = server.person(FIRST + number, f"Person {number}")
                server.world.keep_person(replace(person.account, state="started"))
                chat_id = person.id
                row = people.add_person(tx, BOT_ID, chat_id, first_name="P", language="en", at_ms=now)
                people.record_consent(tx, row, purpose="remind", version="1", given=True, at_ms=now)
                wakes.plan_wake(
                    tx,
                    row.id,
                    name="step",
                    rule="action",
                    day=dt.datetime.now(dt.UTC).date(),
                    minutes=0,
                    zone="UTC",
                    due_at=now - 1000 + int(number * storms // count * seconds * 1000),
                    at_ms=now,
                    payload=[{"chat_id": chat_id, "text": f"Reminder {number}"}],
                )
    finally:
        database.close()


def outcome(place: Place, server: BotApiServer) -> Outcome:
    """Look at what is decided, what waits and what was seen."""
    database = open_database(place.database, SECRET, int(time.time() * 1000))
    try:
        with database.transaction() as tx:
            states = tx.driver.execute("SELECT state, count(*) FROM wake GROUP BY state").fetchall()
            rows = dict(tx.driver.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
    finally:
        database.close()
    seen = Counter(each.text for person in server.people for each in person.chat.from_bot)
    unfinished = rows.get("queued", 0) + rows.get("sending", 0)
    return Outcome(Counter(dict(states)), rows.get("uncertain", 0), unfinished, seen)
