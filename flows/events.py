"""What happened, in the past tense. The closed union that ``start`` and ``advance`` are told about.

``at`` is aware and in UTC: Telegram's date for messages, the business clock for taps and wakes.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from flows.values import Place


class Started(Struct, frozen=True):
    """A dialogue was begun as a new session; ``opener`` holds what the person wrote first, if anything.

    ``facts`` hands the new session what an earlier one knows (for instance which session to resume).
    ``chose`` answers the first question already: it was asked, and tapped, in a message that came unasked.
    Beside it, ``opener`` is what was said with that answer, and answers the question in words after it.
    """

    at: dt.datetime
    dialogue: str
    opener: str = ""
    message_id: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    chose: str = ""


class Replied(Struct, frozen=True):
    """The person wrote a message.

    ``early`` is true when the open question had not yet been handed to the sender, so that the
    person cannot have seen it. ``places`` are the cities the text may mean (filled by bot).
    """

    at: dt.datetime
    text: str
    message_id: int
    early: bool = False
    places: tuple[Place, ...] = ()


class Chose(Struct, frozen=True):
    """The person tapped a button of ask number ``ask`` in the session with this short id."""

    at: dt.datetime
    session: str
    ask: int
    choice: str


class Commanded(Struct, frozen=True):
    """The person sent a command, without its slash: ``why``, ``help``, ``cancel`` ..."""

    at: dt.datetime
    name: str
    argument: str = ""
    message_id: int | None = None


class Located(Struct, frozen=True):
    """The person shared a location; only its zone arrives here, never coordinates."""

    at: dt.datetime
    zone: str
    message_id: int


class Showed(Struct, frozen=True):
    """Something without words came: ``what`` is sticker, voice, photo, video, document, contact, other."""

    at: dt.datetime
    what: str
    message_id: int


class Edited(Struct, frozen=True):
    """The person edited an earlier message of theirs."""

    at: dt.datetime
    text: str
    message_id: int


class Resumed(Struct, frozen=True):
    """A paused session is taken up again, by tap, command or wake."""

    at: dt.datetime
    text: str = ""
    message_id: int | None = None


class Returned(Struct, frozen=True):
    """The open question may not have been answerable (outage, unblocked bot): put it afresh."""

    at: dt.datetime


Event = Started | Replied | Chose | Commanded | Located | Showed | Edited | Resumed | Returned
