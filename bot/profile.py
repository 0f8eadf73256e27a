"""What Telegram shows of the bot: name, descriptions, commands. Set only when they differ."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from flows.library import Library

logger = logging.getLogger(__name__)


async def register(bot: Bot, library: Library) -> None:
    """Bring commands and descriptions up to date; a refusal is no reason to stop."""
    wanted = tuple(BotCommand(name, text) for name, text in library.common.commands)
    profile = library.common.profile
    try:
        if tuple(await bot.get_my_commands()) != wanted:
            await bot.set_my_commands(wanted)
        if (await bot.get_my_description()).description != profile["description"]:
            await bot.set_my_description(profile["description"])
        if (await bot.get_my_short_description()).short_description != profile["short"]:
            await bot.set_my_short_description(profile["short"])
    except TelegramError as error:
        logger.warning("commands and descriptions could not be registered (%s)", type(error).__name__)
