"""The list of a person's steps: its pages, and what can be done with one of them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.effects import KeepAction, NoteAction
from flows.looking_back import action_at_hand
from flows.moments import cue_of, moment_json, moment_of, say_moment
from flows.quoting import in_notes
from flows.reading.dates import say_date
from flows.turn import Turn
from flows.values import Action, Moment

PAGE, WORDS = 5, 90
PIECES = 5
NEXT, PREVIOUS = "next", "previous"


def page_of_steps(turn: Turn) -> tuple[int, Sequence[Action]]:
    """How many steps stand before this page, and those on it: by their moment, resting ones last."""
    steps = sorted(turn.actions, key=_place)
    most = max(0, (len(steps) - 1) // PAGE)
    page = min(_page(turn), most)
    return page * PAGE, steps[page * PAGE : (page + 1) * PAGE]


def has_more_steps(turn: Turn) -> bool:
    """Whether steps stand behind this page."""
    first, shown = page_of_steps(turn)
    return first + len(shown) < len(turn.actions)


def _page(turn: Turn) -> int:
    page = turn.value("page")
    return page if isinstance(page, int) else 0


def _place(action: Action) -> tuple[bool, bool, str, int]:
    due = action.due
    when = (due.day.isoformat(), due.minutes or 0) if due else ("", 0)
    return (action.parked, due is None, *when)


def steps_text(turn: Turn) -> str:
    """The page as text: number, words and moment of each step."""
    first, shown = page_of_steps(turn)
    return "\n".join(_line(turn, number, action) for number, action in enumerate(shown, first + 1))


def _line(turn: Turn, number: int, action: Action) -> str:
    said = say_moment(turn, moment_json(action.due, "", action.due_words)) if action.due else ""
    state = turn.library.label("noted_park") if action.parked else said
    words = f"{number}. “{in_notes(action.words, WORDS)}”"
    return f"{words} · {state}" if state else words


def turn_page(turn: Turn) -> None:
    """Turn the page of the list, if that is what was tapped."""
    step = {NEXT: 1, PREVIOUS: -1}.get(turn.last_choice, 0)
    if step:
        turn.set("page", max(0, _page(turn) + step))


def move_action(turn: Turn) -> None:
    """Give the step at hand another day; one that rested is taken up again."""
    due = moment_of(turn.value("due"))
    if due is not None and turn.item:
        words = cue_of(turn.value("due"))
        turn.do(NoteAction(turn.item, "moved", _ask(turn), status="open", due=due, due_words=words))


def split_action(turn: Turn) -> None:
    """Put the pieces on the list, each as a step, in the place of the big one."""
    action, pieces = action_at_hand(turn), turn.value("pieces") or ()
    if action is None or not pieces:
        return
    for number, words in enumerate(pieces[:PIECES], 1):
        turn.do(
            KeepAction(
                name=f"piece-{action.id[-8:]}-{number}",
                words=words,
                due=action.due if number == 1 else None,
                due_words=action.due_words if number == 1 else "",
                zone=action.zone,
                confidence=None,
                ask=_ask(turn),
                why=action.why,
            )
        )
    turn.do(NoteAction(action.id, "split", _ask(turn), {"pieces": list(pieces)}, status="dropped"))


def _ask(turn: Turn) -> int:
    return turn.visits[-1].ask if turn.visits else 0


def made_on(turn: Turn) -> str:
    """The day the step at hand was made, in words."""
    action = action_at_hand(turn)
    if action is None:
        return ""
    return say_date(Moment(action.made.astimezone(turn.local_now.tzinfo).date()), turn.local_now.date())


def rests(turn: Turn) -> str:
    """That the step at hand rests, in a word."""
    action = action_at_hand(turn)
    return turn.library.label("resting") if action is not None and action.parked else ""
