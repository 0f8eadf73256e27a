"""Putting a question: its wording, its buttons, its number. Every question put gets the next ask number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from flows.conditions import condition
from flows.definitions import Choices, Step
from flows.effects import Button, Close, Keyboard, Say, Span
from flows.gaps import GAPS, SHRUG
from flows.keyboards import calendar_rows, choice_rows, control_row, scale_rows
from flows.markup import Wording
from flows.named_lists import options_of
from flows.phrasing import choose, filled, lines, phrase
from flows.placeholders import fill_label, numbered
from flows.progress import ahead, counts, item_position, phase_label, position
from flows.quoting import as_typed
from flows.scales import at_hand, scale_of, wordings_of
from flows.session import Visit
from flows.turn import Turn, joined
from flows.values import replace

Rows = tuple[tuple[Button, ...], ...]
SEVERAL = 2
NOT_FINE = ("dont_know", "ambiguous_date", SHRUG)  # "fine as it is" would leave these without an answer


def ask(
    turn: Turn, gap: str = "", *, rung: int = 0, about: Mapping[str, Any] | None = None, misses: int = 0
) -> None:
    """Put the question of the step the turn stands at, or the probe ``gap`` about its answer."""
    turn.number += 1
    turn.quoted = str((about or {}).get("word", ""))
    kept, reply = len(turn.answers), _reply_of(turn, gap, rung)
    visit = Visit(
        turn.number, tuple(turn.frames), kept, "", gap, rung, reply, about=dict(about or {}), misses=misses
    )
    if shown := _shown(turn, visit):
        visit = replace(visit, shown=shown)
    table = _table(turn, visit)
    key = _used_key(turn, visit, table)
    wording = choose(turn, key, table)
    turn.used.append((key, wording.id))
    before = _in_place_of(turn, visit)
    turn.visits.append(replace(visit, wording=wording.id))
    turn.waiting = True
    message = replace(_message(turn, visit, wording), updates=before)
    turn.words = tuple((span.text, span.style) for span in message.spans)
    turn.do(message)
    turn.leads.clear()


def _in_place_of(turn: Turn, visit: Visit) -> int | None:
    """The question whose message turns into this one: the one just tapped, if both are of that kind and
    nothing was said since. It needs no closing then."""
    last = turn.tapped
    if last is None or visit.gap or last.gap or not turn.step.in_place:
        return None
    was = turn.library.dialogues[last.frame.dialogue].steps[last.frame.step]
    if not was.in_place or any(isinstance(effect, Say) for effect in turn.effects):
        return None
    turn.effects[:] = [e for e in turn.effects if not (isinstance(e, Close) and e.ask == last.ask)]
    return last.ask


def pass_by(turn: Turn) -> Visit:
    """Stand at a question without putting it: its answer is there already. Back finds it all the same."""
    turn.number += 1
    visit = Visit(turn.number, tuple(turn.frames), len(turn.answers), reply=turn.step.reply)
    visit = replace(visit, shown=_shown(turn, visit))
    turn.visits.append(visit)
    turn.words = ()
    return visit


def ask_again(turn: Turn) -> None:
    """Put the last question once more, under a new number; the old message loses its buttons."""
    visit = turn.visits.pop()
    if turn.waiting:
        turn.close(visit)
    turn.frames = list(visit.frames)
    ask(turn, visit.gap, rung=visit.rung, about=visit.about, misses=visit.misses)
    turn.visits[-1] = replace(turn.visits[-1], kept=visit.kept)


def put_away(turn: Turn, visit: Visit) -> None:
    """Take the button that shares a location from the bottom of the screen; only a message can do that."""
    if visit.reply == "location":
        turn.do(Say(phrase(turn, "unlocated"), closes_keyboard=True))


def offer_again(turn: Turn, raw: str, message_ids: tuple[int, ...] = ()) -> None:
    """Let the last question come back with words that may be its answer, for *Keep* to take them."""
    visit = turn.visits[-1]
    if not raw.strip():
        return
    previous = {"raw": raw, "ids": list(message_ids), "unread": True}
    turn.visits[-1] = replace(visit, about={**visit.about, "previous": previous})
    turn.lead(phrase(turn, "previous", previous=as_typed(raw, 80)))


def refresh_keyboard(turn: Turn, visit: Visit) -> None:
    """Show the buttons of the open question anew (another month, a ticked box)."""
    turn.visits[-1] = visit
    turn.do(Keyboard(visit.ask, keyboard(turn, visit)))


def show_items(turn: Turn, visit: Visit, *, anew: bool) -> None:
    """Say what stands on the list so far, with what earlier stretches of it brought.

    ``anew`` sends a message, else the last one is edited.
    """
    items = visit.about["items"]
    shown = numbered([*listed_before(turn, items), *items])
    spans = joined([*turn.leads, phrase(turn, "so_far", list=shown)])
    turn.leads.clear()
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


def listed_before(turn: Turn, items: Sequence[str]) -> list[str]:
    """What earlier stretches of the list brought."""
    return [item for item in turn.value(turn.step.saves) or () if item not in items]


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
    withheld = {id_ for id_, name in step.only if not condition(name)(turn)}
    choices = tuple(
        (id_, _labelled(turn, label))
        for id_, label in step.choices
        if id_ not in withheld and _has_words(turn, label)
    )
    return _shuffled(turn, choices) if step.shuffle else choices or _standard(turn, step)


def _has_words(turn: Turn, label: str) -> bool:
    """A label like ``{first_name}`` is offered only when there is such a thing."""
    return bool(_labelled(turn, label).strip())


def _labelled(turn: Turn, label: str) -> str:
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


def _used_key(turn: Turn, visit: Visit, table: tuple[Wording, ...]) -> str:
    """Under which name a wording counts as used: those for a second asking have ids of their own.

    Those of a scale count for the scale, wherever it is asked. The ladder's own wordings rotate over
    all questions, and so do those of the other probes.
    """
    key, scale = _key(turn, visit), scale_of(turn)
    if scale is not None and table is scale.ask:
        return f"scale.{at_hand(turn)}"
    probe = turn.library.common.probes.get(visit.gap)
    if probe is not None and table and (table is probe.ask or table is probe.again):
        return f"common/{visit.gap}{visit.rung or ''}"
    return f"{key}/again" if table and table is turn.step.again else key


def _table(turn: Turn, visit: Visit) -> tuple[Wording, ...]:
    """The wordings this question may be put in: first ones, or those for a second asking."""
    step, common = turn.step, turn.library.common
    if visit.gap == "dont_know":
        generic = common.probes["dont_know"]
        return (step.easier or generic.ask) if visit.rung == 1 else (generic.again or generic.ask)
    if visit.gap:
        return step.probe.get(visit.gap) or common.probes[visit.gap].ask
    first = wordings_of(turn, step)
    names = (_key(turn, visit), _used_key(turn, visit, first))
    asked = any(key in names for key, _ in turn.used)
    return step.again if asked and step.again else first


def _message(turn: Turn, visit: Visit, wording: Wording) -> Say:
    step = turn.step
    above = lines(turn, step.lines) if step.lines and not (visit.gap or visit.misses) else ()
    spans = (*_header(turn, visit), *joined([*turn.leads, above, filled(turn, wording)]))
    location = turn.library.label("share_location") if visit.reply == "location" else ""
    return Say(
        spans,
        () if location else keyboard(turn, visit),
        ask=visit.ask,
        step=_key(turn, visit),
        wording=wording.id,
        location=location,
    )


def _header(turn: Turn, visit: Visit) -> tuple[Span, ...]:
    """The progress line, where the step belongs to a phase."""
    phase = phase_label(turn)
    if not phase or visit.gap or not all(counts(turn, frame.dialogue) for frame in turn.frames):
        return ()
    here, total = item_position(turn) if turn.item else (position(turn), 0)
    if turn.item and total < SEVERAL:
        return ()
    line = phrase(turn, "progress", phase=phase, position=here, total=total or here + ahead(turn))
    return (*line, Span("\n"))


def keyboard(turn: Turn, visit: Visit) -> Rows:
    """All rows of buttons of a question: its answers, then the controls."""
    label = turn.library.label
    step = turn.step
    fine = (Button(label("fine"), "_fine"),) if visit.gap and visit.gap not in NOT_FINE else ()
    keep = (Button(label("keep"), "_keep"),) if visit.about.get("previous") else ()
    done = (Button(label("done"), "_done"),) if visit.about.get("raws") or visit.reply == "multi" else ()
    rows = (*_answer_rows(turn, visit), (*fine, *keep, *done), control_row(turn, step, visit))
    return tuple(row for row in rows if row)


def _answer_rows(turn: Turn, visit: Visit) -> Rows:
    if visit.reply == "scale" and not visit.shown:
        return scale_rows()
    if month := visit.about.get("month"):
        return calendar_rows(turn.library, dt.date.fromisoformat(f"{month}-01"), turn.local_now.date())
    return choice_rows(visit.shown, turn.step.danger, tuple(visit.about.get("picked", ())))
