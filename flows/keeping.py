"""What effects do to a person's steps, as values: for the turn that shows them before they are stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flows import effects as do
from flows.effects import Effect
from flows.values import Action, replace

CLOSED = ("done", "dropped")


def after(
    actions: Iterable[Action], effects: Iterable[Effect], session: str, at: dt.datetime
) -> tuple[Action, ...]:
    """The open steps once these effects of a session are carried out."""
    kept = {action.id: action for action in actions}
    for effect in effects:
        if isinstance(effect, do.KeepAction):
            id_ = effect.action or id_of(session, effect.name)
            kept[id_] = made(id_, effect, kept.get(id_), at)
        elif isinstance(effect, do.NoteAction) and effect.action in kept:
            changed = noted(kept[effect.action], effect)
            if changed is None:
                del kept[effect.action]
            else:
                kept[effect.action] = changed
    return tuple(kept.values())


def id_of(session: str, name: str) -> str:
    """An id for a step that has none yet."""
    return f"{session}-{name}"


def made(id_: str, effect: do.KeepAction, old: Action | None, at: dt.datetime) -> Action:
    """The step that an effect makes, in the place of an old one."""
    return Action(
        id=id_,
        words=effect.words,
        made=old.made if old else at,
        due=effect.due,
        zone=effect.zone,
        confidence=effect.confidence,
        obstacle=effect.obstacle,
        cue=effect.cue,
        response=effect.response,
        smallest=effect.smallest,
        support=effect.support,
        why=effect.why,
        reminder=effect.reminder,
        due_words=effect.due_words,
        remind_minutes=effect.remind_minutes,
        undone=old.undone if old else 0,
    )


def noted(old: Action, effect: do.NoteAction) -> Action | None:
    """The step as an entry in its history leaves it; None if that closes it."""
    if effect.status in CLOSED:
        return None
    changes = {
        name: value for name in ("due", "undone", "snoozed") if (value := getattr(effect, name)) is not None
    }
    if effect.due is not None:  # a time that was asked for belonged to the day before
        changes |= {"due_words": effect.due_words, "remind_minutes": None}
    parked = effect.status == "parked" or (old.parked and not effect.status)
    return replace(old, parked=parked, **changes)
