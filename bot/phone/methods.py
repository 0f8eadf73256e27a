"""The methods of the Bot API that Cairn may call, each with all its parameters (Bot API 10.0).

A test compares this table with Telegram's machine-readable description. Anything that is not here is refused.
"""

from __future__ import annotations

from typing import Final

from bot.phone.fields import Fields, fields

_ANY_MARKUP = "reply_markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply"
_SENDING = (
    "business_connection_id: String",
    "chat_id*: Integer | String",
    "message_thread_id: Integer",
    "direct_messages_topic_id: Integer",
    "parse_mode: String",
    "disable_notification: Boolean",
    "protect_content: Boolean",
    "allow_paid_broadcast: Boolean",
    "message_effect_id: String",
    "suggested_post_parameters: SuggestedPostParameters",
    "reply_parameters: ReplyParameters",
    _ANY_MARKUP,
)
_EDITING = (
    "business_connection_id: String",
    "chat_id: Integer | String",
    "message_id: Integer",
    "inline_message_id: String",
    "reply_markup: InlineKeyboardMarkup",
)
_CAPTION = ("caption: String", "caption_entities: Array of MessageEntity")
_LANGUAGE = "language_code: String"

METHODS: Final[dict[str, Fields]] = {
    "getMe": fields(),
    "getUpdates": fields(
        "offset: Integer", "limit: Integer", "timeout: Integer", "allowed_updates: Array of String"
    ),
    "setWebhook": fields(
        "url*: String",
        "certificate: InputFile",
        "ip_address: String",
        "max_connections: Integer",
        "allowed_updates: Array of String",
        "drop_pending_updates: Boolean",
        "secret_token: String",
    ),
    "deleteWebhook": fields("drop_pending_updates: Boolean"),
    "getWebhookInfo": fields(),
    "sendMessage": fields(
        *_SENDING,
        "text*: String",
        "entities: Array of MessageEntity",
        "link_preview_options: LinkPreviewOptions",
    ),
    "sendPhoto": fields(
        *_SENDING,
        *_CAPTION,
        "photo*: InputFile | String",
        "show_caption_above_media: Boolean",
        "has_spoiler: Boolean",
    ),
    "sendDocument": fields(
        *_SENDING,
        *_CAPTION,
        "document*: InputFile | String",
        "thumbnail: InputFile | String",
        "disable_content_type_detection: Boolean",
    ),
    "sendChatAction": fields(
        "business_connection_id: String",
        "chat_id*: Integer | String",
        "message_thread_id: Integer",
        "action*: String",
    ),
    "editMessageText": fields(
        *_EDITING,
        "text*: String",
        "parse_mode: String",
        "entities: Array of MessageEntity",
        "link_preview_options: LinkPreviewOptions",
    ),
    "editMessageReplyMarkup": fields(*_EDITING),
    "deleteMessage": fields("chat_id*: Integer | String", "message_id*: Integer"),
    "setMessageReaction": fields(
        "chat_id*: Integer | String",
        "message_id*: Integer",
        "reaction: Array of ReactionType",
        "is_big: Boolean",
    ),
    "answerCallbackQuery": fields(
        "callback_query_id*: String",
        "text: String",
        "show_alert: Boolean",
        "url: String",
        "cache_time: Integer",
    ),
    "getFile": fields("file_id*: String"),
    "setMyCommands": fields("commands*: Array of BotCommand", "scope: BotCommandScope", _LANGUAGE),
    "getMyCommands": fields("scope: BotCommandScope", _LANGUAGE),
    "setMyName": fields("name: String", _LANGUAGE),
    "getMyName": fields(_LANGUAGE),
    "setMyDescription": fields("description: String", _LANGUAGE),
    "getMyDescription": fields(_LANGUAGE),
    "setMyShortDescription": fields("short_description: String", _LANGUAGE),
    "getMyShortDescription": fields(_LANGUAGE),
    "setChatMenuButton": fields("chat_id: Integer", "menu_button: MenuButton"),
    "getChatMenuButton": fields("chat_id: Integer"),
    "leaveChat": fields("chat_id*: Integer | String"),
}

BY_LOWER_CASE: Final = {name.lower(): name for name in METHODS}
"""Telegram reads method names without regard to case."""
