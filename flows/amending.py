"""Answers that change after they were given: by an edited message, or by words that join them."""

from __future__ import annotations

from typing import Any

from flows.actions import keep_action
from flows.asides import covers
from flows.effects import CorrectStored, Supersede, Withdraw
from flows.events import Edited, Replied
from flows.hearing import hear
from flows.phrasing import phrase
from flows.quoting import as_typed
from flows.reading.lists import read_items
from flows.reminding import plan_reminder_anew
from flows.replying import reply
from flows.session import Answer, Frame, Visit
from flows.turn import Turn
from flows.values import replace

QUOTE = 80
LISTED = ("items", "raws")  # a list so far; its words are read again, with those that came after them
STEP_FIELDS = ("action", "due", "confidence", "obstacle", "if_then", "support", "reason")


def edited(turn: Turn, event: Edited) -> None:
    """An edited message corrects the answer it belongs to and leads nowhere else."""
    for place, answer in enumerate(turn.answers):
        if event.message_id not in answer.message_ids:
            continue
        raw = _with_edit(answer, event)
        if event.text.strip() and raw and raw != answer.raw:
            _correct(turn, place, raw)
            turn.lead(phrase(turn, "corrected", new=as_typed(event.text, QUOTE)))
            turn.say()
        return
    turn.do(CorrectStored(event.message_id, event.text))


def _with_edit(answer: Answer, event: Edited) -> str:
    """The words with the edited message in its place; nothing if its place cannot be told."""
    if len(answer.message_ids) == 1:
        return event.text
    parts = answer.raw.split("\n")
    if len(parts) != len(answer.message_ids):
        return ""
    parts[answer.message_ids.index(event.message_id)] = event.text
    return "\n".join(parts)


def _correct(turn: Turn, place: int, raw: str) -> None:
    """Let an answer say something else; a step and a reminder made from it follow."""
    answer = turn.answers[place]
    turn.amend(place, replace(answer, raw=raw, value=_read_anew(turn, answer, raw)))
    if answer.field in STEP_FIELDS and turn.value("action"):
        keep_action(turn)
    if answer.field in STEP_FIELDS and turn.value("reminder") in ("at", "evening"):
        plan_reminder_anew(turn)


def _read_anew(turn: Turn, answer: Answer, raw: str) -> Any:
    """The value of corrected words; where they say nothing that fits, the old one stays."""
    if isinstance(answer.value, str) and turn.library.fields.get(answer.field) is not None:
        return raw if turn.library.fields[answer.field].kind == "text" else answer.value
    if isinstance(answer.value, list):
        items = list(read_items(raw))
        return items if items and all(isinstance(item, str) for item in answer.value) else answer.value
    if answer.value is None or answer.dialogue not in turn.library.dialogues:
        return answer.value
    return _heard_anew(turn, answer, raw)


def _heard_anew(turn: Turn, answer: Answer, raw: str) -> Any:
    """Numbers, days and plans are read as the step reads them."""
    dialogue = turn.library.dialogues[answer.dialogue]
    if answer.step not in dialogue.steps:
        return answer.value
    frames = turn.frames
    there = Frame(dialogue.name, dialogue.version, answer.step, answer.scope)
    turn.frames = [there]
    try:
        visit = Visit(answer.ask, (there,), 0, reply=turn.step.reply)
        heard = hear(turn, visit, Replied(turn.at, raw, 0))
    finally:
        turn.frames = frames
    return answer.value if isinstance(heard, str) or heard.value is None else heard.value


def joins(turn: Turn) -> bool:
    """Whether a message that came before the open question was seen belongs to the answer before it."""
    if len(turn.visits) < 2 or not turn.answers:
        return False
    now, before = turn.visits[-1], turn.visits[-2]
    collecting = bool(now.about.get("raws")) or now.ask == before.ask
    return not collecting and covers(turn, now) == covers(turn, before) and _given(turn, before) is not None


def _given(turn: Turn, before: Visit) -> int | None:
    """Where the answer stands that the question before was given."""
    for place in range(len(turn.answers) - 1, -1, -1):
        answer = turn.answers[place]
        if answer.step == before.frame.step and answer.dialogue == before.frame.dialogue:
            return place
    return None


def join(turn: Turn, event: Replied) -> None:
    """Words that follow an answer at once belong to it; the question after it was not seen yet.

    Where the answer was in words it is read again as a whole, and may lead elsewhere. Another one
    keeps its value, and the words are kept with it.
    """
    unseen, before = turn.visits[-1], turn.visits[-2]
    if before.reply in ("text", "list") and not before.gap:
        _answer_anew(turn, unseen, before, event)
        return
    place = _given(turn, before)
    if place is None:
        return
    answer = turn.answers[place]
    ids = (*answer.message_ids, event.message_id)
    raw = "\n".join(part for part in (answer.raw, event.text) if part)
    value = raw if isinstance(answer.value, str) and before.gap == "empty" else answer.value
    turn.amend(place, replace(answer, raw=raw, value=value, message_ids=ids))


def _answer_anew(turn: Turn, unseen: Visit, before: Visit, event: Replied) -> None:
    """Take the unseen question back and answer the one before with all the words."""
    turn.visits = turn.visits[:-2]
    turn.do(Withdraw(unseen.ask))
    answered = turn.answers[before.kept :]
    for answer in answered:
        turn.do(Supersede(answer.ask))
    turn.answers = turn.answers[: before.kept]
    turn.frames = list(before.frames)
    ids = [id_ for answer in answered[:1] for id_ in answer.message_ids]
    asked = {key: value for key, value in before.about.items() if key not in LISTED}
    turn.visits.append(replace(before, about={**asked, "ids": ids}))
    key = f"{unseen.frame.dialogue}.{unseen.frame.step}"
    turn.used = [use for use in turn.used if use != (key, unseen.wording)]
    text = "\n".join(part for part in (*(answer.raw for answer in answered[:1]), event.text) if part)
    reply(turn, turn.visits[-1], replace(event, text=text))
