"""The only place that builds objects: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adopter import Adopter
from bot.api import Api
from bot.chart import drawn
from bot.clock import Clock
from bot.deciding import Decider
from bot.enclosures import Enclosures
from bot.export import export_of
from bot.limiter import Limiter
from bot.places import Gazetteer
from bot.points import Point, nothing
from bot.poller import Poller
from bot.profile import register
from bot.receipts import Receipts
from bot.sender import Sender
from bot.settings import Settings
from bot.tenure import Tenure
from bot.ticker import Ticker
from bot.turns import Batch, Desk
from bot.writer import Writer
from flows.library import Library
from flows.loader import load
from storage import people, runs, sessions
from storage.database import Database, Transaction, open_database

logger = logging.getLogger(__name__)
OUTAGE_MS = 150_000  # taps live that long at Telegram
ACTIVE_MS = 48 * 3600 * 1000


@dataclass(slots=True)
class App:
    """A bot that is put together and not yet running."""

    api: Api
    writer: Writer
    sender: Sender
    poller: Poller
    ticker: Ticker
    adopter: Adopter
    desk: Desk
    run: runs.Run
    fatal: asyncio.Future[None]
    begun_ms: int

    async def serve(self, stop: asyncio.Event) -> None:
        """Run until asked to stop. Raises whatever ended one of the tasks: a dead task ends the bot."""
        tasks = [
            asyncio.create_task(work, name=name)
            for name, work in (
                ("poller", self.poller.poll_for_ever()),
                ("adopter", self.adopter.adopt_for_ever()),
                ("guard", self.ticker.guard_for_ever()),
                ("after the first poll", self._after_first_poll()),
                ("stop", _until(stop)),
            )
        ]
        try:
            await self._until_one_ends(tasks)
        finally:
            self.ticker.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _until_one_ends(self, tasks: list[asyncio.Task[None]]) -> None:
        waiting: set[asyncio.Future[None]] = {*tasks, self.fatal}
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
                if task in tasks and isinstance(task, asyncio.Task) and task.get_name() == "stop":
                    return

    async def _after_first_poll(self) -> None:
        """Nothing may delay the first poll: profile and the tick come after it."""
        await self.poller.polled.wait()
        self.ticker.start()
        _calm_collector()
        await self._answer_outage()
        await register(self.api.bot, self.desk.library)

    async def _answer_outage(self) -> None:
        """After an outage in which taps were lost, open questions are put afresh, once."""
        now, bot_id = self.desk.clock.now_ms(), self.desk.bot_id
        last = await self.writer.run(lambda tx: runs.last_polled(tx, bot_id))  # a standby asks only now
        if last is None or now - last < OUTAGE_MS:
            return
        since, until = max(last - ACTIVE_MS, 0), self.begun_ms  # who came after that was answered by now
        batch = await self.writer.run(lambda tx: _put_afresh(tx, self.desk, since, until))
        self.sender.hand(batch.outgoing)


def _put_afresh(tx: Transaction, desk: Desk, since_ms: int, until_ms: int) -> Batch:
    batch = Batch()
    for person in sessions.persons_open_since(tx, since_ms):
        row = people.person_by_id(tx, person)
        stored = sessions.open_session_of(tx, person)
        if row and row.blocked_at is None and stored and stored.at <= until_ms:
            with tx.savepoint():
                desk.put_afresh(tx, row, batch)
    return batch


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


async def build(
    settings: Settings, library: Library, database: Database, token: str, point: Point = nothing
) -> App:
    """Put the bot together; nothing is polled or sent yet."""
    clock = Clock(settings.cairn_clock_file)
    writer = Writer(database)
    api = Api(token, settings.telegram_api_url)
    await api.open()
    bot_id = int(token.partition(":")[0])
    begun_ms = clock.now_ms()
    run = await writer.run(lambda tx: runs.begin_run(tx, bot_id, begun_ms))
    database.run = run.id
    point("run begun")
    fatal: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_fatal(error: BaseException) -> None:
        if not fatal.done():
            fatal.set_exception(error)

    tenure = Tenure(writer, await writer.run(runs.is_alone))
    enclosures = Enclosures(api, writer, export_of, drawn)
    limiter, receipts = Limiter(settings.rate), Receipts(writer, point)
    sender = Sender(
        enclosures.call, writer, limiter, clock.now_ms, on_fatal, point, tenure=tenure, receipts=receipts
    )
    desk = Desk(library, Gazetteer(), clock, bot_id, sender.waiting.__contains__, sender.withdraw, point)
    poller = Poller(api, writer, desk, sender, run, point)
    ticker = Ticker(writer, sender, clock, Decider(library), point)
    adopter = Adopter(writer, sender, tenure, point)
    return App(api, writer, sender, poller, ticker, adopter, desk, run, fatal, begun_ms)


async def run_bot(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    point: Point = nothing,
    ready: Callable[[App], Awaitable[None]] | None = None,
) -> None:
    """Run the bot until ``stop`` is set, or SIGTERM or SIGINT if none is given; a clean end is noted."""
    assert settings.telegram_bot_token is not None  # noqa: S101 — the caller chose the phone otherwise
    token = settings.telegram_bot_token.get_secret_value()
    if stop is None:
        stop = asyncio.Event()
        _stop_on_signals(stop)
    library = load()  # a broken file is told before anything is made
    database = open_database(
        settings.database_url.get_secret_value(),
        settings.cairn_secret_key.get_secret_value() if settings.cairn_secret_key else None,
        Clock(settings.cairn_clock_file).now_ms(),
    )
    try:
        app = await build(settings, library, database, token, point)
        try:
            if ready is not None:
                await ready(app)
            await app.serve(stop)
            await app.sender.close()  # before the end is noted, which lets others take what waits
            await app.writer.run(lambda tx: runs.end_run(tx, app.run.id, app.desk.clock.now_ms()))
        finally:
            await app.sender.close()
            await app.writer.close()
            await app.api.close()
            app.desk.places.close()
    finally:
        database.close()


def _calm_collector() -> None:
    """What is loaded by now stays; turns make few cycles, so that seldom looking for them costs nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
