"""A driver for conversations: it does what bot/performance.py does, in memory, and checks every turn."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows import effects as do
from flows.commandline.memory import Memory
from flows.effects import Effect, Say
from flows.engine import Result, advance, start
from flows.events import Chose, Commanded, Edited, Event, Located, Replied, Resumed, Returned, Showed, Started
from flows.library import Library
from flows.markup import plain
from flows.phrasing import with_used
from flows.reception import receive
from flows.session import Session, Visit
from flows.values import Paused, Person, Place, replace

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
PLACES = {
    "berlin": (Place("Berlin", "Germany", "Europe/Berlin"),),
    "springfield": (
        Place("Springfield", "Missouri, US", "America/Chicago"),
        Place("Springfield", "Massachusetts, US", "America/New_York"),
    ),
}
LONG = {"flows.settings", "flows.menu"}
WORD = re.compile(r"[^\W_]+(?:[’'.:/-][^\W_]+)*")
ENGINE_PHRASES = ("list_full", "so_far")


@dataclass
class Talk:
    """One person's chat: their events go in, the transcript, what was kept and planned come out."""

    library: Library
    person: Person
    at: dt.datetime = MONDAY
    session: Session | None = None
    resting: dict[str, Session] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    turn: list[Effect] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    answers: list[tuple[str, do.Remember]] = field(default_factory=list)
    action: do.KeepAction | None = None
    planned: dict[tuple[str, str], do.RemindAt] = field(default_factory=dict)
    erased: bool = False
    tapped: Chose | None = None
    wrote: dict[str, int] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    made: int = 0
    message: int = 100

    def __post_init__(self) -> None:
        self.memory.actions = {action.id: action for action in self.person.actions}
        self.memory.reviewed = list(self.person.reviewed)
        self.memory.points = [("", point) for point in self.person.points]

    # ------------------------------------------------------------ what a person does

    def begin(self, dialogue: str, *facts: tuple[str, str], chose: str = "") -> Talk:
        """Begin a dialogue as a new session, its first question answered already if ``chose`` says so."""
        self.turn = []
        self._start(Started(self.at, dialogue, facts=facts, chose=chose))
        return self

    def type(self, text: str, **more: bool) -> Talk:
        """Write a message."""
        self.message += 1
        self.wrote[text] = self.message
        places = PLACES.get(text.casefold(), ()) if self._asks_place() else ()
        shown = f"(at once) {text}" if more else text
        return self.send(Replied(self._tick(), text, self.message, places=places, **more), shown)

    def tap(self, label: str) -> Talk:
        """Tap the button with this label under the open question."""
        for button in self.buttons():
            if button.label == label:
                return self.choose(button.choice, label)
        raise AssertionError(f"no button “{label}”; there are {[b.label for b in self.buttons()]}")

    def choose(self, choice: str, label: str = "") -> Talk:
        """Tap the choice with this id."""
        assert self.session is not None
        self.tapped = Chose(self._tick(), self.session.short, self.session.number, choice)
        return self.send(self.tapped, f"[{label or choice}]")

    def tap_again(self) -> Talk:
        """Tap the last button once more: by now it belongs to an earlier question."""
        assert self.tapped is not None
        return self.send(replace(self.tapped, at=self._tick()), "(taps it again)")

    def resume_from(self, label: str = "Go on") -> Talk:
        """Tap the button under the message that brings a paused talk back."""
        paused = self.person.paused[0]
        return self.send(Chose(self._tick(), paused.session[-8:], 0, "resume"), f"(taps “{label}” there)")

    def command(self, name: str) -> Talk:
        """Send a command."""
        self.message += 1
        return self.send(Commanded(self._tick(), name, "", self.message), f"/{name}")

    def edit(self, number: int, text: str) -> Talk:
        """Edit an earlier message."""
        old = next((words for words, id_ in self.wrote.items() if id_ == number), "")
        return self.send(Edited(self._tick(), text, number), f"(edits “{old}”) {text}")

    def show(self, what: str) -> Talk:
        """Send something without words."""
        self.message += 1
        return self.send(Showed(self._tick(), what, self.message), f"({what})")

    def locate(self, zone: str) -> Talk:
        """Share a location."""
        self.message += 1
        return self.send(Located(self._tick(), zone, self.message), "(shares a location)")

    def wait(self, **gap: int) -> Talk:
        """Let time go by."""
        self.at += dt.timedelta(**gap)
        words = ", ".join(f"{count} {unit}" for unit, count in gap.items())
        self.lines.append(f"\n_{words} later_\n")
        return self

    # ------------------------------------------------------------ how it is carried out

    def send(self, event: Event, shown: str = "") -> Talk:
        """Hand an event over, twice, and carry out what comes of it."""
        if shown:
            self.lines.append(f"**{self.person.first_name}:** {shown}\n")
        self.turn = []
        before = self.session
        result = receive(self.library, self.person, before, event)
        assert result == receive(self.library, self.person, before, event), "same input, same output"
        self._settle(before, result)
        return self

    def buttons(self) -> list[do.Button]:
        """The buttons that are shown last."""
        shown = [e for e in self.effects if isinstance(e, Say | do.Keyboard) and e.rows]
        return [button for row in shown[-1].rows for button in row] if shown else []

    def said(self) -> str:
        """What was said in this turn."""
        return "\n\n".join(plain(effect.spans) for effect in self.turn if isinstance(effect, Say))

    def value(self, field_name: str) -> object:
        """The newest value kept in the session."""
        assert self.session is not None
        given = [a for a in self.session.answers if a.field == field_name and not a.skipped]
        return given[-1].value if given else None

    @property
    def step(self) -> str:
        """Where the open question stands."""
        assert self.session is not None and self.session.open is not None
        visit = self.session.open
        name = f"{visit.frame.dialogue}.{visit.frame.step}"
        return f"{name}/{visit.gap}" if visit.gap else name

    def kept(self, field_name: str) -> list[object]:
        """The values of a field that storage holds and that count."""
        return [answer.value for _, answer in self.answers if answer.field == field_name]

    def _asks_place(self) -> bool:
        visit = self.session.open if self.session else None
        return visit is not None and visit.reply == "place"

    def _tick(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=20)
        return self.at

    def _start(self, event: Started) -> None:
        self.made += 1
        session_id = f"{self.made:024x}abcdef{self.made:02x}"
        result = start(self.library, self.person, session_id, event)
        assert result == start(self.library, self.person, session_id, event)
        self._settle(result[0] or Session(id=session_id, at=event.at, frames=()), result)

    def _settle(self, before: Session | None, result: Result) -> None:
        after, effects = result
        check_turn(self.library, before, after, effects, self.numbers)
        self.session = after
        if after is not None:
            self.session = Session.from_json(json.loads(json.dumps(after.to_json())))
            assert self.session == after
            assert Session.from_bytes(after.to_bytes()) == after
        owner = after or before
        for effect in effects:
            self._perform(owner, effect)
        if after is not None and after.paused:
            self.session = None
        for effect in effects:
            self._follow(effect)

    def _follow(self, effect: Effect) -> None:
        if isinstance(effect, do.Begin | do.Resume) and self.session is not None:
            self._rest(self.session, "", "")
        if isinstance(effect, do.Begin):
            event = Started(
                self.at, effect.dialogue, effect.opener, effect.message_id, effect.facts, effect.chose
            )
            self._start(event)
        elif isinstance(effect, do.Resume) and effect.session in self.resting:
            session = self.resting.pop(effect.session)
            self._list_paused()
            event = Resumed(self.at, effect.text, effect.message_id)
            self._settle(session, advance(self.library, self.person, session, event))

    def _perform(self, owner: Session | None, effect: Effect) -> None:
        self.effects.append(effect)
        self.turn.append(effect)
        self.memory.note(owner.id if owner else "", effect, self.at)
        self.person = self.memory.of(self.person)
        self.lines += transcript(effect)
        match effect:
            case do.Remember():
                assert owner is not None
                self.answers.append((f"{owner.id}:{effect.ask}", effect))
            case do.Supersede():
                assert owner is not None
                gone = f"{owner.id}:{effect.ask}"
                self.answers = [(key, answer) for key, answer in self.answers if key != gone]
            case do.Know():
                self._know(effect)
            case do.Consent():
                others = self.person.consents - {effect.purpose}
                added = {effect.purpose} if effect.given else set()
                self.person = replace(self.person, consents=others | added)
            case do.SetRhythm():
                self.person = replace(self.person, rhythm=effect.rhythm)
            case do.KeepFact():
                self.person = replace(self.person, facts={**self.person.facts, effect.name: effect.value})
            case do.KeepAction():
                self.action = effect
            case do.RemindAt():
                assert owner is not None
                self.planned[owner.id, effect.name] = effect
            case do.DropReminder():
                assert owner is not None
                self.planned.pop((owner.id, effect.name), None)
            case do.Finish():
                facts = {**self.person.facts, **dict(effect.facts)}
                sessions = self.person.sessions + (effect.outcome == "done")
                used = with_used(self.person.used, effect.used)
                self.person = replace(self.person, facts=facts, sessions=sessions, used=used)
            case do.Forget():
                assert owner is not None
                self.answers = [(k, a) for k, a in self.answers if not k.startswith(owner.id)]
                self.action = None
            case do.Pause():
                assert owner is not None
                self.person = replace(self.person, used=with_used(self.person.used, effect.used))
                self._rest(owner, effect.where, effect.topic)
            case do.Erase():
                self.erased = True

    def _know(self, effect: do.Know) -> None:
        if effect.what in ("name", "zone", "country"):
            self.person = replace(self.person, **{effect.what: effect.value})
        elif effect.what in ("quiet_from", "quiet_until") and isinstance(effect.value, int):
            begin, end = self.person.quiet
            quiet = (effect.value, end) if effect.what == "quiet_from" else (begin, effect.value)
            self.person = replace(self.person, quiet=quiet)

    def _rest(self, session: Session, where: str, topic: str) -> None:
        self.resting[session.id] = session
        dialogue = session.frames[0].dialogue
        paused = Paused(session.id, dialogue, self.at, where, topic)
        kept = tuple(rest for rest in self.person.paused if rest.session != session.id)
        self.person = replace(self.person, paused=(paused, *kept))
        self.session = None

    def _list_paused(self) -> None:
        kept = tuple(rest for rest in self.person.paused if rest.session in self.resting)
        self.person = replace(self.person, paused=kept)


