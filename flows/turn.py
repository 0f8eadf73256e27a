"""The one mutable thing: a turn, which works on a copy of the session and dies with the call.

It collects effects; it decides nothing by itself.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from flows.definitions import Dialogue, Step
from flows.effects import Close, Effect, Know, Remember, Say, Score, Span, Supersede
from flows.keeping import after
from flows.session import Answer, Frame, Session, Visit
from flows.values import Action, Person, replace

if TYPE_CHECKING:
    from flows.library import Library

GAP = Span("\n\n")


class Heard(Struct, frozen=True):
    """What an answer was understood to say.

    ``value`` is JSON-ready or None; ``shown`` is the answer as it will stand in the closed question.
    ``choice`` is the id of the choice taken. ``items`` are several readings among which to ask back.
    """

    raw: str
    value: Any = None
    shown: str = ""
    choice: str = ""
    items: tuple[Any, ...] = ()
    signals: tuple[str, ...] = ()
    message_ids: tuple[int, ...] = ()
    skipped: bool = False

    @property
    def missed(self) -> bool:
        """Whether nothing was understood, although something was said."""
        return self.value is None and not (self.skipped or self.choice)


class Turn(Struct):
    """One event being handled: the library, the person, a working copy of the session, the effects."""

    library: Library
    person: Person
    session: Session
    at: dt.datetime
    frames: list[Frame]
    answers: list[Answer]
    visits: list[Visit]
    number: int
    state: str = ""
    heard: Heard | None = None
    leads: list[tuple[Span, ...]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    used: list[tuple[str, str]] = field(default_factory=list)
    waiting: bool = False
    paused: bool = False
    held: str = ""
    afterwards: str = ""
    ended: str = ""
    jumped: bool = False
    last_choice: str = ""
    answered_before: bool = False
    tapped: Visit | None = None
    quoted: str = ""
    budget: dict[str, Any] = field(default_factory=dict)
    words: tuple[tuple[str, str], ...] = ()
    late_effects: list[Effect] = field(default_factory=list)
    known: dict[str, str | int | None] = field(default_factory=dict)
    granted: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library, person: Person, session: Session, at: dt.datetime) -> Turn:
        """A turn over a copy of this session; time never runs backwards in it."""
        return cls(
            library=library,
            person=person,
            session=session,
            at=max(_whole_ms(at), session.at),
            frames=list(session.frames),
            answers=list(session.answers),
            visits=list(session.visits),
            number=session.number,
            waiting=session.waiting,
            paused=session.paused,
            held=session.held,
            used=list(session.used),
            words=session.words,
            budget=session.budget,
        )

    def result(self) -> Session:
        """The session after the turn."""
        return replace(
            self.session,
            at=self.at,
            frames=tuple(self.frames),
            number=self.number,
            answers=tuple(self.answers),
            visits=tuple(self.visits),
            waiting=self.waiting,
            paused=self.paused,
            held=self.held,
            used=tuple(self.used),
            words=self.words,
            budget=self.budget,
        )

    @property
    def frame(self) -> Frame:
        """The frame on top of the stack."""
        return self.frames[-1]

    @property
    def origin(self) -> str:
        """The dialogue the session began with, also when its stack is empty."""
        if self.session.frames:
            return self.session.frames[0].dialogue
        return self.visits[0].frames[0].dialogue if self.visits else ""

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue of the frame on top."""
        return self.library.dialogues[self.frames[-1].dialogue]

    @property
    def step(self) -> Step:
        """The step the frame on top stands at."""
        frame = self.frames[-1]
        return self.library.dialogues[frame.dialogue].steps[frame.step]

    @property
    def item(self) -> str:
        """The item at hand of the innermost part that is repeated for items; "" outside of one."""
        return next((frame.item for frame in reversed(self.frames) if frame.item), "")

    @property
    def actions(self) -> tuple[Action, ...]:
        """The person's open steps, as of this turn."""
        return after(self.person.actions, self.effects, self.session.id, self.at)

    @property
    def zone(self) -> str:
        """The person's zone, as of this turn; UTC while none is known."""
        return str(self.known.get("zone") or self.person.zone or "UTC")

    @property
    def zone_known(self) -> bool:
        """Whether the person's zone is known, as of this turn."""
        return bool(self.known.get("zone") or self.person.zone)

    @property
    def local_now(self) -> dt.datetime:
        """The time of the event on the person's clock."""
        return self.at.astimezone(ZoneInfo(self.zone))

    def go_to(self, step: str) -> None:
        """Let the frame on top stand at another step."""
        self.frames[-1] = replace(self.frames[-1], step=step)

    @property
    def quiet(self) -> tuple[int, int]:
        """The person's quiet hours, as of this turn."""
        begin, end = self.known.get("quiet_from"), self.known.get("quiet_until")
        return (
            begin if isinstance(begin, int) else self.person.quiet[0],
            end if isinstance(end, int) else self.person.quiet[1],
        )

    def answer(self, field_name: str) -> Answer | None:
        """The newest answer that saved this field, in this scope or a shared one.

        One that was skipped takes nothing away from an earlier one.
        """
        scope = self.frames[-1].scope if self.frames else ""
        skipped = None
        for answer in reversed(self.answers):
            if answer.field == field_name and answer.scope in (scope, ""):
                if not answer.skipped:
                    return answer
                skipped = skipped or answer
        return skipped

    def value(self, field_name: str) -> Any:
        """The value of a field, or None if it was never answered or was skipped.

        Lists that several steps add to (options and their stretches) count together.
        """
        known = self.library.fields.get(field_name)
        if known is not None and known.kind == "list":
            return self._gathered(field_name)
        answer = self.answer(field_name)
        return None if answer is None or answer.skipped else answer.value

    def _gathered(self, field_name: str) -> list[Any] | None:
        scope = self.frame.scope if self.frames else ""
        parts = [
            answer.value
            for answer in self.answers
            if answer.field == field_name and not answer.skipped and answer.scope in (scope, "")
        ]
        items = [item for part in parts if isinstance(part, list) for item in part]
        return list(dict.fromkeys(items)) or None

    def answer_at(self, dialogue: str, step: str) -> Answer | None:
        """The newest answer given at a step."""
        for answer in reversed(self.answers):
            if answer.step == step and answer.dialogue == dialogue:
                return answer
        return None

    def fact(self, name: str) -> str:
        """A fact handed over at the start of the session, or one known of the person; "" if none."""
        for key, value in self.session.facts:
            if key == name:
                return value
        return self.person.facts.get(name, "")

    def agreed(self, purpose: str) -> bool:
        """Whether the person consents to this purpose, as of this turn."""
        return self.granted.get(purpose, purpose in self.person.consents)

    def know(self, what: str, value: str | int | None) -> None:
        """Set a property of the person, for this turn and for good."""
        self.known[what] = value
        self.do(Know(what, value))

    def set(self, field_name: str, value: Any, raw: str = "") -> None:
        """Save a field that no question asked for (an action's result)."""
        here = self.frame
        self.answers.append(Answer(self.number, here.dialogue, here.step, here.scope, field_name, value, raw))

    def do(self, *effects: Effect) -> None:
        """Add effects."""
        self.effects.extend(effects)

    def close(self, visit: Visit, shown: str = "") -> None:
        """Take the buttons from a question and show the answer in it, if there is something to show."""
        spans = tuple(Span(text, style) for text, style in self.words) if shown else ()
        self.do(Close(visit.ask, shown if spans else "", spans))

    def lead(self, spans: tuple[Span, ...]) -> None:
        """Put a short line in front of the next message."""
        if spans:
            self.leads.append(spans)

    def say(self, *paragraphs: tuple[Span, ...]) -> None:
        """Send a message that asks nothing, led by what was waiting to be said."""
        spans = joined([*self.leads, *paragraphs])
        self.leads.clear()
        if spans:
            self.do(Say(spans))

    def remember(self, answer: Answer, signals: tuple[str, ...] = ()) -> None:
        """Keep an answer in the session, and for good if the person agreed to that."""
        self.answers.append(answer)
        self.store(answer, signals)

    def store(self, answer: Answer, signals: tuple[str, ...] = ()) -> None:
        """Keep an answer for good, if the person agreed to that; a number that is followed gets a row."""
        if not (self.agreed("remember") and self.library.is_kept(answer.field)):
            return
        self.do(stored(answer, self.at, signals))
        if self.library.fields[answer.field].table == "score" and isinstance(answer.value, int):
            self.do(Score(answer.ask, self._scale_of(answer), answer.value, self.at))

    def _scale_of(self, answer: Answer) -> str:
        """A rating belongs to the scale that was asked about; other numbers are scales by their own name."""
        return str(self.value("scale") or answer.field) if answer.field == "rating" else answer.field

    def amend(self, place: int, better: Answer, signals: tuple[str, ...] = ()) -> None:
        """Put a better version of an answer in its place; what shares its ask is stored with it."""
        old = self.answers[place].ask
        self.do(Supersede(old))
        self.answers[place] = better
        for answer in self.answers:
            if answer is better:
                self.store(answer, signals)
            elif answer.ask == old:
                self.store(answer)


def stored(answer: Answer, at: dt.datetime, signals: tuple[str, ...] = ()) -> Remember:
    """The effect that stores an answer."""
    return Remember(
        ask=answer.ask,
        step=f"{answer.dialogue}.{answer.step}",
        field=answer.field,
        value=answer.value,
        raw=answer.raw,
        at=at,
        message_ids=answer.message_ids,
        skipped=answer.skipped,
        signals=signals,
    )


def joined(paragraphs: list[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Paragraphs with an empty line between them."""
    spans: list[Span] = []
    for paragraph in paragraphs:
        if spans and paragraph:
            spans.append(GAP)
        spans.extend(paragraph)
    return tuple(spans)


def _whole_ms(at: dt.datetime) -> dt.datetime:
    """A session keeps its time in milliseconds."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
