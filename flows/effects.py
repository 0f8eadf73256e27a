"""What should happen, in the imperative. The closed union that a turn returns; storage and bot carry it out.

An effect holds final words, never a template: the only thing left for the Telegram edge is escaping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, field

from flows.values import NOTHING, Moment, Rhythm


class Span(Struct, frozen=True):
    """A run of text in one style: ``plain``, ``bold``, ``italic`` or ``quote`` (an expandable block)."""

    text: str
    style: str = "plain"


class Button(Struct, frozen=True):
    """A button of an ask: what it says and which choice it stands for; ``danger`` asks for a red one."""

    label: str
    choice: str
    danger: bool = False


class Say(Struct, frozen=True):
    """Send a message.

    ``ask`` is the ask number when the message puts a question (its buttons carry it), else None.
    ``updates`` names an ask whose message is to be edited into this one instead of sending anew.
    ``location`` asks for a reply keyboard that can share a location, labelled with its text.
    """

    spans: tuple[Span, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    ask: int | None = None
    step: str = ""
    wording: str = ""
    updates: int | None = None
    location: str = ""
    closes_keyboard: bool = False


class Keyboard(Struct, frozen=True):
    """Put other buttons under the message of the open ask (a calendar page, a ticked box)."""

    ask: int
    rows: tuple[tuple[Button, ...], ...]


class Close(Struct, frozen=True):
    """Take the buttons from this ask's message; with ``shown``, show the answer in it below ``spans``."""

    ask: int
    shown: str = ""
    spans: tuple[Span, ...] = ()


class Withdraw(Struct, frozen=True):
    """Forget the message of this ask: it was not handed to the sender yet."""

    ask: int


class Remember(Struct, frozen=True):
    """Store an answer. ``value`` is JSON-ready (text, number, list, mapping); ``raw`` the person's words."""

    ask: int
    step: str
    field: str
    value: object
    raw: str
    at: dt.datetime
    message_ids: tuple[int, ...] = ()
    skipped: bool = False
    signals: tuple[str, ...] = ()


class Supersede(Struct, frozen=True):
    """The answer to this ask no longer counts (Back, an edit, words that joined it)."""

    ask: int


class CorrectStored(Struct, frozen=True):
    """An edited message belongs to no answer of the open session: correct the stored one, if there is one."""

    message_id: int
    text: str


class Know(Struct, frozen=True):
    """Set a property of the person: ``name``, ``zone``, ``country``, ``quiet_from``, ``quiet_until``,
    ``need``, ``wishes``, ``hope``."""

    what: str
    value: str | int | None


class Consent(Struct, frozen=True):
    """Record a consent or its refusal, with purpose and the version of the words agreed to."""

    purpose: str
    version: str
    given: bool


class Score(Struct, frozen=True):
    """Record a point (1-10) on a scale: clarity, confidence, satisfaction, usefulness, importance."""

    ask: int
    scale: str
    value: int
    at: dt.datetime


class KeepAction(Struct, frozen=True):
    """Make or replace an action: the one with the id ``action``, or the one this session calls ``name``.

    ``ask`` is the question whose answer decided it; ``reminder`` is "", "at" or "evening". ``due_words`` is
    what the person called the moment, ``remind_minutes`` the time of that day they asked a message for.
    """

    name: str
    words: str
    due: Moment | None
    zone: str | None
    confidence: int | None
    ask: int = 0
    action: str = ""
    obstacle: str = ""
    cue: str = ""
    response: str = ""
    smallest: str = ""
    support: str = ""
    why: str = ""
    reminder: str = ""
    due_words: str = ""
    remind_minutes: int | None = None


