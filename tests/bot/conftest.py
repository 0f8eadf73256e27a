"""The whole bot, in this process, against the strict server, with a real database and a movable clock.

After every test: the bot sent nothing malformed, and no tap was left spinning.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pytest
from pydantic import SecretStr

from bot.app import App, run_bot
from bot.phone.clock import ClockFile
from bot.phone.limits import Limits
from bot.phone.person import Person
from bot.phone.server import BotApiServer
from bot.points import Point, nothing
from bot.settings import Settings
from flows.session import Session, Visit
from storage import answers, people, sessions, set_asides, wakes
from storage.answers import AnswerRow
from storage.connection import Transaction
from storage.people import PersonRow
from storage.set_asides import SetAsideRow
from storage.wakes import WakeRow
from tests.bot.spec import problems
from tests.postgres import postgres

__all__ = ["postgres"]

T = TypeVar("T")
SECRET = "5a" * 32
BOT_ID = 123456
HOUR, DAY = 3600.0, 86_400.0


@dataclass
class Store:
    """Where a bot of this test keeps its things: every bot of a test finds what the one before left."""

    url: str
    secret: str | None = None


@dataclass
class Lenient:
    """What a test may leave behind on purpose."""

    unanswered: bool = False
    refused: bool = False


class Bot:
    """A running bot, and what a test may ask of it."""

    def __init__(self, server: BotApiServer, app: App, task: asyncio.Task[None], stop: asyncio.Event) -> None:
        self.server = server
        self.app = app
        self.task = task
        self._stop = stop

    async def stops(self) -> None:
        """Ask it to stop and wait until it has."""
        self._stop.set()
        await asyncio.wait_for(asyncio.shield(self.task), 10)

    async def dies(self) -> None:
        """End it without letting it note a clean end."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def settles(self, seconds: float = 10.0) -> None:
        """Wait until every update is confirmed and every reply is sent."""
        end = time.monotonic() + seconds
        while self.is_busy():
            if self.task.done():
                self.task.result()
            assert time.monotonic() < end, "the bot does not come to rest"
            await asyncio.sleep(0.003)

    def is_busy(self) -> bool:
        """Whether an update waits at Telegram or a message waits to be sent."""
        return bool(self.server.world.updates.pending(1) or self.app.sender._queues)

    async def read(self, job: Callable[[Transaction], T]) -> T:
        """Look into the database."""
        return await self.app.writer.run(job)

    async def row(self, person: Person) -> PersonRow | None:
        """The person as stored."""
        return await self.read(lambda tx: people.find_person(tx, BOT_ID, person.id))

    async def session(self, person: Person) -> Session | None:
        """The session that is open."""

        def find(tx: Transaction) -> Session | None:
            row = people.find_person(tx, BOT_ID, person.id)
            stored = sessions.open_session_of(tx, row.id) if row else None
            return Session.from_json(orjson.loads(stored.state)) if stored else None

        return await self.read(find)

    async def visit(self, person: Person) -> Visit | None:
        """The question that is open."""
        session = await self.session(person)
        return session.open if session else None

    async def step(self, person: Person) -> str:
        """The step whose question is open; "" if none is."""
        visit = await self.visit(person)
        return visit.frame.step if visit else ""

    async def answers(self, person: Person) -> list[AnswerRow]:
        """All that the person answered and that still counts."""
        row = await self.row(person)
        rows = await self.read(lambda tx: answers.answers_of(tx, row.id)) if row else []
        return [each for each in rows if each.superseded_at is None]

    async def answer(self, person: Person, field: str) -> AnswerRow | None:
        """The newest answer of this field that counts."""
        return next((row for row in reversed(await self.answers(person)) if row.field == field), None)

    async def wakes(self, person: Person) -> list[WakeRow]:
        """What is and was planned for the person."""
        row = await self.row(person)
        return await self.read(lambda tx: wakes.wakes_of(tx, row.id)) if row else []

    async def set_aside(self) -> list[SetAsideRow]:
        """What was set aside."""
        return await self.read(set_asides.set_asides)

    async def unsent(self) -> int:
        """How many messages wait in the outbox."""
        question = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
        return int(await self.read(lambda tx: tx.driver.execute(question).fetchone()[0]))

    async def ticks(self) -> None:
        """Look for what is due, now."""
        await self.app.ticker.tick()
        await self.settles()


