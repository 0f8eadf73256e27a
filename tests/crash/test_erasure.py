"""A deletion that is cut short is finished at the next start, and stops nobody else."""

from __future__ import annotations

import signal

import pytest

from bot.phone.server import BotApiServer
from storage.database import open_database
from tests.crash.kills import settle, tail
from tests.crash.nursery import SECRET, Nursery, Place
from tests.crash.oracle import LATER
from tests.crash.people import gather

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("point", ["before outbox", "before commit", "one committed", "sent"])
async def test_deletion_that_is_cut_short_is_finished(
    nursery: Nursery, server: BotApiServer, place: Place, point: str
) -> None:
    """The question was sent and is not marked when the bot dies; the key is gone when it dies again."""
    talker = gather(server, 1, seed=1, pause=0.0)[0]
    alice = talker.person
    life = await nursery.bear(place)
    await talker.talk()
    await settle(place, life)
    await alice.says("/delete")
    life = await nursery.bear(place, "--point", "sent")
    assert await life.over() == -signal.SIGKILL, tail(place)
    await alice.taps("Yes, delete it all")
    life = await nursery.bear(place, "--point", point)
    assert await life.over() == -signal.SIGKILL, tail(place)

    life = await nursery.bear(place)
    bob = gather(server, 2, seed=1, pause=0.0)[1]
    await bob.talk()
    await settle(place, life)

    assert people_kept(place) <= 2
    assert answers_of_alice(place) == 0


def people_kept(place: Place) -> int:
    """How many people the database knows."""
    return counted(place, "SELECT count(*) FROM person")


def answers_of_alice(place: Place) -> int:
    """How many answers of the deleted person are left, readable or not."""
    return counted(place, "SELECT count(*) FROM answer JOIN person ON person.id = person AND chat_id = 1001")


def counted(place: Place, question: str) -> int:
    """One number out of the database."""
    database = open_database(place.database, SECRET, LATER)
    try:
        with database.transaction() as tx:
            return int(tx.driver.execute(question).fetchone()[0])
    finally:
        database.close()
