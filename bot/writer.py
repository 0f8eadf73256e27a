"""One thread that writes: it takes all jobs that wait, runs them in one transaction, commits once.

A commit with fsync costs the same for one turn as for a hundred; jobs that can wait join the next one.
Jobs must bear to be run again: two processes on PostgreSQL may meet, and one of them repeats.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from storage.database import Database, Transaction
from storage.errors import DatabaseUnusable, TryAgain

logger = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 5  # of a transaction that met another process
PATIENCE = 0.05  # seconds that a job which can wait is held back for company


@dataclass(slots=True)
class _Job:
    run: Callable[[Transaction], Any]
    future: asyncio.Future[Any] | None
    result: Any = None
    error: BaseException | None = field(default=None)


class Writer:
    """Runs jobs on the database in a thread of its own. A job that raises undoes only itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loop = asyncio.get_running_loop()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._patient: list[_Job] = []
        self._timer: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def run(self, job: Callable[[Transaction], T]) -> T:
        """Run a job and return its result once it is committed."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._flush()
        self._jobs.put(_Job(job, future))
        return await asyncio.shield(future)

    def later(self, job: Callable[[Transaction], Any]) -> None:
        """Run a job with the next commit, or shortly if there is none."""
        self._patient.append(_Job(job, None))
        if self._timer is None:
            self._timer = self._loop.call_later(PATIENCE, self._flush)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for job in self._patient:
            self._jobs.put(job)
        self._patient.clear()

    async def close(self) -> None:
        """Finish what waits and end the thread."""
        self._flush()
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            while not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    self._jobs.put(None)
                    break
                jobs.append(following)
            self._commit(jobs)

    def _commit(self, jobs: list[_Job]) -> None:
        tries = 0
        while (error := self._try(jobs)) is not None:
            tries += 1
            if isinstance(error, TryAgain) and tries < TRIES:
                continue
            logger.error("a commit failed: %s", type(error).__name__)
            for job in jobs:
                job.error = error
            break
        self._loop.call_soon_threadsafe(_settle, jobs)

    def _try(self, jobs: list[_Job]) -> BaseException | None:
        """Run the jobs and commit; return what made that impossible, None if all is committed."""
        try:
            with self._database.transaction() as tx:
                for job in jobs:
                    _attempt(tx, job)
        except BaseException as error:
            return error
        return None


def _attempt(tx: Transaction, job: _Job) -> None:
    """Run one job; what it raises is its own, unless the database failed: then all of them are lost."""
    job.error = None
    try:
        with tx.savepoint():
            job.result = job.run(tx)
    except (DatabaseUnusable, TryAgain):
        raise
    except Exception as error:
        job.error = error


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future is None:
            if job.error is not None:
                logger.error("a background write failed: %s", type(job.error).__name__)
        elif not job.future.done():
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)