class NoteAction(Struct, frozen=True):
    """Add to the history of an action, and change it with that.

    ``kind`` is an outcome of a review (done, partly, not_yet, changed, irrelevant), ``reason``, ``learnt``,
    ``decided``, ``plan_judged``, ``moved``, ``parked``, ``split`` or ``snoozed``. ``status`` and ``due``
    change it if given, and with ``due`` what its moment is called; ``undone`` says that it counts as not
    done once more, or no longer.
    """

    action: str
    kind: str
    ask: int = 0
    said: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    status: str = ""
    due: Moment | None = None
    due_words: str = ""
    undone: int | None = None
    snoozed: int | None = None


class SetRhythm(Struct, frozen=True):
    """From now on Cairn writes first in this rhythm."""

    rhythm: Rhythm


class RemindAt(Struct, frozen=True):
    """Plan a message of this session called ``name`` at a wall-clock moment of the person.

    ``rule`` is ``action`` (an appointment: the promised reminder) or ``resume`` (a nudge about the
    open question, which dies when the person moves on). ``spans`` are the final words.
    """

    name: str
    rule: str
    day: dt.date
    minutes: int
    zone: str
    spans: tuple[Span, ...]
    rows: tuple[tuple[Button, ...], ...] = ()


class AskAgain(Struct, frozen=True):
    """Bring something up again at a wall-clock moment that the person has just chosen.

    ``about`` is what it is about, as buttons carry it (``nudge_buttons.Subject.code``).
    """

    about: str
    day: dt.date
    minutes: int
    zone: str


class Touch(Struct, frozen=True):
    """Change the message that came unasked and was answered just now: the one whose button was tapped, or
    the newest. ``rows`` are its new buttons; ``shown`` is the answer to be shown in it.
    """

    rows: tuple[tuple[Button, ...], ...] = ()
    shown: str = ""


class DropReminder(Struct, frozen=True):
    """Forget the planned message of this session with this name."""

    name: str


class Begin(Struct, frozen=True):
    """Start a dialogue as a new session, after this turn's other effects; see ``events.Started``."""

    dialogue: str
    opener: str = ""
    message_id: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    chose: str = ""


class Resume(Struct, frozen=True):
    """Open the paused session with this id again; ``text`` is what the person wrote meanwhile."""

    session: str
    text: str = ""
    message_id: int | None = None


class Pause(Struct, frozen=True):
    """The session rests; its place is kept. ``used`` are the wordings put in it so far, as in ``Finish``."""

    where: str
    topic: str
    used: tuple[tuple[str, str], ...] = ()


class Finish(Struct, frozen=True):
    """The session has ended. ``outcome`` is ``done``, ``parked``, ``abandoned`` or ``deleted``.

    ``used`` are the wordings put in it, as (dialogue.step, wording id); ``facts`` what later
    openings may quote.
    """

    outcome: str
    used: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


class Forget(Struct, frozen=True):
    """Delete what the person said in this session (answers, action, reminders)."""


class Export(Struct, frozen=True):
    """Send the person a file with everything that is kept about them."""


class Chart(Struct, frozen=True):
    """Send the person a chart of their answers on a scale: days with a value from 1 to 10.

    ``title`` stands in the picture; ``low`` and ``high`` say what 1 and 10 mean. ``caption`` stands under
    it, and alone if the picture cannot be drawn: it must make sense without it.
    """

    title: str
    points: tuple[tuple[dt.date, int], ...]
    low: str
    high: str
    caption: tuple[Span, ...]


class Erase(Struct, frozen=True):
    """Delete everything about the person, for good, after saying the last words of this turn."""


class KeepFact(Struct, frozen=True):
    """Keep something short about the person beside their answers: a flag or a time, never their words."""

    name: str
    value: str


Effect = (
    Say
    | Keyboard
    | Close
    | Withdraw
    | Remember
    | Supersede
    | CorrectStored
    | Know
    | Consent
    | Score
    | KeepAction
    | NoteAction
    | SetRhythm
    | RemindAt
    | AskAgain
    | Touch
    | DropReminder
    | Begin
    | Resume
    | Pause
    | Finish
    | Forget
    | Export
    | Chart
    | Erase
    | KeepFact
)
