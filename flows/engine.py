"""The two pure functions everything hangs on: ``start`` a session, ``advance`` it by an event.

Same input, same output: the clock is in the event, randomness comes from the session's id.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import assert_never

from flows.answering import (
    accept,
    back,
    control,
    drop_asides,
    go_on,
    lay_over,
    reply,
    turn_page,
    uncover,
)
from flows.asking import ask, ask_again, phase_label
from flows.commands import command
from flows.definitions import END
from flows.effects import CorrectStored, Effect, Supersede, Withdraw
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
from flows.hearing import tapped
from flows.library import Library
from flows.moving import enter
from flows.phrasing import phrase
from flows.session import Frame, Session, Visit
from flows.turn import Heard, Turn
from flows.values import Person

Result = tuple[Session | None, tuple[Effect, ...]]
LONG_AWAY = dt.timedelta(days=7)


def start(library: Library, person: Person, session_id: str, event: Started) -> Result:
    """Begin a dialogue as a new session; the session is None if it asked nothing."""
    dialogue = library.dialogues[event.dialogue]
    frame = Frame(dialogue.name, dialogue.version, dialogue.first)
    facts = (*event.facts, ("opener", event.opener)) if event.opener else event.facts
    session = Session(id=session_id, at=event.at, frames=(frame,), facts=facts)
    turn = Turn.of(library, person, session, event.at)
    enter(turn)
    if not turn.frames and not turn.ended:
        from flows.moving import finish

        finish(turn, "done")
    return _result(turn)


def advance(library: Library, person: Person, session: Session, event: Event) -> Result:
    """Take one event in a session; the session is None when it has ended.

    A stale or foreign event leaves the session equal.
    """
    turn = Turn.of(library, person, _present(library, session), event.at)
    _dispatch(turn, event)
    return _result(turn)


def _result(turn: Turn) -> Result:
    if turn.leads and not turn.waiting:
        turn.say()
    if turn.paused and not turn.ended:
        turn.frames = _uncovered(turn)
        drop_asides(turn)
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
        case Edited():
            _edited(turn, event)
        case Resumed():
            _resumed(turn, event)
        case Returned():
            _returned(turn)
        case Started():
            return
        case _:
            assert_never(event)


def _replied(turn: Turn, event: Replied) -> None:
    """A typed message: an answer, words that join the last one, or a return after a long time."""
    if _long_away(turn) and not _is_aside(turn):
        _welcome_back(turn, event.text)
        return
    if not turn.waiting or not turn.visits:
        _revive(turn)
        return
    if event.early and _joins(turn):
        _join(turn, event)
        return
    visit = turn.visits[-1]
    if _is_aside(turn) and not _matches(turn, visit, event):
        _fall_through(turn, event)
        return
    reply(turn, visit, event)


def _is_aside(turn: Turn) -> bool:
    return bool(turn.frames) and turn.dialogue.kind == "aside"


def _matches(turn: Turn, visit: Visit, event: Replied) -> bool:
    """Whether a typed message answers the aside (else it is meant for the question below)."""
    from flows.hearing import hear

    below = any(not _covers(turn, earlier) for earlier in turn.visits[:-1])
    heard = hear(turn, visit, event)
    return not below or isinstance(heard, str) or not heard.missed


def _covers(turn: Turn, visit: Visit) -> bool:
    return any(turn.library.dialogues[frame.dialogue].kind == "aside" for frame in visit.frames)


def _fall_through(turn: Turn, event: Replied) -> None:
    """Drop the aside; the message is an answer to the question that lies below it."""
    turn.close(turn.visits[-1])
    while _is_aside(turn):
        turn.frames.pop()
    drop_asides(turn)
    turn.frames = list(turn.visits[-1].frames)
    reply(turn, turn.visits[-1], event)


def _revive(turn: Turn) -> None:
    """A session that waits for nothing, although it should: put its question again."""
    turn.paused = False
    turn.frames = _uncovered(turn)
    drop_asides(turn)
    if turn.visits:
        ask_again(turn)
    else:
        enter(turn)


def _uncovered(turn: Turn) -> list[Frame]:
    kinds = turn.library.dialogues
    return [frame for frame in turn.frames if kinds[frame.dialogue].kind != "aside"]


def _joins(turn: Turn) -> bool:
    """Whether the answer before was in words, so that more words belong to it."""
    return len(turn.visits) > 1 and turn.visits[-2].reply in ("text", "list") and bool(turn.answers)


def _join(turn: Turn, event: Replied) -> None:
    """The question was not seen yet: take it back and let the words join the answer before."""
    unseen = turn.visits.pop()
    before = turn.visits.pop()
    turn.do(Withdraw(unseen.ask))
    answered = turn.answers[before.kept :]
    raws = [answer.raw for answer in answered[:1]]
    ids = tuple(id_ for answer in answered[:1] for id_ in answer.message_ids)
    for answer in answered:
        turn.do(Supersede(answer.ask))
    turn.answers = turn.answers[: before.kept]
    turn.frames = list(before.frames)
    turn.visits.append(replace(before, about={**before.about, "ids": list(ids)}))
    turn.used = [use for use in turn.used if use != (_key(unseen), unseen.wording)]
    text = "\n".join((*raws, event.text))
    reply(turn, turn.visits[-1], replace(event, text=text))


def _key(visit: Visit) -> str:
    return f"{visit.frame.dialogue}.{visit.frame.step}"


def _chose(turn: Turn, event: Chose) -> None:
    """A tap counts only for the open question; any other one changes nothing."""
    visit = turn.visits[-1] if turn.visits else None
    if visit is None or not turn.waiting or event.ask != visit.ask:
        return
    if event.choice.startswith("_") and event.choice != "_none":
        control(turn, visit, event.choice[1:])
        return
    if turn_page(turn, visit, event.choice):
        return
    heard = tapped(turn, visit, event.choice)
    if heard is not None:
        accept(turn, visit, heard)


def _located(turn: Turn, event: Located) -> None:
    """A shared location answers where a zone is asked for; elsewhere it is only noticed."""
    visit = turn.visits[-1] if turn.visits else None
    if visit is None or not turn.waiting or turn.frame.dialogue != "zone":
        _showed(turn, Showed(event.at, "location", event.message_id))
        return
    heard = Heard(event.zone, event.zone, event.zone, "located", message_ids=(event.message_id,))
    turn.set("zone_found", event.zone, event.zone)
    if visit.reply == "location":
        from flows.effects import Say

        turn.do(Say(phrase(turn, "located"), closes_keyboard=True))
    accept(turn, visit, heard)


def _showed(turn: Turn, event: Showed) -> None:
    """A sticker, a voice note, a photo: a fitting line, and the question again."""
    thumbs = {"thumbs_up": "yes", "thumbs_down": "no"}
    if event.what in thumbs and turn.waiting and turn.visits[-1].reply == "yesno":
        reply(turn, turn.visits[-1], Replied(event.at, thumbs[event.what], event.message_id))
        return
    known = event.what if event.what in turn.library.common.phrases else "other"
    turn.lead(phrase(turn, known))
    if turn.waiting:
        ask_again(turn)


def _edited(turn: Turn, event: Edited) -> None:
    """An edited message corrects the answer it belongs to and leads nowhere else."""
    for place, answer in enumerate(turn.answers):
        if event.message_id not in answer.message_ids or answer.raw == event.text:
            continue
        if not isinstance(answer.value, str) and answer.value is not None:
            break
        value = event.text if isinstance(answer.value, str) else answer.value
        better = replace(answer, value=value, raw=event.text)
        turn.answers[place] = better
        turn.do(Supersede(answer.ask), CorrectStored(event.message_id, event.text))
        turn.lead(phrase(turn, "corrected", new=_short(event.text)))
        turn.say()
        return
    turn.do(CorrectStored(event.message_id, event.text))


def _short(text: str) -> str:
    from flows.markup import cut

    return cut(text, 80)


def _resumed(turn: Turn, event: Resumed) -> None:
    """A paused session is taken up: at once if it is fresh, with a choice of ways if it is not."""
    if _long_away(turn):
        _welcome_back(turn, event.text)
        return
    _open_again(turn)
    if event.text and turn.visits:
        turn.waiting = True
        reply(turn, turn.visits[-1], Replied(turn.at, event.text, event.message_id or 0))
        return
    turn.lead(phrase(turn, "back_here"))
    _revive(turn)


def _open_again(turn: Turn) -> None:
    turn.paused = False
    turn.frames = _uncovered(turn)
    drop_asides(turn)


def _long_away(turn: Turn) -> bool:
    return turn.at - turn.session.at > LONG_AWAY


def _welcome_back(turn: Turn, text: str) -> None:
    """After more than seven days: go on, a short recap, or a fresh start. The place is kept."""
    _open_again(turn)
    turn.held = text
    lay_over(turn, "return")


def _returned(turn: Turn) -> None:
    """Put the open question afresh: it may not have been answerable."""
    if turn.waiting and turn.visits:
        ask_again(turn)


def _present(library: Library, session: Session) -> Session:
    """The session in terms of today's files: renamed steps are followed, lost ones go to a save point."""
    if all(_stands(library, frame) for frame in session.frames):
        return session
    frames = tuple(_moved(library, frame) for frame in session.frames if frame.dialogue in library.dialogues)
    kept = tuple(visit for visit in session.visits if all(_stands(library, f) for f in visit.frames))
    return replace(session, frames=frames, visits=kept, waiting=False)


def _stands(library: Library, frame: Frame) -> bool:
    dialogue = library.dialogues.get(frame.dialogue)
    return dialogue is not None and frame.step in dialogue.steps


def _moved(library: Library, frame: Frame) -> Frame:
    dialogue = library.dialogues[frame.dialogue]
    if frame.step in dialogue.steps:
        return frame
    named = dialogue.renamed.get(frame.step, "")
    target = named if named in dialogue.steps else dialogue.first
    return replace(frame, step=target, version=dialogue.version)


__all__ = ["END", "LONG_AWAY", "advance", "ask", "back", "go_on", "phase_label", "start", "uncover"]
