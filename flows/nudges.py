"""Making the message that comes unasked, from the state at the moment of sending.

It holds words of the person's own or it is not made at all. Wordings rotate: none of the last five of its
kind comes again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zlib import crc32

from flows.effects import Say, Span
from flows.library import Library
from flows.markup import Wording, cut, fill, plain
from flows.moments import say_told
from flows.nudge_buttons import CHOICE as ABOUT_RHYTHM
from flows.nudge_buttons import DOOR as ABOUT_NOTHING
from flows.nudge_buttons import MOVE, NUMBER, STEP, TAIL, Subject, rows_of, subject_of
from flows.nudge_buttons import REVIEW as ABOUT_REVIEW
from flows.nudging import Decision, Due
from flows.quoting import in_notes, in_plan, quoted
from flows.reading.dates import say_date
from flows.rhythm import ACTION, AFTER, CHECKIN, CHOICE, DOOR, EASY, REVIEW, SHORTER, known_zone
from flows.scales import BEHIND, next_scale
from flows.scales import WORDS as SCALE_WORDS
from flows.turn import joined
from flows.values import Action, Nudged, Person
from flows.wall_clock import instant, moment_at

QUOTE = 80
WORDINGS_KEPT = 5
TOO_OFTEN = 3  # times in a row that the same step was put off
FACTS = ("last_takeaway", "last_topic", "last_still_open", "last_hope", "last_action")
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Nudge:
    """A message ready to be sent: what it says, what it is about, which wording it took (key, id)."""

    say: Say
    subject: Subject
    used: tuple[str, str]
    nudged: Nudged


def compose(library: Library, person: Person, decision: Decision, now: dt.datetime) -> Nudge | None:
    """The message of a decision; None if there is nothing of the person's own to say."""
    first = decision.first
    assert first is not None  # noqa: S101 — the caller asks only when there is something to send
    local = moment_at(now, known_zone(person))
    kind, subject = _kind(library, person, first, now)
    values = _values(library, person, first, subject, local.day)
    wording = _chosen(library, person, kind, values, f"{first.key}:{local.day}")
    if wording is None:
        return None
    key, taken = wording
    paragraphs = [fill(taken, values.__getitem__)]
    if kind.startswith("reminder") and values.get("response") and values.get("cue"):
        paragraphs.append(line(library, "if_then", first.key, values))
    if subject.kind == NUMBER:
        said = words_about(person, subject.of)
        if not said and not person.facts.get(f"{SCALE_WORDS}{subject.of}"):
            return None
        if said:
            paragraphs.append(line(library, "said_last", first.key, {"words": said}))
    named: list[str] = []
    if decision.others:
        others = [due for due in decision.others if not due.action or due.action != first.action]
        named = list(dict.fromkeys(_named(library, person, due, local.day) for due in others))
    if named:
        paragraphs.append(line(library, "also", first.key, {"list": "; ".join(named)}))
    subject = Subject(subject.kind, subject.of, _also(decision.others))
    say = Say(joined(paragraphs), rows_of(library.nudges.labels, subject))
    items = tuple(due.action for due in (first, *decision.others) if due.action)
    scale = subject.of if subject.kind == NUMBER else ""
    nudged = Nudged(first.rule, int(now.timestamp() * 1000), items, scale)
    return Nudge(say, subject, (key, taken.id), nudged)


def line(library: Library, name: str, seed: str, values: Values) -> tuple[Span, ...]:
    """One of the lines about nudges, filled."""
    able = [each for each in library.nudges.lines[name] if all(values.get(need) for need in each.needs)]
    return fill(able[crc32(f"{name}:{seed}".encode()) % len(able)], values.__getitem__) if able else ()


def _kind(library: Library, person: Person, due: Due, now: dt.datetime) -> tuple[str, Subject]:
    """Which table of wordings, and what the buttons are about."""
    shorter = "_short" if person.contact.unanswered == SHORTER else ""
    match due.rule:
        case "action":
            return _about_step(person, due, now)
        case "after":
            kind, subject = _about_step(person, due, now)
            return (kind if subject.kind == MOVE else f"after{shorter}"), subject
        case "review":
            return f"review{shorter}", Subject(ABOUT_REVIEW)
        case "checkin":
            return f"checkin{shorter}", Subject(NUMBER, next_scale(library, person))
        case "easy":
            return "easy", Subject(NUMBER, next_scale(library, person))
        case "choice":
            return "choice", Subject(ABOUT_RHYTHM)
        case "door":
            return "door", Subject(ABOUT_NOTHING)
        case _:
            return _put_off(person, due, now)


def _put_off(person: Person, due: Due, now: dt.datetime) -> tuple[str, Subject]:
    """What was put off comes back as what it was."""
    subject = subject_of(due.about) or Subject(ABOUT_REVIEW)
    if subject.kind in (STEP, MOVE):
        return _about_step(person, due, now)
    kinds = {NUMBER: "checkin_short", ABOUT_RHYTHM: "choice", ABOUT_NOTHING: "door"}
    return kinds.get(subject.kind, "review_short"), Subject(subject.kind, subject.of)


