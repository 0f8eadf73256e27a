"""The writer: many jobs, one commit; what ends the transaction ends it for all of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.writer import TRIES, Writer
from storage import claims
from storage.database import Transaction, open_database
from storage.errors import DatabaseUnusable, TryAgain

NOW = 1_750_000_000_000


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    """A writer on an empty database."""
    database = open_database(f"sqlite:///{tmp_path / 'cairn.db'}", None, NOW)
    writer = Writer(database)
    yield writer
    await writer.close()
    database.close()


def claim(tx: Transaction) -> bool:
    """A job that leaves something behind."""
    return claims.claim(tx, 1, 1, b"x", NOW)


class Meets:
    """A job that meets another process so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, tx: Transaction) -> str:
        self.left -= 1
        if self.left >= 0:
            raise TryAgain("a deadlock")
        return "through"


async def together(writer: Writer, *jobs: object) -> list[object]:
    """Run jobs in one transaction: they are put while the thread is busy."""
    busy = asyncio.ensure_future(writer.run(lambda _: time.sleep(0.05)))
    await asyncio.sleep(0.01)
    results = await asyncio.gather(*(writer.run(job) for job in jobs), return_exceptions=True)  # type: ignore[arg-type]
    await busy
    return list(results)


async def test_a_transaction_that_met_another_process_is_repeated(writer: Writer) -> None:
    """All its jobs run again, and each has its result of the time that was committed."""
    assert await together(writer, claim, Meets(2)) == [True, "through"]
    assert await writer.run(claim) is False


async def test_nobody_is_told_that_a_lost_transaction_was_committed(writer: Writer) -> None:
    """PostgreSQL answers COMMIT with a silent rollback when a statement before has failed."""
    claimed, met = await together(writer, claim, Meets(TRIES))

    assert isinstance(claimed, TryAgain)
    assert isinstance(met, TryAgain)
    assert await writer.run(claim) is True


async def test_a_database_that_fails_fails_for_all_of_the_transaction(writer: Writer) -> None:
    """Not only for the job that noticed."""

    def notices(tx: Transaction) -> None:
        raise DatabaseUnusable("the disk is full")

    assert [type(each) for each in await together(writer, claim, notices)] == [DatabaseUnusable] * 2
    assert await writer.run(claim) is True


async def test_a_job_that_raises_undoes_only_itself(writer: Writer) -> None:
    """The others are committed."""

    def wrong(tx: Transaction) -> None:
        raise ValueError

    claimed, error = await together(writer, claim, wrong)

    assert claimed is True
    assert isinstance(error, ValueError)
