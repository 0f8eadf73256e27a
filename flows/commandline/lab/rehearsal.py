"""The player with a memory of what it did: every effect for counting, planned messages for their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flows import effects as do
from flows.commandline.lab.acting import root_of
from flows.commandline.player import Player, Shown
from flows.effects import Effect
from flows.nudges import compose
from flows.nudging import Decision, Due
from flows.rhythm import ACTION, Appointment
from flows.session import Session
from flows.values import Moment, replace

READING = 8  # seconds: some 25 words at 238 a minute (Brysbaert 2019), and a look at the buttons
THINKING = 12  # seconds before the first word: our own estimate
TYPED_A_MINUTE = 36.2  # words a minute on a phone (Palin et al. 2019, 37,000 people)


@dataclass(frozen=True, slots=True)
class Noted:
    """An effect and the session it belongs to; both names are "" where there was none."""

    session: str
    dialogue: str
    effect: Effect


@dataclass
class Rehearsal(Player):
    """One person's chat over weeks: time is moved from outside, planned messages come at their time."""

    log: list[Noted] = field(default_factory=list)
    due: dict[tuple[str, str], do.RemindAt] = field(default_factory=dict)

    def answer_takes(self, words: str, *, tapped: bool) -> dt.datetime:
        """Let the time go by that an answer takes on a phone, and return when it is there."""
        typing = 0.0 if tapped else THINKING + len(words.split()) * 60 / TYPED_A_MINUTE
        self.at += dt.timedelta(seconds=round(READING + typing))
        return self.at

    def wait(self, until: dt.datetime) -> list[tuple[dt.datetime, do.RemindAt]]:
        """Move the clock on; the planned messages whose time that brings, in their order."""
        coming = sorted(((_instant(plan), key) for key, plan in self.due.items()), key=lambda pair: pair[0])
        self.at = until
        return [(at, self._worded(self.due.pop(key))) for at, key in coming if at <= until]

    def _worded(self, plan: do.RemindAt) -> do.RemindAt:
        """The reminder of a step as it is sent: its words are found only then."""
        steps = [step for step in self.person.actions if step.due is not None and not step.parked]
        if plan.spans or not steps:
            return plan
        step = min(steps, key=lambda step: abs((step.due.day if step.due else plan.day) - plan.day))
        place = Appointment(ACTION, ACTION, Moment(plan.day, plan.minutes), plan.zone)
        due = Due("planned", place, step.made, _instant(plan), step.id)
        nudge = compose(self.library, self.person, Decision((), due), _instant(plan))
        return replace(plan, spans=nudge.say.spans, rows=nudge.say.rows) if nudge else plan

    def _perform(self, session: Session | None, effect: Effect) -> Iterator[Shown]:
        id_ = session.id if session else ""
        self.log.append(Noted(id_, root_of(session) if session else "", effect))
        if isinstance(effect, do.RemindAt):
            self.due[id_, effect.name] = effect
        elif isinstance(effect, do.DropReminder):
            self.due.pop((id_, effect.name), None)
        elif isinstance(effect, do.Erase):
            self.due.clear()
        yield from super()._perform(session, effect)


def _instant(plan: do.RemindAt) -> dt.datetime:
    clock = dt.time(*divmod(plan.minutes, 60))
    return dt.datetime.combine(plan.day, clock, ZoneInfo(plan.zone)).astimezone(dt.UTC)
