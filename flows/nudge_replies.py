"""Words typed while no talk is open and the newest message of ours has no answer: they may be the answer."""

from __future__ import annotations

import datetime as dt

from flows.effects import Begin, Effect, KeepFact, NoteAction, Say, Touch
from flows.events import Replied
from flows.library import Library
from flows.listening.felt import felt
from flows.moments import cue_of, moment_of, read_json, say_told
from flows.nudge_answers import Answer, tail_of
from flows.nudge_buttons import CHOICES, NUMBER, REVIEW, STEP, Subject, later_rows
from flows.nudges import QUOTE, line
from flows.quoting import in_notes
from flows.reading.choices import read_choice
from flows.reading.dates import read_date
from flows.reading.nudge_words import read_nudge_reply
from flows.reading.scales import read_scale
from flows.reading.step_reports import Report, may_be_about_it, read_report
from flows.reading.wishes import read_wish
from flows.reading.zones import local_of
from flows.rhythm import CHECKIN, CHOICE, EASY, RESUME, known_zone
from flows.rhythm import REVIEW as REVIEW_RULE
from flows.values import Action, Nudged, Person, replace

FRESH = dt.timedelta(days=7)
AWAITED = "awaited_nudge"  # the fact that holds which message was met with words and is still to be answered
OUTCOMES = ("done", "partly", "not_yet", "irrelevant")
AGAIN = ("2h", "later", "tonight", "tomorrow", "week")


def typed_answer(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """What the words do if they answer the newest message; nothing if they are something else."""
    last = open_nudge(person, event.at)
    if last is None or read_wish(event.text) == "help_now":
        return ()
    answer = Answer(library, person, event.at)
    if last.scale and (number := read_scale(event.text).value) is not None:
        return answer.number(number, last.scale)
    if last.rule == CHOICE and (picked := _picked(library, event.text)):
        return answer.rhythm(picked)
    said = read_nudge_reply(event.text)
    actions = _steps(person, last)
    report = read_report(event.text, actions[0].words) if len(actions) == 1 else Report()
    if said in OUTCOMES or said == "moved":
        told = report.words if report.outcome == said else ""
        return _about_step(answer, actions, said, event, told)
    if said in AGAIN:
        asked = answer.put_off(_subject(last, actions), said)
        return _said_too(answer, asked)
    if said == "off":
        return answer.off()
    if said == "often":
        return answer.less_often()
    if said == "start" and last.rule in (REVIEW_RULE, CHECKIN, EASY):
        return answer.tapped("go:review" if last.rule == REVIEW_RULE else "go:number")
    return ()


def reported(library: Library, person: Person, event: Replied) -> tuple[Effect, ...]:
    """What the words do if they tell how the step of the newest message went, or that this is no time."""
    last = open_nudge(person, event.at)
    if last is None:
        return ()
    answer, actions = Answer(library, person, event.at), _steps(person, last)
    report = read_report(event.text, actions[0].words if len(actions) == 1 else "")
    if report.outcome == "later":
        return _when_again(answer, last, actions)
    if report.outcome == "on_it" and actions:
        return (_awaiting(last), Say(line(library, "on_it", str(event.at), {})))
    if report.outcome and actions:
        return _about_step(answer, actions, report.outcome, event, report.words)
    return ()


def maybe_about(person: Person, event: Replied) -> tuple[Effect, ...]:
    """A few words after a message about one step are asked about, once: are they about that step?"""
    last = open_nudge(person, event.at)
    actions = _steps(person, last) if last is not None and not last.answered else []
    if last is None or len(actions) != 1 or not may_be_about_it(event.text):
        return ()
    if (met := felt(event.text)) is not None and met.is_strong:
        return ()  # what weighs is met first, whatever it is about
    sent = dt.datetime.fromtimestamp(last.at / 1000, dt.UTC)
    if any(rest.at > sent for rest in person.paused):
        return ()  # a talk was left since: that comes first
    item = ("item", actions[0].id)
    return (_awaiting(last), Begin("lobby", event.text, event.message_id, facts=(item,)))


def _steps(person: Person, last: Nudged) -> list[Action]:
    return [action for action in person.actions if action.id in last.items]


def _awaiting(last: Nudged) -> KeepFact:
    """The message was met with words, but its answer is still to come."""
    return KeepFact(AWAITED, str(last.at))


def _when_again(answer: Answer, last: Nudged, actions: list[Action]) -> tuple[Effect, ...]:
    """Not now: when, is for a button under a message of its own."""
    rows = later_rows(answer.library.nudges.labels, _subject(last, actions).code)
    return (_awaiting(last), Say(line(answer.library, "when_again", str(answer.at), {}), rows))


def open_nudge(person: Person, at: dt.datetime) -> Nudged | None:
    """The newest message that came unasked, if it still waits for an answer and is a week old at most."""
    last = person.contact.last
    if last is None or last.rule == RESUME:
        return None
    if last.answered and person.facts.get(AWAITED) != str(last.at):
        return None
    age = at - dt.datetime.fromtimestamp(last.at / 1000, dt.UTC)
    return last if age <= FRESH else None


def _picked(library: Library, text: str) -> str:
    labels = {name: library.nudges.labels[f"keep_{name}"] for name in CHOICES}
    found = read_choice(text, labels)
    return found if isinstance(found, str) else ""


def _subject(last: Nudged, actions: list[Action]) -> Subject:
    if len(actions) == 1:
        return Subject(STEP, tail_of(actions[0]))
    return Subject(NUMBER, last.scale) if last.scale else Subject(REVIEW)


def _about_step(
    answer: Answer, actions: list[Action], said: str, event: Replied, told: str
) -> tuple[Effect, ...]:
    """An outcome belongs to the one step that was asked about; with several, the review asks for each."""
    if not actions:
        return ()
    if len(actions) > 1:
        return answer.tapped("go:review")
    if said == "moved":
        return _moved(answer, actions[0], event)
    beside = replace(event, text=told) if told else None
    return answer.outcome(tail_of(actions[0]), said, told=beside)


def _moved(answer: Answer, action: Action, event: Replied) -> tuple[Effect, ...]:
    """Another day, in words: the step moves, and its reminder with it."""
    zone = known_zone(answer.person) or "UTC"
    now = local_of(event.at, zone)
    reading = read_date(event.text, now)
    if reading.moment is None:
        return ()
    value = read_json(reading, reading.moment, event.text)
    due, cue = moment_of(value) or reading.moment, cue_of(value)
    values = {"action": in_notes(action.words, QUOTE), "due": say_told(due, cue, now.date())}
    said = Say(line(answer.library, "moved", str(event.at), values))
    return (Touch(), NoteAction(action.id, "moved", due=due, due_words=cue, snoozed=0), said)


def _said_too(answer: Answer, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Who types gets a line; who taps sees the answer in the message."""
    touched = next((each.shown for each in effects if isinstance(each, Touch)), "")
    if not touched or any(isinstance(each, Begin) for each in effects):
        return effects
    due = touched.partition(": ")[2] or touched
    return (*effects, Say(line(answer.library, "comes_again", str(answer.at), {"due": due})))
