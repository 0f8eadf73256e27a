"""Who takes an event when no question is open: the welcome, the menu, a paused session, the lobby.

``receive`` is what a turn calls. It is pure like the engine, which it calls when a session is open.
"""

from __future__ import annotations

import datetime as dt

from flows import crisis
from flows.commands import COMMANDS
from flows.courtesy import courtesy_line
from flows.effects import Begin, Close, CorrectStored, Effect, Export, Finish, Resume, Say
from flows.engine import Result, advance
from flows.events import Chose, Commanded, Edited, Event, Replied, Returned, Showed
from flows.interrupting import ABOUT_THE_PROGRAM, interrupt_of
from flows.library import Library
from flows.nudge_answers import Answer
from flows.nudge_replies import maybe_about, open_nudge, reported, typed_answer
from flows.pages import page
from flows.phrasing import phrase
from flows.reading.courtesies import read_courtesy, read_return
from flows.reading.process_questions import read_process_question
from flows.reading.repeats import without_lead
from flows.reading.wishes import read_wish
from flows.returning import LONG_AWAY
from flows.session import Session
from flows.turn import Turn
from flows.values import Paused, Person, replace

DIALOGUES = {
    "menu": "menu",
    "start": "menu",
    "settings": "settings",
    "timezone": "settings",
    "delete": "erase",
    "grow": "grow",
    "express": "grow",
    "actions": "actions",
    "review": "review",
    "number": "checkin",
}
NUDGE = "00000000"  # the session that buttons name which belong to none
AFTER_CRISIS = Begin(crisis.DIALOGUE, facts=(("entry", "return"),))
HOURS_OF_A_DAY, STORY = dt.timedelta(hours=10), 10  # between two sittings; words that tell something
OF_THEIR_OWN = ("crisis", "workplace_harm", "therapy", "crisis_soft")  # dialogues that need no talk below
GREETINGS = {
    *("hi", "hello", "hey", "hallo", "start", "good morning", "good evening", "good afternoon", "morning"),
    *(
        "hiya",
        "hi there",
        "hello again",
        "hi again",
        "hey there",
        "hey again",
        "hello there",
        "yo",
        "evening",
    ),
}


def receive(library: Library, person: Person, session: Session | None, event: Event) -> Result:
    """Take an event of this person; ``session`` is the one whose question is open, if any."""
    event = _readable(event)
    if session is not None and (late := _answers_nudge(library, person, session, event)):
        return late
    if session is not None:
        if isinstance(event, Replied) and _opens_the_day(library, session, event):
            return session, (Close(session.number), Begin("lobby", event.text, event.message_id))
        if isinstance(event, Chose) and event.session != session.short:
            return _tapped_elsewhere(library, person, session, event)
        return advance(library, person, session, event)
    match event:
        case Chose():
            return None, _late_tap(library, person, event)
        case Commanded():
            return None, _commanded(library, person, event)
        case Replied():
            return None, _written(library, person, event)
        case Edited() if interrupt_of(event.text) == "crisis":
            return None, (Begin(crisis.DIALOGUE),)
        case Edited():
            return None, (CorrectStored(event.message_id, event.text),)
        case Returned():
            return None, _welcome_or(person, "menu", event)
        case Showed():
            return None, _showed(library, person, event)
        case _:
            return None, _welcome_or(person, "menu", event)


def _opens_the_day(library: Library, session: Session, event: Replied) -> bool:
    """A greeting and a story, hours after a look back was left open: something new, and no answer.

    The look back rests; a talk is left with its question, for which the story may well be meant.
    """
    looks_back = bool(session.frames) and session.frames[0].dialogue == "review"
    long_ago = HOURS_OF_A_DAY < event.at - session.at <= LONG_AWAY
    if not (looks_back and long_ago) or interrupt_of(event.text):
        return False
    greeted = without_lead(event.text)
    return greeted != event.text and len(greeted.split()) >= STORY


def _answers_nudge(library: Library, person: Person, session: Session, event: Event) -> Result | None:
    """Words over an open menu or lobby that is older than our newest message: they may answer that one."""
    nudge = open_nudge(person, event.at) if isinstance(event, Replied) else None
    if not isinstance(event, Replied) or nudge is None or nudge.at < session.at.timestamp() * 1000:
        return None
    if any(library.dialogues[frame.dialogue].kind == "session" for frame in session.frames):
        return None
    if interrupt_of(event.text) or not (effects := typed_answer(library, person, event)):
        return None
    return None, (Close(session.number), Finish("parked", session.used), *effects)


def _tapped_elsewhere(library: Library, person: Person, session: Session, event: Chose) -> Result:
    """A tap on another session's message; a menu that is open alone closes if a talk is taken up."""
    talk = any(library.dialogues[f.dialogue].kind == "session" for f in session.frames)
    effects = _late_tap(library, person, event, busy=talk)
    if talk or not any(isinstance(effect, Begin | Resume) for effect in effects):
        return session, effects
    return None, (Close(session.number), Finish("parked", session.used), *effects)


def _readable(event: Event) -> Event:
    """Halves of characters, which JSON cannot carry, become the sign for an unreadable one."""
    if isinstance(event, Replied | Edited):
        whole = event.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return event if whole == event.text else replace(event, text=whole)
    return event


