"""Actions on a whole talk: let it rest, end it, delete it, begin another, take one up again."""

from __future__ import annotations

from flows.effects import Begin, Button, Forget, Pause, Resume, Say, Touch
from flows.finishing import finish
from flows.listening.felt import felt
from flows.looking_back import OUTCOMES
from flows.named_lists import options_of
from flows.phrasing import phrase
from flows.probing import MET_BY
from flows.progress import phase_label
from flows.session import Frame
from flows.turn import Turn, joined
from flows.unfinished import unfinished


def pause_session(turn: Turn) -> None:
    """Let the talk rest at its open question."""
    _rest(turn)


def _rest(turn: Turn) -> None:
    """Pause what lies below the aside; with nothing below there is nothing to pause."""
    if _below(turn) is None:
        return
    turn.paused = True
    turn.waiting = False
    topic = turn.value("topic")
    turn.do(Pause(phase_label(turn), topic if isinstance(topic, str) else "", tuple(turn.used)))


def has_talk(turn: Turn) -> bool:
    """Whether a talk is open, be it below an aside."""
    return _below(turn) is not None


def stop_here(turn: Turn) -> None:
    """Let the talk rest at once: one line, a button to come back, and nothing asked."""
    if _below(turn) is None:
        if not turn.leads:
            turn.lead(phrase(turn, "no_session"))
        return
    _rest(turn)
    said = joined([*turn.leads, phrase(turn, "stopped")])
    turn.leads.clear()
    turn.do(Say(said, ((Button(turn.library.label("resume"), "resume"),),)))


def _below(turn: Turn) -> Frame | None:
    """The frame of the talk that lies below an aside, if there is one."""
    kinds = turn.library.dialogues
    return next((frame for frame in turn.frames if kinds[frame.dialogue].kind == "session"), None)


def end_with_summary(turn: Turn) -> None:
    """Close the talk; what it reached was summed up."""
    finish(turn, "parked")


def delete_session(turn: Turn) -> None:
    """Delete what was said in this talk, its step and its reminder."""
    turn.do(Forget())
    finish(turn, "deleted")


def start_fresh(turn: Turn) -> None:
    """Begin the same dialogue anew; this talk rests, or is let go if it has no topic yet."""
    below = _below(turn)
    if below is None:
        return
    if turn.value("topic") is None:
        finish(turn, "abandoned")
    else:
        _rest(turn)
    turn.late_effects.append(Begin(below.dialogue))


def begin_express_grow(turn: Turn) -> None:
    """Begin a session of five minutes."""
    _begin(turn, "grow", "express")


def take_short_way(turn: Turn) -> None:
    """Go on as in a short talk."""
    turn.set("mode", "express", "")


def begin_full_grow(turn: Turn) -> None:
    """Begin a session of fifteen minutes."""
    _begin(turn, "grow", "full")


def _begin(turn: Turn, dialogue: str, mode: str) -> None:
    facts = [("mode", mode)]
    if words := turn.fact("topic") or turn.fact("opener"):
        facts.append(("topic", words))
    if turn.origin == "review":
        facts.append(("reviewed", "yes"))
    if turn.dialogue.kind == "aside":
        _rest(turn)
    turn.late_effects.append(Begin(dialogue, facts=tuple(facts)))


def begin_review(turn: Turn) -> None:
    """Look back first, in a sitting of its own; what was brought waits for the talk after it."""
    kept = tuple((name, value) for name, value in turn.session.facts if name in ("mode", "topic", "opener"))
    finish(turn, "abandoned")
    turn.late_effects.append(Begin("review", facts=kept))


def review_brought_up(turn: Turn) -> None:
    """Look back at the step that a message had brought up; what was written is what came of it."""
    if turn.last_choice in OUTCOMES:
        item, told = (("item", turn.fact("item")),), turn.fact("opener")
        turn.do(Touch())
        turn.late_effects.append(Begin("review", opener=told, facts=item, chose=turn.last_choice))


def meet_opener(turn: Turn) -> None:
    """Say back what weighs or gladdens in the message that opens the lobby, in the person's own words."""
    met = felt(turn.fact("opener"))
    if met is not None:
        turn.lead(phrase(turn, MET_BY[met.kind], word=met.words))


def open_review(turn: Turn) -> None:
    """Look back at the steps, in a sitting of its own."""
    turn.late_effects.append(Begin("review"))


def open_checkin(turn: Turn) -> None:
    """Ask for a number, in a sitting of its own."""
    turn.late_effects.append(Begin("checkin"))


def open_menu(turn: Turn) -> None:
    """Open the menu."""
    turn.late_effects.append(Begin("menu"))


def resume_paused(turn: Turn) -> None:
    """Take up the paused talk that was picked; an open one rests."""
    picked = turn.value("paused_pick")
    known = {option.value for option in options_of(turn, "paused")}
    if picked in known:
        _rest(turn)
        turn.late_effects.append(Resume(str(picked)))


def resume_unfinished(turn: Turn) -> None:
    """Take up the talk that was left in the middle; the one just begun makes room for it."""
    left = unfinished(turn)
    if left is not None:
        finish(turn, "abandoned")
        turn.late_effects.append(Resume(left.session))