async def drained(server: BotApiServer, seconds: float = 10.0) -> None:
    """Wait until the bot has confirmed all updates (it may still be sending)."""
    end = time.monotonic() + seconds
    while server.world.updates.pending(1):
        assert time.monotonic() < end, "updates stay unconfirmed"
        await asyncio.sleep(0.003)


Starts = Callable[..., AbstractAsyncContextManager[Bot]]


@pytest.fixture
def clock(tmp_path: Path) -> ClockFile:
    """Business time for server and bot alike."""
    return ClockFile(tmp_path / "clock")


@pytest.fixture
def lenient() -> Lenient:
    """A test that orders faults says here what may stay behind."""
    return Lenient()


@pytest.fixture
def limits() -> Limits | None:
    """No limits unless a test wants some."""
    return None


@pytest.fixture
async def server(clock: ClockFile, lenient: Lenient, limits: Limits | None) -> AsyncIterator[BotApiServer]:
    """A strict Bot API server."""
    async with BotApiServer(clock=clock.now, limits=limits) as server:
        yield server
        assert lenient.refused or server.refused == []
        assert lenient.unanswered or server.unanswered_callbacks == []
        assert problems(server.history) == []


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """SQLite in a fresh folder; PostgreSQL where a test asks for it by ``indirect``."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return Store(request.getfixturevalue("postgres").new_database(), SECRET)
    return Store(f"sqlite:///{tmp_path / 'data' / 'cairn.db'}")


@pytest.fixture
def starts(server: BotApiServer, store: Store, clock: ClockFile) -> Starts:
    """Start a bot: ``async with starts() as bot``; settings and ``point`` may be given."""

    @asynccontextmanager
    async def start(
        *,
        point: Point = nothing,
        prepare: Callable[[App], Awaitable[None]] | None = None,
        at: BotApiServer = server,
        **settings: Any,
    ) -> AsyncIterator[Bot]:
        chosen: dict[str, Any] = {
            "telegram_bot_token": SecretStr(at.token),
            "telegram_api_url": at.url,
            "database_url": SecretStr(store.url),
            "cairn_secret_key": SecretStr(store.secret) if store.secret else None,
            "cairn_clock_file": clock._path,
        } | settings
        ready: asyncio.Future[App] = asyncio.get_running_loop().create_future()

        async def on_ready(app: App) -> None:
            if prepare is not None:
                await prepare(app)
            ready.set_result(app)

        stop = asyncio.Event()
        built = Settings(_env_file=None, **chosen)  # type: ignore[call-arg]  # pydantic-settings
        task = asyncio.create_task(run_bot(built, stop=stop, point=point, ready=on_ready))
        first: set[asyncio.Future[Any]] = {task, ready}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            task.result()
        bot = Bot(at, ready.result(), task, stop)
        try:
            yield bot
            await at.world.changes.until(lambda: not at.unanswered_callbacks, 1.0 if not task.done() else 0)
        finally:
            stop.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(task, 10)

    return start


@pytest.fixture
async def bot(starts: Starts) -> AsyncIterator[Bot]:
    """A running bot."""
    async with starts() as bot:
        yield bot


@pytest.fixture
def alice(server: BotApiServer) -> Person:
    """Alice, who has not pressed START yet."""
    return server.person(1001, "Alice", "en")


@pytest.fixture
def bob(server: BotApiServer) -> Person:
    """Bob, who has not pressed START yet."""
    return server.person(1002, "Bob", "en")
