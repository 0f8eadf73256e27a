"""Putting a question: its wording, its buttons, its number. Every question put gets the next ask number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zlib import crc32

from flows.definitions import Choices, Step
from flows.effects import Button, Keyboard, Say, Span
from flows.gaps import GAPS
from flows.keyboards import calendar_rows, choice_rows, control_row, scale_rows
from flows.markup import Wording
from flows.named_lists import options_of
from flows.phrasing import choose, filled, lines, phrase
from flows.progress import ahead, counts, position
from flows.session import Visit
from flows.turn import Turn, joined

Rows = tuple[tuple[Button, ...], ...]


def ask(
    turn: Turn, gap: str = "", *, rung: int = 0, about: Mapping[str, Any] | None = None, misses: int = 0
) -> None:
    """Put the question of the step the turn stands at, or the probe ``gap`` about its answer."""
    turn.number += 1
    visit = Visit(
        ask=turn.number,
        frames=tuple(turn.frames),
        kept=len(turn.answers),
        gap=gap,
        rung=rung,
        reply=_reply_of(turn, gap, rung),
        about=dict(about or {}),
        misses=misses,
    )
    visit = replace(visit, shown=_shown(turn, visit))
    wording = _wording(turn, visit)
    turn.used.append((_key(turn, visit), wording.id))
    turn.visits.append(replace(visit, wording=wording.id))
    turn.waiting = True
    message = _message(turn, visit, wording)
    turn.words = tuple((span.text, span.style) for span in message.spans)
    turn.do(message)
    turn.leads.clear()


def ask_again(turn: Turn) -> None:
    """Put the last question once more, under a new number; the old message loses its buttons."""
    visit = turn.visits.pop()
    if turn.waiting:
        turn.close(visit)
    turn.frames = list(visit.frames)
    ask(turn, visit.gap, rung=visit.rung, about=visit.about, misses=visit.misses)


def refresh_keyboard(turn: Turn, visit: Visit) -> None:
    """Show the buttons of the open question anew (another month, a ticked box)."""
    turn.visits[-1] = visit
    turn.do(Keyboard(visit.ask, keyboard(turn, visit)))


def show_items(turn: Turn, visit: Visit, *, anew: bool) -> None:
    """Say what stands on the list so far; ``anew`` sends a message, else the last one is edited."""
    items = visit.about["items"]
    listed = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    spans = joined([phrase(turn, "so_far", list=listed)])
    turn.visits[-1] = visit
    turn.do(
        Say(
            spans,
            keyboard(turn, visit),
            ask=visit.ask,
            step=_key(turn, visit),
            wording=visit.wording,
            updates=None if anew else visit.ask,
        )
    )


def _reply_of(turn: Turn, gap: str, rung: int) -> str:
    if not gap:
        return turn.step.reply
    if gap == "dont_know":
        return turn.step.reply
    return turn.library.common.probes[gap].reply


def _shown(turn: Turn, visit: Visit) -> Choices:
    """The choices in the order they will be shown; the order is part of the session."""
    step = turn.step
    if visit.gap == "dont_know" and visit.rung == 2:
        return step.offers or turn.library.common.probes["dont_know"].choices
    if visit.gap and visit.gap != "dont_know":
        own = GAPS[visit.gap].choices(turn, visit.about)
        return own or turn.library.common.probes[visit.gap].choices
    if step.choices_from:
        return tuple((option.id, option.label) for option in options_of(turn, step.choices_from))
    choices = tuple((id_, _labelled(turn, label)) for id_, label in step.choices if _has_words(turn, label))
    return _shuffled(turn, choices) if step.shuffle else choices or _standard(turn, step)


def _has_words(turn: Turn, label: str) -> bool:
    """A label like ``{first_name}`` is offered only when there is such a thing."""
    return bool(_labelled(turn, label).strip())


def _labelled(turn: Turn, label: str) -> str:
    from flows.placeholders import fill_label

    return fill_label(turn, label)


def _standard(turn: Turn, step: Step) -> Choices:
    label = turn.library.label
    match step.reply:
        case "yesno":
            return (("yes", label("yes")), ("no", label("no")))
        case "date":
            return tuple((id_, label(id_)) for id_ in ("today", "tomorrow", "week", "pick"))
        case _:
            return ()


def _shuffled(turn: Turn, choices: Choices) -> Choices:
    seed = f"{turn.session.id}:{turn.number}"
    return tuple(sorted(choices, key=lambda pair: crc32(f"{seed}:{pair[0]}".encode())))


def _key(turn: Turn, visit: Visit) -> str:
    name = f"{visit.frame.dialogue}.{visit.frame.step}"
    return f"{name}/{visit.gap}{visit.rung or ''}" if visit.gap else name


def _wording(turn: Turn, visit: Visit) -> Wording:
    return choose(turn, _key(turn, visit), _table(turn, visit))


def _table(turn: Turn, visit: Visit) -> tuple[Wording, ...]:
    """The wordings this question may be put in: first ones, or those for a second asking."""
    step, common = turn.step, turn.library.common
    if visit.gap == "dont_know":
        generic = common.probes["dont_know"]
        return (step.easier or generic.ask) if visit.rung == 1 else (generic.again or generic.ask)
    if visit.gap:
        return step.probe.get(visit.gap) or common.probes[visit.gap].ask
    asked = any(key == _key(turn, visit) for key, _ in turn.used)
    return step.again if asked and step.again else step.ask


def _message(turn: Turn, visit: Visit, wording: Wording) -> Say:
    step = turn.step
    above = lines(turn, step.lines) if step.lines and not visit.gap else ()
    spans = joined([*_header(turn, visit), *turn.leads, above, filled(turn, wording)])
    location = turn.library.label("share_location") if visit.reply == "location" else ""
    return Say(
        spans,
        () if location else keyboard(turn, visit),
        ask=visit.ask,
        step=_key(turn, visit),
        wording=wording.id,
        location=location,
    )


def _header(turn: Turn, visit: Visit) -> list[tuple[Span, ...]]:
    """The progress line, where the step belongs to a phase."""
    phase = phase_label(turn)
    if not phase or visit.gap or not counts(turn, turn.frame.dialogue):
        return []
    here = position(turn)
    return [phrase(turn, "progress", phase=phase, position=here, total=here + ahead(turn))]


def phase_label(turn: Turn) -> str:
    """The label of the phase the turn stands in; a part without phases stands in its caller's."""
    for frame in reversed(turn.frames):
        dialogue = turn.library.dialogues[frame.dialogue]
        phase = dialogue.steps[frame.step].phase if frame.step in dialogue.steps else ""
        if phase and dialogue.kind != "aside":
            return dialogue.phases.get(phase, phase)
    return ""


def keyboard(turn: Turn, visit: Visit) -> Rows:
    """All rows of buttons of a question: its answers, then the controls."""
    label = turn.library.label
    step = turn.step
    fine = (Button(label("fine"), "_fine"),) if visit.gap and visit.gap != "dont_know" else ()
    keep = (Button(label("keep"), "_keep"),) if visit.about.get("previous") else ()
    done = (Button(label("done"), "_done"),) if visit.about.get("raws") or visit.reply == "multi" else ()
    rows = (*_answer_rows(turn, visit), (*fine, *keep, *done), control_row(turn, step, visit))
    return tuple(row for row in rows if row)


def _answer_rows(turn: Turn, visit: Visit) -> Rows:
    if visit.reply == "scale" and visit.rung < 2:
        return scale_rows()
    if month := visit.about.get("month"):
        return calendar_rows(turn.library, dt.date.fromisoformat(f"{month}-01"), turn.local_now.date())
    return choice_rows(visit.shown, turn.step.danger, tuple(visit.about.get("picked", ())))