def _about_step(person: Person, due: Due, now: dt.datetime) -> tuple[str, Subject]:
    action = _action(person, due.action)
    if action is not None and action.snoozed >= TOO_OFTEN:
        return "moving", Subject(MOVE, due.action[-TAIL:])
    subject = Subject(STEP, due.action[-TAIL:])
    if action is None or action.due is None:
        return "reminder", subject
    zone = known_zone(person)
    if due.rule != ACTION and instant(action.due, zone) < now and moment_at(now, zone).day >= action.due.day:
        return "after", subject
    evening = moment_at(now, zone).day < action.due.day
    return ("reminder_evening" if evening and due.rule == ACTION else "reminder"), subject


def _action(person: Person, action: str) -> Action | None:
    return next((each for each in person.actions if each.id == action), None)


def _values(library: Library, person: Person, due: Due, subject: Subject, today: dt.date) -> Values:
    """What wordings may say, only what there is."""
    action = _action(person, due.action) or (_oldest(person) if subject.kind == ABOUT_REVIEW else None)
    weekdays = library.nudges.texts["weekdays"].split()
    values = {
        "action": in_notes(action.words, QUOTE) if action else "",
        "words": own_words(person, steps_first=due.rule == REVIEW),
        "scale": say_scale(library, person, subject.of) if subject.kind == NUMBER else "",
        "due": say_told(action.due, action.due_words, today) if action and action.due else "",
        "day": weekdays[due.appointment.moment.day.weekday()] if due.rule in (REVIEW, CHECKIN) else "",
        "cue": in_plan(action.cue or action.obstacle) if action else "",
        "response": in_plan(action.response) if action else "",
    }
    return {name: value for name, value in values.items() if value}


def _oldest(person: Person) -> Action | None:
    return next((each for each in person.actions if not each.parked), None)


def own_words(person: Person, *, steps_first: bool = False) -> str:
    """Something the person said, to quote; "" if nothing may be kept."""
    action = _oldest(person)
    said = [person.facts.get(name, "") for name in FACTS]
    found = [action.words if action else ""]
    ordered = [*found, *said] if steps_first else [*said, *found]
    return next((piece for words in ordered if (piece := quoted("action", words))), "")


def say_scale(library: Library, person: Person, scale: str) -> str:
    """What a number is asked for, in words; a scale of the person's own is in theirs."""
    own = person.facts.get(f"{SCALE_WORDS}{scale}", "")
    return library.nudges.scales.get(scale) or (f"“{cut(own, QUOTE)}”" if own else "")


def words_about(person: Person, scale: str) -> str:
    """What the person said about their last number on this scale, or else something of theirs."""
    return quoted("supports", person.facts.get(f"{BEHIND}{scale}", "")) or own_words(person)


def _chosen(
    library: Library, person: Person, kind: str, values: Values, seed: str
) -> tuple[str, Wording] | None:
    """A wording that can be filled and was not among the last five of its kind; None if there is none."""
    table = f"{kind}_direct" if person.rhythm.direct else kind
    wordings = library.nudges.wordings.get(table) or library.nudges.wordings[kind]
    key = f"nudge.{table if table in library.nudges.wordings else kind}"
    able = [wording for wording in wordings if wording.needs <= values.keys()]
    recent = list(person.used.get(key, ()))[-WORDINGS_KEPT:]
    fresh = [wording for wording in able if wording.id not in recent]
    if fresh:
        return key, fresh[crc32(seed.encode()) % len(fresh)]
    if not able:
        return None
    return key, min(able, key=lambda wording: max(i for i, used in enumerate(recent) if used == wording.id))


def _named(library: Library, person: Person, due: Due, today: dt.date) -> str:
    """Something that falls due before the next message may come, with its moment."""
    action = _action(person, due.action)
    said = say_date(due.appointment.moment, today)
    if action is not None and action.due is not None and due.rule in (ACTION, AFTER):
        said = say_told(action.due, action.due_words, today)
    values = {"action": in_notes(action.words, QUOTE) if action else "", "due": said}
    name = {REVIEW: "also_review", CHECKIN: "also_checkin"}.get(due.rule, "also_step")
    if action is None and name == "also_step":
        name = "also_checkin" if due.rule in (EASY,) else "also_review"
    return plain(line(library, name, due.key, values))


def _also(others: tuple[Due, ...]) -> str:
    """Which ways in a message needs besides its own: to what else is open, and to a number."""
    review = any(due.action or due.rule in (REVIEW, CHOICE, DOOR) for due in others)
    number = any(due.rule in (CHECKIN, EASY) for due in others)
    return ("r" if review else "") + ("n" if number else "")
