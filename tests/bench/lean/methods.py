"""The Bot API methods that chat bots call, answered plausibly. It checks nothing but the pace."""

import time
from typing import Any

import orjson

from tests.bench.lean.fields import as_json
from tests.bench.lean.mailbox import Mailbox
from tests.bench.lean.pace import Pace, refusal
from tests.bench.lean.people import People
from tests.bench.lean.policy import Shown, read_buttons
from tests.bench.lean.wire import Reply

_TRUE = b'{"ok":true,"result":true}'
_BOT = {"id": 424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_GETTERS = {
    "getMe": {**_BOT, "can_join_groups": False, "can_read_all_group_messages": False},
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyName": {"name": "Bench"},
    "getChatMenuButton": {"type": "commands"},
}
_RESULTS = {name: orjson.dumps({"ok": True, "result": result}) for name, result in _GETTERS.items()}


class Methods:
    """The server's side of each call; what the people see is handed on to them before the bot hears back."""

    def __init__(self, mailbox: Mailbox, people: People, pace: Pace) -> None:
        self._mailbox = mailbox
        self._people = people
        self._pace = pace
        self.calls = 0

    def serve(self, method: str, fields: dict[str, Any], reply: Reply) -> None:
        """Answer one call; a method without an effect on people gets its plausible constant."""
        if method == "getUpdates":
            self._mailbox.poll(fields, reply)
            return
        self.calls += 1
        if seconds := self._pace.check(method, str(fields.get("chat_id"))):
            reply(refusal(seconds), 429)
            return
        match method:
            case "sendMessage":
                self._send(fields, reply)
            case "editMessageText" | "editMessageReplyMarkup":
                self._edit(fields, reply)
            case _:
                reply(_RESULTS.get(method, _TRUE), 200)

    def _send(self, fields: dict[str, Any], reply: Reply) -> None:
        shown = _shown(fields, self._people.next_message_id())
        reply(b'{"ok":true,"result":%b}' % shown.raw, 200)
        self._people.see(shown)

    def _edit(self, fields: dict[str, Any], reply: Reply) -> None:
        shown = _shown(fields, int(fields["message_id"]))
        reply(b'{"ok":true,"result":%b}' % shown.raw, 200)
        if shown.rows:
            self._people.see_edited(shown)


def _shown(fields: dict[str, Any], message_id: int) -> Shown:
    """Build the message once: the bot gets it as the result, and later inside the person's tap."""
    chat_id, text = int(fields["chat_id"]), str(fields.get("text", ""))
    message = {
        "message_id": message_id,
        "from": _BOT,
        "chat": {"id": chat_id, "type": "private", "first_name": "Ada"},
        "date": int(time.time()),
        "text": text,
    }
    markup = fields.get("reply_markup")
    packed = as_json(markup) if markup else b""
    if b'"inline_keyboard"' in packed:
        message["reply_markup"] = orjson.Fragment(packed)
    return Shown(chat_id, message_id, text, read_buttons(packed), orjson.dumps(message))
