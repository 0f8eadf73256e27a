"""What a tap under a message that came unasked does, or words typed in answer to it.

With no talk open, the talk about it begins with that answer; while one is open the answer is only noted,
and the open question stays. A late tap counts like an early one, as long as what it is about is still open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flows.effects import AskAgain, Begin, Consent, Effect, NoteAction, Say, Score, SetRhythm, Touch
from flows.events import Replied
from flows.library import Library
from flows.nudge_buttons import (
    MOVE,
    NUMBER,
    OUTCOMES,
    REVIEW,
    STEP,
    TAIL,
    Subject,
    later_rows,
    less_rows,
    rows_of,
    subject_of,
)
from flows.nudges import QUOTE, line
from flows.put_off import later_moment
from flows.quoting import in_notes
from flows.reading.dates import say_date
from flows.rhythm import CONSENT, CONSENT_VERSION, known_zone
from flows.scales import next_scale
from flows.values import Action, Moment, Person, Rhythm, replace
from flows.wall_clock import instant, moment_at

CLOSING = {"done": "done", "irrelevant": "dropped"}
MOVED_TO = {"smaller": "changed", "day": "not_yet", "drop": "irrelevant"}
SLOWER = {1: 2, 2: 4}
PAUSE_DAYS = 30

Effects = tuple[Effect, ...]


def changes_something(choice: str) -> bool:
    """Whether a tap on this choice is an answer, and not only a look at other buttons."""
    return not choice.startswith(("later:", "less:", "back:", "lo:why:"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a message that came unasked. ``busy`` says that a talk is open."""

    library: Library
    person: Person
    at: dt.datetime
    busy: bool = False

    def tapped(self, choice: str) -> Effects:
        """What a tap does; nothing if the choice is none of ours."""
        verb, _, rest = choice.partition(":")
        what, _, of = rest.partition(":")
        match verb:
            case "st" if what in OUTCOMES:
                return self.outcome(of, what, self._label(what))
            case "mv" if what in MOVED_TO:
                return self.outcome(of, MOVED_TO[what], self._label(f"move_{what}"))
            case "n" if what.isdecimal() and 1 <= int(what) <= 10 and of:
                return self.number(int(what), of)
            case "go":
                return self._go(what)
            case "ch":
                return self.rhythm(what)
            case "lo" if (subject := subject_of(of)) is not None:
                return self._less(what, subject)
            case "sn" if (subject := subject_of(of)) is not None:
                return self.put_off(subject, what)
            case _:
                return self._other_buttons(verb, rest)

    def _label(self, name: str) -> str:
        return self.library.nudges.labels.get(name, "")

    def _line(self, name: str, **values: str) -> Say:
        return Say(line(self.library, name, str(self.at), values))

    def _other_buttons(self, verb: str, code: str) -> Effects:
        labels, subject = self.library.nudges.labels, subject_of(code)
        if subject is None:
            return ()
        match verb:
            case "later":
                return (Touch(later_rows(labels, code, calm=not self.busy)),)
            case "less":
                return (Touch(less_rows(labels, code, calm=not self.busy)),)
            case "back":
                return (Touch(rows_of(labels, subject)),)
            case _:
                return ()

    def outcome(self, tail: str, outcome: str, shown: str = "", told: Replied | None = None) -> Effects:
        """How a step came out: the review of it begins, or it is noted while another talk is open.

        ``told`` is what was said with it, which the review then does not ask for.
        """
        action = next((each for each in self.person.actions if tail and each.id.endswith(tail)), None)
        if action is None:
            return (Touch(), self._line("closed_already"))
        if not self.busy and "review" in self.library.dialogues:
            begin = Begin("review", facts=(("item", action.id),), chose=outcome)
            if told is not None:
                begin = replace(begin, opener=told.text, message_id=told.message_id)
            return (Touch(shown=shown), begin)
        noted = self._line("noted", action=in_notes(action.words, QUOTE))
        return (Touch(shown=shown), note_of(action, outcome), noted)

    def number(self, value: int, scale: str) -> Effects:
        """A number on a scale."""
        touch = Touch(shown=str(value))
        if not self.busy and "checkin" in self.library.dialogues:
            return (touch, Begin("checkin", facts=(("scale", scale),), chose=str(value)))
        score = (Score(0, scale, value, self.at),) if "remember" in self.person.consents else ()
        return (touch, *score, self._line("number_noted", number=str(value)))

    def _go(self, what: str) -> Effects:
        facts = (("scale", next_scale(self.library, self.person)),) if what == "number" else ()
        dialogue = {"number": "checkin", "review": "review"}.get(what, "menu")
        if dialogue not in self.library.dialogues:
            return (Touch(), Begin("menu"))
        return (Touch(), Begin(dialogue, facts=facts))

    def put_off(self, subject: Subject, when: str) -> Effects:
        """Later: at a time the person taps, or on a day to be picked."""
        if when == "pick":
            if self.busy:
                return (Touch(later_rows(self.library.nudges.labels, subject.code, calm=False)),)
            return (Touch(), Begin("another_day", facts=(("about", subject.code),)))
        asked = later_moment(self.person, when, self.at)
        if asked is None:
            return (self._line("no_room"),)
        said = self.say_moment(asked)
        label = self._label(f"in_{when}")
        touch = Touch(shown=f"{label}: {said}" if label else said)
        return (touch, *asking_again(self.person, subject, asked))

    def say_moment(self, asked: AskAgain) -> str:
        """A moment on the person's clock, in words."""
        zone = known_zone(self.person) or "UTC"
        moment = moment_at(instant(Moment(asked.day, asked.minutes), asked.zone), zone)
        return say_date(moment, moment_at(self.at, zone).day)

    def _less(self, what: str, subject: Subject) -> Effects:
        labels = self.library.nudges.labels
        match what:
            case "often":
                return self.less_often()
            case "off":
                return self.off()
            case "rest" if self.busy:
                return (Touch(less_rows(labels, subject.code, calm=False)),)
            case "rest":
                return (Touch(), Begin("rest"))
            case "why":
                return (Touch(rows_of(labels, subject)), self._line("why", asked=self._asked(subject)))
            case _:
                return ()

    def less_often(self) -> Effects:
        """Half as often, and one message a week fewer."""
        rhythm = self.person.rhythm
        slower = replace(
            rhythm,
            review_weeks=SLOWER.get(rhythm.review_weeks, 4),
            checkin_weeks=SLOWER.get(rhythm.checkin_weeks, 4),
            most=max(1, rhythm.most - 1),
        )
        said = self._line("less_often", rate=self._rate(slower), most=str(slower.most))
        return (Touch(shown=self._label("less_often")), SetRhythm(slower), said)

    def _rate(self, rhythm: Rhythm) -> str:
        weeks = rhythm.review_weeks if rhythm.review is not None else rhythm.checkin_weeks
        return self.library.nudges.texts[f"rate_{min(max(weeks, 1), 4)}"]

    def off(self, shown: str = "less_off") -> Effects:
        """Cairn writes first no more."""
        return (
            Touch(shown=self._label(shown)),
            Consent(CONSENT, CONSENT_VERSION, given=False),
            self._line("turned_off"),
        )

    def rhythm(self, what: str) -> Effects:
        """What the rhythm is to be, chosen after a silence."""
        rhythm, shown = self.person.rhythm, Touch(shown=self._label(f"keep_{what}"))
        match what:
            case "weekly" | "monthly":
                weeks = 1 if what == "weekly" else 4
                new = replace(rhythm, review_weeks=weeks, checkin_weeks=max(weeks, rhythm.checkin_weeks))
                return (shown, SetRhythm(new), self._line("rhythm_kept", rate=self._rate(new)))
            case "pause":
                today = moment_at(self.at, known_zone(self.person) or "UTC").day
                until = today + dt.timedelta(days=PAUSE_DAYS)
                said = self._line("rests", due=say_date(Moment(until), today))
                return (shown, SetRhythm(replace(rhythm, rests_until=until.isoformat())), said)
            case "got":
                return (shown, SetRhythm(replace(rhythm, review=None, checkin=None)), self._line("got_it"))
            case "stop":
                return self.off("keep_stop")
            case _:
                return ()

    def _asked(self, subject: Subject) -> str:
        """What the person asked for, with its day and time."""
        names = {STEP: "asked_step", MOVE: "asked_after", REVIEW: "asked_review", NUMBER: "asked_checkin"}
        slot = {REVIEW: self.person.rhythm.review, NUMBER: self.person.rhythm.checkin}.get(subject.kind)
        name = names.get(subject.kind, "asked_rhythm")
        texts = self.library.nudges.texts
        if slot is None:
            return texts[name if subject.kind in (STEP, MOVE) else "asked_rhythm"]
        day = texts["weekdays"].split()[slot.weekday]
        clock = f"{slot.minutes // 60:02d}:{slot.minutes % 60:02d}"
        return texts[name].replace("{day}", day).replace("{time}", clock)


def asking_again(person: Person, subject: Subject, asked: AskAgain) -> Effects:
    """Ask again at this moment, in place of an earlier such wish, and count that a step was put off."""
    kind = STEP if subject.kind == MOVE else subject.kind
    again = replace(asked, about=Subject(kind, subject.of).code)
    if subject.kind not in (STEP, MOVE):
        return (again,)
    action = next((each for each in person.actions if each.id.endswith(subject.of)), None)
    counted = () if action is None else (NoteAction(action.id, "snoozed", snoozed=action.snoozed + 1),)
    return (again, *counted)


def note_of(action: Action, outcome: str) -> NoteAction:
    """The outcome of a step as a note, where no review asks on."""
    undone = action.undone + 1 if outcome == "not_yet" else 0
    return NoteAction(action.id, outcome, status=CLOSING.get(outcome, ""), undone=undone, snoozed=0)


def tail_of(action: Action) -> str:
    """The end of a step's id, as buttons carry it."""
    return action.id[-TAIL:]