def transcript(effect: Effect) -> list[str]:
    """How an effect reads in a conversation file; most are not seen in it."""
    if isinstance(effect, Say):
        text = plain(effect.spans).replace("\n", "\n> ")
        buttons = [" ".join(f"[{button.label}]" for button in row) for row in effect.rows]
        if effect.location:
            buttons.append(f"[{effect.location}]")
        edited = " _(edited)_" if effect.updates is not None else ""
        shown = [f"> {row}" for row in buttons]
        return ["\n".join([f"**Cairn:**{edited}\n>\n> {text}", *([">"] if shown else []), *shown]) + "\n"]
    if isinstance(effect, do.Chart):
        numbers = " ".join(f"{day:%d.%m.}={number}" for day, number in effect.points)
        return [f"**Cairn:** _(a chart)_\n>\n> {plain(effect.caption)}\n>\n> {numbers}\n"]
    if isinstance(effect, do.Keyboard):
        rows = [" ".join(f"[{button.label}]" for button in row) for row in effect.rows]
        return ["\n".join(["**Cairn:** _(other buttons)_", ">", *(f"> {row}" for row in rows)]) + "\n"]
    return []


# ---------------------------------------------------------------- what holds after every turn


def check_turn(
    library: Library,
    before: Session | None,
    after: Session | None,
    effects: tuple[Effect, ...],
    numbers: dict[str, int],
) -> None:
    """The invariants of a turn; each failure says which one."""
    for effect in effects:
        json.dumps(as_json(effect)).encode()
    says = [effect for effect in effects if isinstance(effect, Say)]
    for say in says:
        check_message(library, after or before, say)
    ended = after is None or after.paused
    moved = any(isinstance(effect, do.Begin | do.Resume) for effect in effects)
    if after is not None and not ended:
        assert after.waiting and after.visits, "a question is open"
        number = after.visits[-1].ask
        assert number == after.number, "the open question has the newest number"
        if not (before is not None and before.visits and before.number == number) and not moved:
            assert [s.ask for s in says if s.ask is not None][-1:] == [number], "the question was sent"
        _check_numbers(after, says, numbers)
        check_wordings(library, after)
        assert after.visits[-1].frames == after.frames, "it stands where it asks"
        asks = [visit.ask for visit in after.visits]
        assert asks == sorted(set(asks)), "ask numbers increase"
    elif after is None and before is not None and is_talk(library, before):
        assert says or moved, "a talk does not end without a word"


