"""``python -m bot``: run the bot; without a token, open the phone."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import uvloop
from telegram.error import InvalidToken

from bot import logs, upkeep
from bot.app import run_bot
from bot.poller import PollingStoppedError
from bot.settings import Settings, SettingsError, load_settings
from flows.errors import DialogueError
from storage.errors import StorageError

WRONG_SETTINGS, NO_DATABASE, NO_TOKEN, NO_POLL, WRONG_DIALOGUES = 2, 3, 4, 5, 6


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; each failure is one clear message."""
    asked = _parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        return _say(f"The settings are wrong:\n{error}", WRONG_SETTINGS)
    if asked.command == "run" and settings.telegram_bot_token is None:
        return _say("TELEGRAM_BOT_TOKEN is not set; without it only the phone can run.", WRONG_SETTINGS)
    logs.set_up(settings.log_level)
    if asked.command in (None, "run", "phone"):
        return _run(settings, phone=asked.command == "phone" or settings.telegram_bot_token is None)
    return _keep_up(asked, settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Cairn, a career coach on Telegram.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run the bot (the default with a token)")
    commands.add_parser("phone", help="open the phone on this machine (the default without a token)")
    saving = commands.add_parser("backup", help="copy the data to one folder, the keys to another")
    saving.add_argument("folder", type=Path)
    saving.add_argument("keys_folder", type=Path)
    restoring = commands.add_parser("restore", help="put a backup in the place of the database")
    restoring.add_argument("data", type=Path)
    restoring.add_argument("keys", type=Path)
    commands.add_parser("rotate-key", help="wrap all keys anew; the new secret comes on standard input")
    return parser


def _keep_up(asked: argparse.Namespace, settings: Settings) -> int:
    try:
        match asked.command:
            case "backup":
                print(upkeep.back_up(settings, asked.folder, asked.keys_folder))
            case "restore":
                print(upkeep.put_back(settings, asked.data, asked.keys))
            case _:
                newer = sys.stdin.readline().strip() if settings.cairn_secret_key else None
                print(upkeep.renew_key(settings, newer))
    except StorageError as error:
        return _say(f"Nothing was done: {error}", NO_DATABASE)
    return 0


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
