"""Moving on: from an answered step to the next question, through statements and called dialogues."""

from __future__ import annotations

from flows.actions import perform
from flows.asides import drop_asides, strip
from flows.asking import ask, ask_again, offer_again, pass_by, put_away
from flows.definitions import END, Step
from flows.machine import next_step
from flows.markup import Wording
from flows.named_lists import items_of
from flows.phrasing import choose, eligible, filled, lines, phrase
from flows.said_when import begun_when, named_a_past_day
from flows.session import Frame
from flows.turn import Turn
from flows.values import replace

FAST = 60  # steps without a question in a row; more would be a loop in a file


def enter(turn: Turn) -> None:
    """Come to the step the turn stands at and go on until a question is open or the session is over."""
    for _ in range(FAST):
        if not turn.frames or turn.ended or turn.paused:
            return
        step = turn.step
        if step.runs:
            if _call(turn, step):
                continue
        elif step.reply != "say":
            _put(turn)
            return
        else:
            _state(turn, step)
        if turn.jumped:
            turn.jumped = False
            continue
        depth, aside = len(turn.frames), turn.dialogue.kind == "aside"
        leave(turn)
        if turn.frames and aside and len(turn.frames) < depth:
            uncover(turn)
            return
    raise RuntimeError(f"{turn.frame.dialogue}: step {turn.frame.step} leads round in a circle")


def lay_over(turn: Turn, dialogue: str) -> None:
    """Put an aside over the open question, in place of another; the question's buttons rest meanwhile."""
    if turn.waiting and turn.visits:
        turn.close(turn.visits[-1])
        put_away(turn, turn.visits[-1])
    turn.waiting = False
    strip(turn)
    part = turn.library.dialogues[dialogue]
    turn.frames.append(Frame(part.name, part.version, part.first))
    enter(turn)


def uncover(turn: Turn) -> None:
    """The question below comes back, under a new number, with the words that were held for it."""
    drop_asides(turn)
    turn.waiting = False
    if turn.afterwards and turn.visits:
        turn.frames = list(turn.visits[-1].frames)
        return  # what is to be done to the question comes instead of putting it again
    if not turn.visits or turn.visits[-1].frames != tuple(turn.frames):
        enter(turn)
        return
    if turn.held:
        offer_again(turn, turn.held)
        turn.held = ""
    ask_again(turn)


def _put(turn: Turn) -> None:
    """Put the question, unless a message that came unasked has put it and the answer is here."""
    if turn.answered_before:
        turn.answered_before = False
        pass_by(turn)
    elif about := begun_when(turn):
        turn.lead(phrase(turn, "said_day", new=about["shown"]))
        ask(turn, "which_moment", about=about)
    elif named_a_past_day(turn):
        ask(turn, "past_date", about={"probed": ["past_date"]})
    else:
        ask(turn)


def leave(turn: Turn) -> None:
    """Follow the way out of the step the turn stands at; at the end of a dialogue, return to its caller."""
    while turn.frames and not (turn.ended or turn.paused):
        target = next_step(turn.library.machines[turn.frame.dialogue], turn)
        turn.last_choice = ""
        if target != END:
            turn.go_to(target)
            return
        if _repeat(turn):
            return
        turn.frames.pop()
        _returned(turn)
        if not turn.frames or turn.library.dialogues[_last_asked(turn)].kind == "aside":
            return


def _returned(turn: Turn) -> None:
    """A called dialogue is over: do what its step does with what came of it."""
    if turn.frames and turn.step.runs:
        for name in turn.step.actions:
            perform(name, turn)


def _last_asked(turn: Turn) -> str:
    """The dialogue of the question that was just answered."""
    return turn.visits[-1].frame.dialogue if turn.visits else turn.frame.dialogue


def _state(turn: Turn, step: Step) -> None:
    """Say what the step says: lines are a message of their own, a sentence leads the next question."""
    for name in step.actions:
        perform(name, turn)
    if step.lines and not _says_no_value(turn, step.lines):
        turn.say(lines(turn, step.lines))
    if step.ask:
        key = f"{turn.frame.dialogue}.{step.name}"
        wording = choose(turn, key, step.ask)
        turn.used.append((key, wording.id))
        turn.lead(filled(turn, wording))


def _says_no_value(turn: Turn, wordings: tuple[Wording, ...]) -> bool:
    """Whether lines that are to show values have none to show: a summary of nothing is not said."""
    needy = [wording for wording in wordings if wording.needs]
    return bool(needy) and not eligible(turn, tuple(needy))


def _call(turn: Turn, step: Step) -> bool:
    """Push the dialogue the step runs; false when there is nothing to run it for."""
    part = turn.library.dialogues[step.runs]
    if not step.for_each:
        turn.frames.append(Frame(part.name, part.version, part.first, turn.frame.scope))
        return True
    items = items_of(turn, step.for_each)
    if items:
        scope = f"{step.name}#{items[0]}"
        turn.frames.append(Frame(part.name, part.version, part.first, scope, items[0], tuple(items[1:])))
    return bool(items)


def _repeat(turn: Turn) -> bool:
    """Begin the called dialogue once more if items are left."""
    frame = turn.frame
    if not frame.left:
        return False
    first = turn.dialogue.first
    scope = f"{frame.scope.split('#')[0]}#{frame.left[0]}"
    turn.frames[-1] = replace(frame, step=first, scope=scope, item=frame.left[0], left=frame.left[1:])
    return True
