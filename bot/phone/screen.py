"""What the page shows of one person's chat: a plain value, made afresh whenever something changed."""

from __future__ import annotations

import time
from typing import Final

from bot.phone.chat import open_keyboard
from bot.phone.clock import ClockControl
from bot.phone.errors import Json
from bot.phone.profile import Profile
from bot.phone.world import Stored, World

_SHOWN: Final = 300
_HIDDEN: Final = {"chat", "from", "reply_to_message", "link_preview_options"}


def draw(world: World, profile: Profile, clock: ClockControl, person_id: int) -> Json:
    """Return everything that the page needs to draw the chat of a person."""
    account = world.people[person_id]
    language = account.user.get("language_code", "")[:2]
    stored = list(world.messages(person_id).values())[-_SHOWN:]
    return {
        "bot": {
            "name": profile.text("name", language),
            "description": profile.text("description", language),
            "about": profile.text("short_description", language),
        },
        "person": {"id": account.id, "name": account.user["first_name"], "state": account.state},
        "people": [_named(each.user) for each in world.people.values()],
        "messages": [_message(each) for each in stored],
        "keyboard": open_keyboard(world, person_id),
        "commands": profile.commands_for(person_id, language),
        "typing": _typing(world, person_id),
        "clock": time_shown(clock),
    }


def time_shown(clock: ClockControl) -> Json:
    """Return how far business time is ahead, and when the bot will next write."""
    return {"ahead": round(clock.now() - time.time()), "next_due": clock.next_due()}


def _message(stored: Stored) -> Json:
    shown = {key: value for key, value in stored.message.items() if key not in _HIDDEN}
    shown |= {"own": not stored.from_bot, "reaction": stored.reaction}
    reply = stored.message.get("reply_to_message")
    return shown | ({"reply": reply.get("text", "…")} if reply else {})


def _named(user: Json) -> Json:
    return {"id": user["id"], "name": user["first_name"]}


def _typing(world: World, person_id: int) -> str | None:
    typing = world.typing.get(person_id)
    return typing.action if typing and typing.until > world.clock() else None