def is_talk(library: Library, session: Session) -> bool:
    """Whether it is no menu or setting, which may close with the answer shown."""
    return not session.frames or library.dialogues[session.frames[0].dialogue].name in (
        "grow",
        "review",
        "checkin",
    )


def _check_numbers(after: Session, says: list[Say], numbers: dict[str, int]) -> None:
    last = numbers.get(after.id, 0)
    for say in says:
        if say.ask is None or say.updates is not None:
            continue
        assert say.ask > last, "ask numbers increase strictly"
        last = say.ask
    numbers[after.id] = max(last, after.number)


def check_message(library: Library, session: Session | None, say: Say) -> None:
    """A message fits a phone: words, rows, buttons, callback data, nothing unfilled."""
    text = plain(say.spans)
    assert text.strip(), "a message says something"
    fixed = {piece.text for piece in pieces(library)}
    unfilled = [s.text for s in say.spans if re.search(r"\{[a-z_]+\}", s.text) and s.text in fixed]
    assert not unfilled, unfilled
    buttons = [button for row in say.rows for button in row]
    assert len(buttons) <= 100
    assert all(len(row) <= 8 for row in say.rows)
    for button in buttons:
        assert button.label.strip()
        assert len(f"12345678:{say.ask}:{button.choice}".encode()) <= 64
    visit = session.visits[-1] if session and session.visits else None
    if say.ask is None or visit is None or visit.ask != say.ask:
        return
    step = library.dialogues[visit.frame.dialogue].steps[visit.frame.step]
    answers = [b for b in buttons if not b.choice.startswith("_")]
    many = visit.reply == "scale" or visit.about.get("month") or step.choices_from
    assert many or len(answers) <= 6, answers
    if step.lines or visit.about.get("raws"):
        return
    ours = sum(len(WORD.findall(s.text)) for s in say.spans if s.text in fixed)
    assert ours <= 60 + leading_words(library), (ours, text)


