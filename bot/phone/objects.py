"""The objects that a bot may put into its requests, each with all its fields (Bot API 10.0).

A field whose type is not in OBJECTS or UNIONS exists at Telegram, but Cairn has no use for it: it is refused.
"""

from __future__ import annotations

from typing import Final

from bot.phone.fields import Fields, fields

_TYPE = "type*: String"
_CHAT = "chat_id*: Integer | String"
_WEB_APP = "web_app: WebAppInfo"
_LOOK = ("text*: String", "icon_custom_emoji_id: String", "style: String")

OBJECTS: Final[dict[str, Fields]] = {
    "InlineKeyboardMarkup": fields("inline_keyboard*: Array of Array of InlineKeyboardButton"),
    "InlineKeyboardButton": fields(
        *_LOOK,
        "url: String",
        "callback_data: String",
        _WEB_APP,
        "login_url: LoginUrl",
        "switch_inline_query: String",
        "switch_inline_query_current_chat: String",
        "switch_inline_query_chosen_chat: SwitchInlineQueryChosenChat",
        "copy_text: CopyTextButton",
        "callback_game: CallbackGame",
        "pay: Boolean",
    ),
    "CopyTextButton": fields("text*: String"),
    "WebAppInfo": fields("url*: String"),
    "ReplyKeyboardMarkup": fields(
        "keyboard*: Array of Array of KeyboardButton",
        "is_persistent: Boolean",
        "resize_keyboard: Boolean",
        "one_time_keyboard: Boolean",
        "input_field_placeholder: String",
        "selective: Boolean",
    ),
    "KeyboardButton": fields(
        *_LOOK,
        "request_users: KeyboardButtonRequestUsers",
        "request_chat: KeyboardButtonRequestChat",
        "request_managed_bot: KeyboardButtonRequestManagedBot",
        "request_contact: Boolean",
        "request_location: Boolean",
        "request_poll: KeyboardButtonPollType",
        _WEB_APP,
    ),
    "ReplyKeyboardRemove": fields("remove_keyboard*: Boolean", "selective: Boolean"),
    "ForceReply": fields("force_reply*: Boolean", "input_field_placeholder: String", "selective: Boolean"),
    "LinkPreviewOptions": fields(
        "is_disabled: Boolean",
        "url: String",
        "prefer_small_media: Boolean",
        "prefer_large_media: Boolean",
        "show_above_text: Boolean",
    ),
    "ReplyParameters": fields(
        "message_id*: Integer",
        "chat_id: Integer | String",
        "allow_sending_without_reply: Boolean",
        "quote: String",
        "quote_parse_mode: String",
        "quote_entities: Array of MessageEntity",
        "quote_position: Integer",
        "checklist_task_id: Integer",
        "poll_option_id: String",
    ),
    "MessageEntity": fields(
        _TYPE,
        "offset*: Integer",
        "length*: Integer",
        "url: String",
        "user: User",
        "language: String",
        "custom_emoji_id: String",
        "unix_time: Integer",
        "date_time_format: String",
    ),
    "BotCommand": fields("command*: String", "description*: String"),
    "BotCommandScopeDefault": fields(_TYPE),
    "BotCommandScopeAllPrivateChats": fields(_TYPE),
    "BotCommandScopeAllGroupChats": fields(_TYPE),
    "BotCommandScopeAllChatAdministrators": fields(_TYPE),
    "BotCommandScopeChat": fields(_TYPE, _CHAT),
    "BotCommandScopeChatAdministrators": fields(_TYPE, _CHAT),
    "BotCommandScopeChatMember": fields(_TYPE, _CHAT, "user_id*: Integer"),
    "MenuButtonCommands": fields(_TYPE),
    "MenuButtonWebApp": fields(_TYPE, "text*: String", "web_app*: WebAppInfo"),
    "MenuButtonDefault": fields(_TYPE),
    "ReactionTypeEmoji": fields(_TYPE, "emoji*: String"),
    "ReactionTypeCustomEmoji": fields(_TYPE, "custom_emoji_id*: String"),
    "ReactionTypePaid": fields(_TYPE),
}

UNIONS: Final[dict[str, dict[str, str]]] = {
    "BotCommandScope": {
        "default": "BotCommandScopeDefault",
        "all_private_chats": "BotCommandScopeAllPrivateChats",
        "all_group_chats": "BotCommandScopeAllGroupChats",
        "all_chat_administrators": "BotCommandScopeAllChatAdministrators",
        "chat": "BotCommandScopeChat",
        "chat_administrators": "BotCommandScopeChatAdministrators",
        "chat_member": "BotCommandScopeChatMember",
    },
    "MenuButton": {
        "commands": "MenuButtonCommands",
        "web_app": "MenuButtonWebApp",
        "default": "MenuButtonDefault",
    },
    "ReactionType": {
        "emoji": "ReactionTypeEmoji",
        "custom_emoji": "ReactionTypeCustomEmoji",
        "paid": "ReactionTypePaid",
    },
}
"""Objects told apart by their "type"."""

MARKUPS: Final = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}
"""The four kinds of reply_markup, told apart by the field that only one of them has."""
