"""What happens when something is said in a session that must leave the dialogue.

1. An aside that holds (help in a crisis, and its like) keeps every message to itself. 2. Else the message
is asked about; what must leave the dialogue is not kept as an answer, and the question keeps its place.
Knows nothing of words: interrupting.py and reading/ do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flows import crisis
from flows.answering import accept
from flows.asides import strip
from flows.asking import ask_again, put_away
from flows.commands import command
from flows.crisis import note_dark_words
from flows.events import Commanded, Replied
from flows.hearing import DOING, hear, is_idea, tapped
from flows.holding import hold, holds
from flows.interrupting import ABOUT_THE_PROGRAM, interrupt_of
from flows.moving import lay_over, uncover
from flows.phrasing import phrase
from flows.plainly import explain, put_plainly
from flows.reading.normalise import normalised, without_marks
from flows.reading.process_questions import read_asked_word, read_process_question
from flows.reading.remarks import read_complaint
from flows.reading.wishes import is_bare_order, read_wish
from flows.shortening import shorten
from flows.so_far import was_put
from flows.talks import has_talk, stop_here
from flows.turn import Turn

HARM, THERAPY, FRICTION, ADVICE, SENT = "workplace_harm", "therapy", "friction", "advice", "sent"
RECALLED: Final = (("goal", "recall_goal"), ("success", "recall_success"), ("topic", "recall_topic"))
IN_WORDS: Final = ("text", "list", "place")  # kinds of reply that take any words as an answer
SAID_OF_IT: Final = (*DOING, "options", "wishes")  # where "keep it short" is an answer
TYPED_OVER_FRICTION: Final = {"back": "change", "skip": "skip", "pause": "stop"}


def interrupted(turn: Turn, event: Replied) -> bool:
    """Whether a typed message leaves the dialogue; if so, that is done."""
    if holds(turn):
        hold(turn, event)
        return True
    name = "" if _is_label(turn, event) else interrupt_of(event.text)
    if name:
        return _DOES[name](turn, event)
    return _typed_over_friction(turn, event)


def _is_label(turn: Turn, event: Replied) -> bool:
    """A choice that is shown counts before anything it might sound like."""
    shown = turn.visits[-1].shown if turn.waiting and turn.visits else ()
    typed = without_marks(normalised(event.text))
    return any(typed == without_marks(normalised(label)) for _, label in shown)


def _crisis(turn: Turn, event: Replied) -> bool:
    lay_over(turn, crisis.DIALOGUE)
    return True


def _crisis_soft(turn: Turn, event: Replied) -> bool:
    """Asked about once in a session, and believed; where there was a crisis lately it is one."""
    if crisis.is_open(turn.person, turn.at):
        return _crisis(turn, event)
    if was_put(turn, f"{crisis.SOFT}."):
        note_dark_words(turn)
    return _once(turn, crisis.SOFT)


def _workplace_harm(turn: Turn, event: Replied) -> bool:
    return _once(turn, HARM)


def _once(turn: Turn, dialogue: str) -> bool:
    """Lay an aside over that a session has once; what is said later is an answer like any other."""
    if was_put(turn, f"{dialogue}."):
        return False
    lay_over(turn, dialogue)
    return True


def _therapy(turn: Turn, event: Replied) -> bool:
    """Said in full once and briefly once; who goes on after that has heard it, and is heard."""
    if was_put(turn, f"{THERAPY}.brief"):
        return False
    lay_over(turn, THERAPY)
    return True


def _stop(turn: Turn, event: Replied) -> bool:
    """One line and a button; but "later" may answer a question that asks when, or what next."""
    visit = turn.visits[-1] if turn.waiting and turn.visits else None
    if visit is not None and is_idea(turn, visit, event.text):
        return False
    if visit is not None and visit.reply not in IN_WORDS:
        heard = hear(turn, visit, event)
        if not isinstance(heard, str) and not heard.missed:
            return False
    if not has_talk(turn):
        command(turn, Commanded(event.at, "cancel"))
        return True
    if visit is not None:
        turn.close(visit)
        put_away(turn, visit)
    strip(turn)
    stop_here(turn)
    return True


def _friction(turn: Turn, event: Replied) -> bool:
    """A misreading leads to what was kept and ways on; else a true line, and the question."""
    if not turn.waiting:
        return False
    kind = read_complaint(event.text)
    if turn.frame.dialogue == FRICTION:
        ask_again(turn)
    elif kind == "asked":
        _line(turn, _asked_before(turn))
    elif kind == "sneer" and turn.step.why:
        turn.lead(phrase(turn, "sneer", why=turn.step.why))
        ask_again(turn)
    elif has_talk(turn):
        lay_over(turn, FRICTION)
    else:
        _line(turn, "friction")
    return True


def _asked_before(turn: Turn) -> str:
    """What is true of "you asked that already": here, in an earlier talk, unknown, or another one."""
    here = turn.visits[-1].frame
    place = (here.dialogue, here.step)
    times = sum((visit.frame.dialogue, visit.frame.step) == place for visit in turn.visits)
    if times > 1 or turn.visits[-1].misses:
        return "asked_here"
    if not turn.agreed("remember"):
        return "asked_unkept"
    return "asked_earlier" if f"{here.dialogue}.{here.step}" in turn.person.used else "asked_alike"


def _typed_over_friction(turn: Turn, event: Replied) -> bool:
    """Words instead of a button: they come back with the question, for *Keep* to make them its answer."""
    if not turn.waiting or turn.frame.dialogue != FRICTION:
        return False
    visit = turn.visits[-1]
    heard = hear(turn, visit, event)
    if isinstance(heard, str):
        taken = tapped(turn, visit, TYPED_OVER_FRICTION.get(heard, ""))
        if taken is not None:
            accept(turn, visit, taken)
            return True
    elif not heard.missed:
        return False
    turn.close(visit)
    turn.held = event.text
    strip(turn)
    uncover(turn)
    return True


def _advice(turn: Turn, event: Replied) -> bool:
    """First their own criteria, then ways to look at it, after that people who can be asked.

    Where a topic is asked for, "should I take the offer?" is one.
    """
    if not turn.waiting or (turn.step.saves == "topic" and read_wish(event.text) != ADVICE):
        return False
    if has_talk(turn):
        lay_over(turn, ADVICE)
    else:
        _line(turn, "advice")
    return True


def _sent(turn: Turn, event: Replied) -> bool:
    """Being here was somebody else's idea: met once, wherever an open question stands."""
    if not turn.waiting or turn.visits[-1].reply not in IN_WORDS or turn.visits[-1].about.get("raws"):
        return False
    return has_talk(turn) and _once(turn, SENT)


