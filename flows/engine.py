"""The two pure functions everything hangs on: ``start`` a session, ``advance`` it by an event.

Same input, same output: the clock is in the event, randomness comes from the session's id.
"""

from __future__ import annotations

from typing import assert_never

from flows.amending import edited, join, joins
from flows.answering import accept
from flows.asides import covers, is_aside, strip
from flows.asking import ask_again
from flows.commands import COMMANDS, SAID, command
from flows.controls import turn_page
from flows.effects import Begin, Effect, Say
from flows.events import (
    Chose,
    Commanded,
    Edited,
    Event,
    Located,
    Replied,
    Resumed,
    Returned,
    Showed,
    Started,
)
from flows.finishing import finish
from flows.hearing import hear, tapped
from flows.interrupting import interrupt_of
from flows.interrupts import interrupted
from flows.library import Library
from flows.listening.felt import felt
from flows.moving import enter
from flows.phrasing import phrase
from flows.putting_right import put_right
from flows.quoting import piece_of
from flows.reading.wishes import read_wish
from flows.replying import control, reply
from flows.returning import is_long_away, present, put_afresh, resumed, revive, welcome_back
from flows.session import Frame, Session, Visit
from flows.turn import Heard, Turn
from flows.values import Person, replace

Result = tuple[Session | None, tuple[Effect, ...]]
THUMBS = {"thumbs_up": "yes", "thumbs_down": "no"}


def start(library: Library, person: Person, session_id: str, event: Started) -> Result:
    """Begin a dialogue as a new session; the session is None if it asked nothing."""
    dialogue = library.dialogues[event.dialogue]
    frame = Frame(dialogue.name, dialogue.version, dialogue.first)
    opens = event.opener and not event.chose
    facts = (*event.facts, ("opener", event.opener)) if opens else event.facts
    session = Session(id=session_id, at=event.at, frames=(frame,), facts=facts)
    turn = Turn.of(library, person, session, event.at)
    turn.answered_before = bool(event.chose)
    enter(turn)
    if event.chose and turn.visits and not turn.waiting:
        _answer_first(turn, event)
    if not turn.frames and not turn.ended:
        finish(turn, "done")
    return _result(turn)


def _answer_first(turn: Turn, event: Started) -> None:
    """The first question was answered before it was put; put it all the same if that is no answer to it.

    Words that came with the answer are taken for the next question, if that asks for words.
    """
    visit = turn.visits[-1]
    heard = tapped(turn, visit, event.chose)
    if heard is None:
        ask_again(turn)
        return
    turn.answered_before = bool(event.opener)
    accept(turn, visit, heard)
    turn.answered_before = False
    if event.opener and turn.visits and not (turn.waiting or turn.ended):
        _take_told(turn, event)


def _take_told(turn: Turn, event: Started) -> None:
    """The next question is answered too: what was told is kept as it is, and nothing more is asked of it."""
    visit = turn.visits[-1]
    if visit.reply != "text":
        ask_again(turn)
        return
    ids = () if event.message_id is None else (event.message_id,)
    told = replace(visit, about={"probed": ["told"]})
    if felt(event.opener) is None and (piece := piece_of("told", event.opener)):
        turn.lead(phrase(turn, "told_kept", word=piece))  # so that it is not quoted in a question
    accept(turn, told, Heard(event.opener, event.opener, message_ids=ids))


def advance(library: Library, person: Person, session: Session, event: Event) -> Result:
    """Take one event in a session; the session is None when it has ended.

    A stale or foreign event leaves the session equal.
    """
    there = present(library, session)
    turn = Turn.of(library, person, there, event.at)
    if not turn.frames:
        finish(turn, "abandoned")
        turn.late_effects.append(Begin("menu"))
        return _result(turn)
    _dispatch(turn, event)
    if turn.afterwards:
        _do_afterwards(turn)
    after, effects = _result(turn)
    unchanged = not effects and after == replace(there, at=turn.at)
    return (session, ()) if unchanged else (after, effects)


def _do_afterwards(turn: Turn) -> None:
    """An aside is over that leads back or past the question below, instead of to it."""
    name, turn.afterwards = turn.afterwards, ""
    turn.waiting = True
    control(turn, turn.visits[-1], name)


def _result(turn: Turn) -> Result:
    if turn.leads and not turn.waiting:
        turn.say()
    if turn.paused and not turn.ended:
        strip(turn)
    effects = (*turn.effects, *turn.late_effects)
    return (None if turn.ended else turn.result()), effects


