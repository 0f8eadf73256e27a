"""What storage would remember of steps and numbers, held in memory for a conversation that is played."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flows import effects as do
from flows.effects import Effect
from flows.keeping import id_of, made, noted
from flows.values import Action, Person, Point, Reviewed, replace

OUTCOMES = ("done", "partly", "not_yet", "changed", "irrelevant")


@dataclass
class Memory:
    """Steps, reviews and numbers of one person; an answer that is taken back takes back what it did."""

    actions: dict[str, Action] = field(default_factory=dict)
    reviewed: list[Reviewed] = field(default_factory=list)
    points: list[tuple[str, Point]] = field(default_factory=list)
    _before: list[tuple[str, str, Action | None, int]] = field(default_factory=list)

    def of(self, person: Person) -> Person:
        """The person with what is remembered of them."""
        points = tuple(point for _, point in self.points)
        return replace(
            person, actions=tuple(self.actions.values()), reviewed=tuple(self.reviewed), points=points
        )

    def note(self, session: str, effect: Effect, at: dt.datetime) -> None:
        """Do what an effect of this session does to what is remembered."""
        match effect:
            case do.KeepAction():
                self._keep(session, effect, at)
            case do.NoteAction() if effect.action in self.actions:
                self._change(f"{session}:{effect.ask}", effect, at)
            case do.Score():
                self.points.append((f"{session}:{effect.ask}", Point(effect.scale, effect.value, at)))
            case do.Supersede():
                self._take_back(f"{session}:{effect.ask}")
            case do.Forget():
                self.actions = {
                    id_: kept for id_, kept in self.actions.items() if not id_.startswith(session)
                }

    def _keep(self, session: str, effect: do.KeepAction, at: dt.datetime) -> None:
        id_ = effect.action or id_of(session, effect.name)
        old = self.actions.get(id_)
        self._before.append((f"{session}:{effect.ask}", id_, old, len(self.reviewed)))
        self.actions[id_] = made(id_, effect, old, at)

    def _change(self, ask: str, effect: do.NoteAction, at: dt.datetime) -> None:
        old = self.actions[effect.action]
        self._before.append((ask, old.id, old, len(self.reviewed)))
        if effect.kind in OUTCOMES:
            self.reviewed.append(Reviewed(at, effect.kind, old.words, old.due, old.confidence, action=old.id))
        if effect.kind == "reason" and self.reviewed:
            kind, said = str(effect.said.get("kind") or ""), str(effect.said.get("words") or "")
            self.reviewed[-1] = replace(self.reviewed[-1], reason=kind, said=said)
        new = noted(old, effect)
        if new is None:
            del self.actions[old.id]
        else:
            self.actions[old.id] = new

    def _take_back(self, ask: str) -> None:
        self.points = [(key, point) for key, point in self.points if key != ask]
        while self._before and self._before[-1][0] == ask:
            _, id_, old, reviews = self._before.pop()
            del self.reviewed[reviews:]
            if old is not None:
                self.actions[id_] = old
            else:
                self.actions.pop(id_, None)
