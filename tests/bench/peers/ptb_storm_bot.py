"""The usual way to send reminders with python-telegram-bot: its own rate limiter, and all of them gathered.

The conversation is that of ptb_bot.py. STORM_AT is the moment (seconds of the epoch) at which the
reminders fall due, NUDGES how many, FIRST_NUDGED the first chat. A refused call is tried again thrice.
"""

import asyncio
import os
import time

from ptb_bot import conversation
from telegram.ext import AIORateLimiter, Application, PicklePersistence

TEXT = "You wanted to be reminded: block half an hour in my calendar."
reminders: list[asyncio.Task[None]] = []  # a task that nobody holds may be collected


async def remind_all(application: Application) -> None:
    """Wait for the moment, then send all that is due."""
    await asyncio.sleep(float(os.environ["STORM_AT"]) - time.time())
    first = int(os.environ["FIRST_NUDGED"])
    chats = range(first, first + int(os.environ["NUDGES"]))
    calls = (application.bot.send_message(chat, TEXT) for chat in chats)
    await asyncio.gather(*calls, return_exceptions=True)


async def begin(application: Application) -> None:
    """Let the reminders wait beside the conversations."""
    reminders.append(asyncio.create_task(remind_all(application)))


def main() -> None:
    """Run until a signal comes."""
    limiter = AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=3)
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(os.environ["TELEGRAM_API_URL"] + "/bot").rate_limiter(limiter)
    application = builder.persistence(PicklePersistence("peer.pickle")).post_init(begin).build()
    application.add_handler(conversation())
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