def is_welcomed(person: Person) -> bool:
    """Whether the person has been through the welcome."""
    return person.facts.get("welcomed") == "yes"


def _welcome_or(person: Person, dialogue: str, event: Event) -> tuple[Effect, ...]:
    if is_welcomed(person):
        return (Begin(dialogue),)
    if crisis.is_open(person, event.at) and not isinstance(event, Commanded):
        return (AFTER_CRISIS,)
    if paused := _paused(person, "welcome"):
        return (Resume(paused.session),)
    return (Begin("welcome"),)


def _paused(person: Person, dialogue: str = "") -> Paused | None:
    """The session paused last, of this dialogue if one is named."""
    fitting = [paused for paused in person.paused if dialogue in ("", paused.dialogue)]
    return max(fitting, key=lambda paused: paused.at, default=None)


def _late_tap(library: Library, person: Person, event: Chose, *, busy: bool = False) -> tuple[Effect, ...]:
    """A tap on a message outside of any session, or of an old one: that may go on with a paused session."""
    if event.session == NUDGE:
        return Answer(library, person, event.at, busy).tapped(event.choice) if event.ask == 0 else ()
    for paused in person.paused:
        if paused.session.endswith(event.session) and event.choice == "resume":
            return (Resume(paused.session),)
    return ()


def _commanded(library: Library, person: Person, event: Commanded) -> tuple[Effect, ...]:
    if event.name in ("help", "help_now", "about", "why"):
        return (_page(library, person, event),)
    if not is_welcomed(person):
        return _welcome_or(person, "menu", event)
    if event.name == "my_data":
        return (_page(library, person, event), Export())
    if event.name in ("cancel", "stop"):
        return (Say(phrase(_nowhere(library, person, event), "no_session")),)
    mode = (("mode", "express"),) if event.name == "express" else ()
    return (Begin(DIALOGUES.get(event.name, "menu"), facts=mode),)


def _page(library: Library, person: Person, event: Commanded) -> Say:
    turn = _nowhere(library, person, event)
    return Say(page(turn, event.name))


def _nowhere(library: Library, person: Person, event: Event) -> Turn:
    """A turn outside any session, good for filling phrases and nothing else."""
    seed = str(int(event.at.timestamp()))  # wordings take turns
    return Turn.of(library, person, Session(id=seed, at=event.at, frames=()), event.at)


def _written(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """Words that answer no question: they go on with a paused session, or open the lobby."""
    stops = interrupt_of(event.text) == "stop" and typed_answer(library, person, event)
    if out := stops or _interrupted(library, person, event):
        return out
    if not is_welcomed(person):
        return _welcome_or(person, "menu", event)
    if answered := typed_answer(library, person, event) or _reported(library, person, event):
        return answered
    said = event.text.casefold().strip(" !.")
    if said in GREETINGS or not said or (read_return(event.text) and not _paused(person)):
        return (Begin("menu"),)
    if line := courtesy_line(_nowhere(library, person, event), event.text):
        return (Say(line),)
    if interrupt_of(event.text) == "sent" and not _paused(person):
        return (Begin("sent"),)
    if interrupt_of(event.text) == "short" and not _paused(person):
        return (Begin("grow", facts=(("mode", "express"),)),)
    if said_over_nothing := _said_over_nothing(library, person, event):
        return said_over_nothing
    if (wish := read_wish(event.text)) and wish in COMMANDS:
        return _commanded(library, person, Commanded(event.at, wish))
    if asked := maybe_about(person, event):
        return asked
    if paused := _paused(person):
        return (Resume(paused.session, text=event.text, message_id=event.message_id),)
    return (Begin("lobby", opener=event.text, message_id=event.message_id),)


def _reported(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """What is said to the program, and not of a step, is no report of one."""
    return () if interrupt_of(event.text) else reported(library, person, event)


def _interrupted(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """What is said with no question open and must lead into no talk; "should I …?" may lead into one.

    After a crisis a message leads into no talk either, until the person chose to go on.
    """
    name = interrupt_of(event.text)
    if name == "crisis_soft" and crisis.is_open(person, event.at):
        name = "crisis"
    if name in OF_THEIR_OWN:
        return (Begin(name),)
    if name == "stop":
        return (Say(phrase(_nowhere(library, person, event), "no_session")),)
    if crisis.is_open(person, event.at) and not _is_small_talk(event.text):
        return (AFTER_CRISIS,)
    return ()


def _said_over_nothing(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """A complaint or a question about the program gets a line; there is no question to come back."""
    name, kind = interrupt_of(event.text), read_process_question(event.text)
    if name == "bot_friction":
        return (Say(phrase(_nowhere(library, person, event), "friction_nowhere")),)
    if name == "clarify" and kind in ABOUT_THE_PROGRAM:
        return (Say(phrase(_nowhere(library, person, event), ABOUT_THE_PROGRAM[kind])),)
    return ()


def _is_small_talk(text: str) -> bool:
    said = text.casefold().strip(" !.")
    return not said or said in GREETINGS or bool(read_courtesy(text)) or read_wish(text) in COMMANDS


def _showed(library: Library, person: Person, event: Showed) -> tuple[Effect, ...]:
    turn = _nowhere(library, person, event)
    known = event.what if event.what in library.common.phrases else "other"
    return (Say(phrase(turn, known)), *_welcome_or(person, "menu", event))