def leading_words(library: Library) -> int:
    """A statement or an echo may stand in front of a question; it has a limit of its own."""
    return 60


def pieces(library: Library) -> list:
    """All fixed pieces of all wordings."""
    cached = getattr(pieces, "cached", None)
    if cached is None:
        wordings = [w for table in library.common.phrases.values() for w in table]
        wordings += [w for table in library.common.pages.values() for w in table]
        wordings += [w for scale in library.common.scales.values() for w in scale.ask]
        for probe in library.common.probes.values():
            wordings += [*probe.ask, *probe.again]
        for dialogue in library.dialogues.values():
            for step in dialogue.steps.values():
                wordings += [*step.ask, *step.again, *step.easier, *step.lines, *step.echo]
        cached = [piece for wording in wordings for piece in wording.pieces if not piece.is_value]
        pieces.cached = cached
    return cached


def check_wordings(library: Library, session: Session) -> None:
    """No wording comes back before those that are always possible were used."""
    seen: dict[str, list[str]] = {}
    for key, id_ in session.used:
        seen.setdefault(key, []).append(id_)
    for key, ids in seen.items():
        first, _, rest = key.partition("/")
        dialogue, _, name = first.partition(".")
        step = library.dialogues[dialogue].steps.get(name) if dialogue in library.dialogues else None
        if step is None or rest not in ("", "again"):
            continue
        table = step.again if rest else step.ask
        sure = {wording.id for wording in table if not wording.needs}
        for place, id_ in enumerate(ids):
            if id_ in ids[:place]:
                assert sure <= set(ids[:place]), f"{key}: {ids}"


def as_json(value: object) -> object:
    """Any effect as plain JSON."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if hasattr(value, "__struct_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__struct_fields__}
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


__all__ = ["MONDAY", "Returned", "Talk", "Visit", "check_turn"]