def _short(turn: Turn, event: Replied) -> bool:
    """The short way from here; but "keep it short" may be what one will do, or a wish to respect."""
    visit = turn.visits[-1] if turn.waiting and turn.visits else None
    if visit is None or (turn.step.saves in SAID_OF_IT and is_bare_order(event.text)):
        return False
    if visit.reply not in IN_WORDS:
        heard = hear(turn, visit, event)
        if not isinstance(heard, str) and not heard.missed:
            return False
    return shorten(turn)


def _clarify(turn: Turn, event: Replied) -> bool:
    """A line about the talk itself, or a word explained; the question comes back in other words."""
    if not turn.waiting:
        return False
    kind, (word, sure) = read_process_question(event.text), read_asked_word(event.text)
    if word and explain(turn, word, anywhere=sure):
        return True
    if kind == "word":
        return False
    if turn.frame.dialogue == FRICTION and kind in ("meaning", "why", ""):
        _why_below(turn)
    elif kind == "meaning":
        put_plainly(turn)
    elif kind == "how_many":
        _line(turn, "clarify_several" if turn.step.reply in ("list", "multi") else "clarify_one")
    elif kind == "recall":
        _line(turn, next((name for field, name in RECALLED if turn.value(field)), "recall_none"))
    elif kind in ABOUT_THE_PROGRAM:
        _line(turn, ABOUT_THE_PROGRAM[kind])
    else:
        command(turn, Commanded(event.at, "how_long" if kind == "how_long" else "why"))
    return True


def _why_below(turn: Turn) -> None:
    """What the question is for that the repair lies over; it comes back with that."""
    turn.close(turn.visits[-1])
    strip(turn)
    turn.lead(phrase(turn, "why", why=turn.step.why) if turn.step.why else phrase(turn, "why_aside"))
    uncover(turn)


def _line(turn: Turn, name: str) -> None:
    turn.lead(phrase(turn, name))
    ask_again(turn)


_DOES: Final[Mapping[str, Callable[[Turn, Replied], bool]]] = {
    "crisis": _crisis,
    "workplace_harm": _workplace_harm,
    "therapy": _therapy,
    "stop": _stop,
    "bot_friction": _friction,
    "crisis_soft": _crisis_soft,
    "advice_seek": _advice,
    "sent": _sent,
    "short": _short,
    "clarify": _clarify,
}