def _dispatch(turn: Turn, event: Event) -> None:
    match event:
        case Replied():
            _replied(turn, event)
        case Chose():
            _chose(turn, event)
        case Commanded():
            command(turn, event)
        case Located():
            _located(turn, event)
        case Showed():
            _showed(turn, event)
        case Edited() if interrupt_of(event.text) == "crisis":
            interrupted(turn, Replied(event.at, event.text, event.message_id))
        case Edited():
            edited(turn, event)
        case Resumed():
            resumed(turn, event)
        case Returned():
            put_afresh(turn)
        case Started():
            return
        case _:
            assert_never(event)


def _replied(turn: Turn, event: Replied) -> None:
    """A typed message: an answer, words that join the last one, or a return after a long time."""
    if interrupted(turn, event):
        return
    if is_long_away(turn) and turn.frames and turn.frame.dialogue != "return":
        welcome_back(turn, event.text)
    elif not turn.waiting or not turn.visits:
        revive(turn)
    elif event.early and joins(turn):
        join(turn, event)
    elif is_aside(turn) and not _matches(turn, turn.visits[-1], event):
        turn.close(turn.visits[-1])
        strip(turn)
        turn.frames = list(turn.visits[-1].frames)
        reply(turn, turn.visits[-1], event)
    elif put_right(turn, event):
        return
    elif wish := _wish(turn, event):
        command(turn, Commanded(event.at, wish, "", event.message_id))
    else:
        reply(turn, turn.visits[-1], event)


def _wish(turn: Turn, event: Replied) -> str:
    """What was said to the program and not in answer to its question; a choice of that name comes first."""
    wish = read_wish(event.text)
    if wish not in (*COMMANDS, *SAID):
        return ""
    labels = [label.casefold() for _, label in turn.visits[-1].shown]
    return "" if event.text.strip().casefold() in labels else wish


def _matches(turn: Turn, visit: Visit, event: Replied) -> bool:
    """Whether a typed message answers the aside (else it is meant for the question below)."""
    below = any(not covers(turn, earlier) for earlier in turn.visits[:-1])
    heard = hear(turn, visit, event)
    return not below or isinstance(heard, str) or not heard.missed


def _chose(turn: Turn, event: Chose) -> None:
    """A tap counts only for the open question; any other one changes nothing."""
    if event.session != turn.session.short:
        return
    if not turn.waiting or not turn.visits:
        revive(turn)
        return
    visit = turn.visits[-1]
    if event.ask == visit.ask:
        turn.tapped = visit
    if event.ask != visit.ask or turn_page(turn, visit, event.choice):
        return
    if event.choice.startswith("_"):
        control(turn, visit, event.choice[1:])
    elif (heard := tapped(turn, visit, event.choice)) is not None:
        accept(turn, visit, heard)


def _located(turn: Turn, event: Located) -> None:
    """A shared location answers where a zone is asked for; elsewhere it is only noticed."""
    visit = turn.visits[-1] if turn.visits else None
    if visit is None or not turn.waiting or turn.frame.dialogue != "zone":
        _showed(turn, Showed(event.at, "location", event.message_id))
        return
    turn.do(Say(phrase(turn, "located"), closes_keyboard=True))
    asked = turn.step.saves == "zone_found"
    if not asked:
        turn.set("zone_found", event.zone, event.zone)
    value, ids = event.zone if asked else None, (event.message_id,)
    heard = Heard(event.zone, value, "", "located", message_ids=ids)
    accept(turn, replace(visit, gap="", about={}), heard)


def _takes_a_sign(turn: Turn) -> bool:
    """A thumb says yes or no, but not where the words asked for are a consent."""
    return turn.visits[-1].reply == "yesno" and "skip" not in turn.step.without


def _showed(turn: Turn, event: Showed) -> None:
    """A sticker, a voice note, a photo: a fitting line, and the question again."""
    if event.what in THUMBS and turn.waiting and _takes_a_sign(turn):
        reply(turn, turn.visits[-1], Replied(event.at, THUMBS[event.what], event.message_id))
        return
    what = "sticker" if event.what in THUMBS else event.what
    turn.lead(phrase(turn, what if what in turn.library.common.phrases else "other"))
    if turn.waiting:
        ask_again(turn)
