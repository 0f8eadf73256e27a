"""The usual python-telegram-bot: a ConversationHandler kept by PicklePersistence, read by polling.

FLUSH=1 writes the pickle after every turn; otherwise it is written once a minute, as is the default.
"""

import os

from questions import GOODBYE, QUESTIONS, button_rows, question_text
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    TypeHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE


def keyboard(step: int) -> InlineKeyboardMarkup:
    """Lay out the buttons of a question."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=tapped) for label, tapped in row]
            for row in button_rows(step)
        ]
    )


async def ask(message: Message, context: Context, step: int) -> int:
    """Put a question and remember which message holds it."""
    asked = await message.reply_text(question_text(step), reply_markup=keyboard(step))
    context.user_data.update(step=step, asked=asked.message_id)
    return step


async def start(update: Update, context: Context) -> int:
    """Begin, or begin again."""
    context.user_data.clear()
    context.user_data["answers"] = []
    return await ask(update.effective_message, context, 0)


async def tapped(update: Update, context: Context) -> int:
    """Take an answer given by a button."""
    await update.callback_query.answer()
    return await go_on(update, context, update.callback_query.data)


async def typed(update: Update, context: Context) -> int:
    """Take an answer given in words."""
    return await go_on(update, context, update.effective_message.text)


async def go_on(update: Update, context: Context, answer: str) -> int:
    """Keep the answer, take the buttons off its question and put the next one."""
    context.user_data["answers"].append(answer)
    await context.bot.edit_message_reply_markup(update.effective_chat.id, context.user_data["asked"])
    following = context.user_data["step"] + 1
    if following < len(QUESTIONS):
        return await ask(update.effective_message, context, following)
    await update.effective_message.reply_text(GOODBYE)
    return ConversationHandler.END


async def control(update: Update, _context: Context) -> None:
    """Acknowledge a control button; the people of this benchmark never press one."""
    await update.callback_query.answer()


async def flush(_update: object, context: Context) -> None:
    """Write what this turn changed, after the conversation has moved on."""
    await context.application.update_persistence()


def conversation() -> ConversationHandler:
    """Build the twelve states."""
    step = [
        CallbackQueryHandler(tapped, pattern="^answer:"),
        CallbackQueryHandler(control, pattern="^control:"),
        MessageHandler(filters.TEXT & ~filters.COMMAND, typed),
    ]
    return ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states=dict.fromkeys(range(len(QUESTIONS)), step),
        fallbacks=[],
        allow_reentry=True,
        persistent=True,
        name="interview",
    )


def main() -> None:
    """Run until a signal comes."""
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(os.environ["TELEGRAM_API_URL"] + "/bot")
    application = builder.persistence(PicklePersistence("peer.pickle")).build()
    application.add_handler(conversation())
    if os.environ.get("FLUSH"):
        application.add_handler(TypeHandler(Update, flush), group=1)
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
