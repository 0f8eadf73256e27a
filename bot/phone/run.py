"""The phone: a page on loopback and the unchanged bot, which talks to it over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from bot.app import App, run_bot
from bot.phone.clock import ClockFile
from bot.phone.routes import phone_app
from bot.phone.server import BotApiServer
from bot.settings import Settings
from storage import wakes

TOKEN = "1000001:the-phone-needs-no-secret"  # noqa: S105 — it opens nothing but the page on loopback
FOLDER = Path("data")


async def run_phone(settings: Settings) -> None:
    """Open the page and run the bot behind it until stopped."""
    await asyncio.to_thread(FOLDER.mkdir, mode=0o700, parents=True, exist_ok=True)
    file = settings.cairn_clock_file or FOLDER / "clock"
    due = NextDue()
    clock = ClockFile(file, due)
    server = BotApiServer(TOKEN, clock.now, FOLDER / "phone.db", port=settings.phone_port)
    phone_app(server, clock)
    async with server:
        print(f"The phone is open: {server.url}", flush=True)  # noqa: T201 — the one line a newcomer needs
        behind = settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(TOKEN),
                "telegram_api_url": server.url,
                "cairn_clock_file": file,
            }
        )
        await run_bot(behind, ready=due.attach)


class NextDue:
    """When the next message is due, for the button that moves the clock to it."""

    def __init__(self) -> None:
        self._latest: float | None = None
        self._ask: Callable[[], None] = lambda: None

    def __call__(self) -> float | None:
        """Seconds since the epoch as last read; each call has it read anew."""
        self._ask()
        return self._latest

    async def attach(self, app: App) -> None:
        """Begin to read from this bot's database."""
        loop = asyncio.get_running_loop()
        tasks: set[asyncio.Task[None]] = set()

        async def read() -> None:
            due = await app.writer.run(wakes.next_due)
            self._latest = None if due is None else due / 1000

        def ask() -> None:
            if not tasks:
                task = loop.create_task(read())
                tasks.add(task)
                task.add_done_callback(tasks.discard)

        self._ask = ask
        await read()
