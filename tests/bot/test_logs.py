"""What is logged: ids, sizes and classes. No word of a person, no name, no token, at any level."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from tests.bot.conftest import drained

TOKEN = "123456789:AAE-this-is-a-secret-of-the-tests-01"
NAME = "Zebulonia"
CANARY = "xylophone-canary"


@pytest.mark.slow
async def test_no_word_name_or_token_is_logged_even_at_debug(tmp_path: Path) -> None:
    """A talk with words, taps, an edit, a broken update, refusals and a lost connection."""
    async with BotApiServer(token=TOKEN) as server:
        log = tmp_path / "stderr"
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=tmp_path, env=environment(server), stdout=out, stderr=out
            )
            try:
                await talks(server, server.person(1001, NAME, "en"))
            finally:
                process.terminate()
                await asyncio.wait_for(process.wait(), 10)
        written = await asyncio.to_thread(log.read_text)

    assert process.returncode == 0
    assert "set aside" in written
    for secret in (CANARY, NAME, TOKEN, TOKEN.partition(":")[2]):
        assert secret not in written


def environment(server: BotApiServer) -> dict[str, str]:
    """The settings of a bot that logs all it can."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "LOG_LEVEL": "DEBUG",
    }


async def talks(server: BotApiServer, person: Person) -> None:
    """Everything that has made programs talkative."""
    await person.starts()
    await person.waits(lambda chat: chat.last_question, timeout=15)
    server.faults.order("sendMessage", "drop_after")
    sent = await person.says(f"{CANARY} is my name")
    await person.edits(sent["message_id"], f"{CANARY}s is my name")
    await person.taps("Room to think")
    server.faults.order("getUpdates", "html502")
    server.faults.order("getUpdates", "error", status=409, words="terminated by other getUpdates request")
    server.faults.order("sendMessage", "error", status=400, words=f"strange: {CANARY}")
    head = {"message_id": "x", "chat": person.account.chat, "from": person.account.user, "date": CANARY}
    server.push({"message": head | {"text": CANARY}})
    server.push({"message": {"chat": CANARY, "from": NAME}})
    await person.says(f"/skip {CANARY}")
    await person.says(f"{CANARY} {TOKEN}")
    await drained(server)
    await asyncio.sleep(0.3)
