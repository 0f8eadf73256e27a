"""``python -m bot``: run the bot; without a token, open the phone."""

from __future__ import annotations

import argparse
import asyncio
import sys

import uvloop
from telegram.error import InvalidToken

from bot import logs
from bot.app import run_bot
from bot.poller import PollingStoppedError
from bot.settings import Settings, SettingsError, load_settings
from flows.errors import DialogueError
from storage.errors import StorageError

WRONG_SETTINGS, NO_DATABASE, NO_TOKEN, NO_POLL, WRONG_DIALOGUES = 2, 3, 4, 5, 6


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; each failure is one clear message."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Cairn, a career coach on Telegram.")
    parser.add_argument(
        "command", nargs="?", choices=("run", "phone"), help="run (default with a token) or phone"
    )
    command = parser.parse_args(arguments).command
    try:
        settings = load_settings()
    except SettingsError as error:
        return _say(f"The settings are wrong:\n{error}", WRONG_SETTINGS)
    if command == "run" and settings.telegram_bot_token is None:
        return _say("TELEGRAM_BOT_TOKEN is not set; without it only the phone can run.", WRONG_SETTINGS)
    logs.set_up(settings.log_level)
    return _run(settings, phone=command == "phone" or settings.telegram_bot_token is None)


def _run(settings: Settings, *, phone: bool) -> int:
    work = _phone(settings) if phone else run_bot(settings)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(work)
    except DialogueError as error:
        return _say(f"The dialogue files are wrong:\n{error}", WRONG_DIALOGUES)
    except StorageError as error:
        return _say(f"The database cannot be used: {error}", NO_DATABASE)
    except InvalidToken:
        return _say("Telegram does not know this TELEGRAM_BOT_TOKEN.", NO_TOKEN)
    except PollingStoppedError as error:
        return _say(f"Telegram cannot be reached: {error}", NO_POLL)
    except OSError as error:
        return _say(f"The phone cannot be opened: {error.strerror or error}", WRONG_SETTINGS)
    return 0


async def _phone(settings: Settings) -> None:
    from bot.phone.run import run_phone  # the server of the phone is no part of the bot

    await run_phone(settings)


def _say(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
