"""What ``{placeholders}`` stand for: a field of the catalogue, or one of the values named here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flows import checkin_placeholders, coming, recurring
from flows.countries import (
    help_checked,
    help_country,
    help_elsewhere,
    help_emergency,
    help_line,
    help_number,
)
from flows.fields import FIELDS
from flows.listening.felt import felt
from flows.listing import made_on, rests, steps_text
from flows.looking_back import due_actions
from flows.markup import cut
from flows.moments import clock, moment_of, say_moment
from flows.named_lists import MOST
from flows.progress import phase_label
from flows.quoting import as_typed, in_notes, in_plan, noted, piece_of, quoted
from flows.reading.dates import say_date
from flows.reading.nothing import says_nothing
from flows.reminder_wish import usual_reminder, wished_clock
from flows.so_far import last_given
from flows.turn import Turn
from flows.unfinished import unfinished_on, unfinished_topic
from flows.values import Moment

BRIEF, LIST_ITEM = 120, 160


def first_name(turn: Turn) -> str:
    """The first name that Telegram tells."""
    return cut(turn.person.first_name, 20)


def name(turn: Turn) -> str:
    """How the person wants to be called; never guessed."""
    for value in (turn.known.get("name"), turn.value("name"), turn.person.name):
        if isinstance(value, str) and value:
            return cut(value, 40)
    return ""


def wishes(turn: Turn) -> str:
    """What the talks must respect; "Nothing special" is nothing to show."""
    value = turn.value("wishes")
    return in_notes(value, LIST_ITEM) if isinstance(value, str) and not says_nothing(value) else ""


def options_list(turn: Turn) -> str:
    """The ideas, numbered, one a line, as they were typed."""
    return numbered(turn.value("options") or ())


def numbered(items: Sequence[str]) -> str:
    """Items one under another with their numbers; a very long list ends in an ellipsis."""
    lines = [f"{number}. {cut(item, LIST_ITEM)}" for number, item in enumerate(items[:MOST], 1)]
    return "\n".join([*lines, "…"] if len(items) > MOST else lines)


def importance_lower(turn: Turn) -> str:
    """The importance less two; nothing below 3."""
    value = turn.value("importance")
    return str(value - 2) if isinstance(value, int) and value > 2 else ""


def cue(turn: Turn) -> str:
    """The "if" of the plan; the obstacle where the plan names none."""
    plan = turn.value("if_then") or {}
    return in_plan(plan.get("cue") or turn.value("obstacle") or "")


def response(turn: Turn) -> str:
    """The "then" of the plan."""
    return in_plan((turn.value("if_then") or {}).get("response") or "")


def where(turn: Turn) -> str:
    """The phase the session below stands in."""
    return phase_label(turn)


def local_clock(turn: Turn) -> str:
    """The time of day on the person's clock, as far as it is known or just found."""
    found = turn.value("zone_found")
    if isinstance(found, str) and found:
        return f"{turn.at.astimezone(ZoneInfo(found)):%H:%M}"
    return f"{turn.local_now:%H:%M}" if turn.zone_known else ""


def place_found(turn: Turn) -> str:
    """The likeliest place of the name that was typed, with its region."""
    found = turn.value("places")
    return cut(", ".join(part for part in found[0][:2] if part), 60) if found else ""


def utc_clock(turn: Turn) -> str:
    """World time."""
    return f"{turn.at:%H:%M}"


def quiet_from(turn: Turn) -> str:
    """When the quiet hours begin."""
    return clock(turn.quiet[0])


def quiet_until(turn: Turn) -> str:
    """When the quiet hours end."""
    return clock(turn.quiet[1])


def reminders_state(turn: Turn) -> str:
    """Whether Cairn may write first, in a word."""
    return turn.library.label("on" if turn.agreed("remind") else "off")


def memory_state(turn: Turn) -> str:
    """Whether answers are kept, in a word."""
    return turn.library.label("on" if turn.agreed("remember") else "off")


def next_message(turn: Turn) -> str:
    """When Cairn writes next, in words; nothing if it does not."""
    planned = turn.answer("next_message")
    if planned is None or not planned.value or not turn.agreed("remind"):
        return ""
    return say_moment(turn, planned.value)


def last_date(turn: Turn) -> str:
    """The day of the last session, in words; nothing if it was today."""
    day, today = turn.fact("last_day"), turn.local_now.date()
    if not day or day == today.isoformat():
        return ""
    return say_date(Moment(dt.date.fromisoformat(day)), today)


def opener(turn: Turn) -> str:
    """What the person wrote before a session was open; "" where it was said back already."""
    said = turn.fact("opener")
    return "" if felt(said) else piece_of("last_topic", said)


def due_count(turn: Turn) -> str:
    """How many steps there are to look back at."""
    return str(len(due_actions(turn)) or "")


def due_words(turn: Turn) -> str:
    """The step that is due, in the person's words; of several the one that was due last."""
    due = due_actions(turn)
    return quoted("action", due[-1].words) if due else ""


def review_notes(turn: Turn) -> str:
    """What became of each step looked back at, one a line."""
    notes = turn.value("review_notes")
    return notes if isinstance(notes, str) else ""


def steps_page(turn: Turn) -> str:
    """One page of the person's steps, one a line."""
    return steps_text(turn)


def rhythm_now(turn: Turn) -> str:
    """The rhythm as it stands, in words; nothing if there is none."""
    rhythm, texts = turn.person.rhythm, turn.library.nudges.texts
    slot = rhythm.review or rhythm.checkin
    if slot is None or not texts:
        return ""
    weeks = rhythm.review_weeks if rhythm.review is not None else rhythm.checkin_weeks
    day = texts["weekdays"].split()[slot.weekday]
    return f"{day} {clock(slot.minutes)}, {texts[f'rate_{min(max(weeks, 1), 4)}']}"


def last_words(turn: Turn) -> str:
    """What was kept of the last answer."""
    answer = last_given(turn)
    return as_typed(answer.raw, 80) if answer else ""


def word(turn: Turn) -> str:
    """The very word that a small question asks about."""
    return cut(turn.quoted, 60)


SPECIAL: Mapping[str, Callable[[Turn], str]] = {
    function.__name__: function
    for function in (
        first_name,
        name,
        wishes,
        options_list,
        importance_lower,
        cue,
        response,
        where,
        local_clock,
        place_found,
        utc_clock,
        quiet_from,
        quiet_until,
        reminders_state,
        memory_state,
        next_message,
        *coming.PLACEHOLDERS,
        wished_clock,
        usual_reminder,
        last_date,
        opener,
        due_count,
        due_words,
        unfinished_topic,
        unfinished_on,
        review_notes,
        steps_page,
        made_on,
        rests,
        *checkin_placeholders.PLACEHOLDERS,
        *recurring.PLACEHOLDERS,
        rhythm_now,
        help_country,
        help_emergency,
        help_line,
        help_number,
        help_checked,
        help_elsewhere,
        last_words,
        word,
    )
}
ENGINE = frozenset(
    (
        "phase",
        "position",
        "total",
        "list",
        "previous",
        "new",
        "why",
        "left",
        "line",
        "number",
        "emergency",
        "times",
        "what",
        "checked",
    )
)
"""Values that the engine hands to its own phrases."""
SURE = frozenset(("utc_clock", "quiet_from", "quiet_until", "reminders_state", "memory_state", "scale_name"))
"""Placeholders that always have a value."""
FACT = "last_"


def is_known(name_: str) -> bool:
    """Whether a wording may use this placeholder."""
    fact = name_.removeprefix(FACT)
    return name_ in SPECIAL or name_ in FIELDS or name_ in ENGINE or (fact in FIELDS and FIELDS[fact].fact)


def value_of(turn: Turn, name_: str, limit: int) -> str:
    """The words a placeholder stands for, quotes cut at ``limit``; "" if there are none."""
    if name_ in SPECIAL:
        return SPECIAL[name_](turn)
    if name_ in FIELDS:
        return _field(turn, name_, limit)
    return _words(name_, turn.fact(name_), limit) if name_.startswith(FACT) else ""


def _field(turn: Turn, name_: str, limit: int) -> str:
    answer = turn.answer(name_)
    if answer is None or answer.skipped:
        return ""
    value: Any = turn.value(name_)
    match FIELDS[name_].kind:
        case "moment":
            return say_moment(turn, value) if moment_of(value) else cut(answer.raw, limit)
        case "number":
            return "" if value is None else str(value)
        case "list":
            return cut(", ".join(value or ()), limit)
        case "text":
            return _words(name_, value, limit) if isinstance(value, str) else ""
        case _:
            return cut(answer.raw, limit)


def _words(name_: str, words: str, limit: int) -> str:
    """Words of the person: summaries show about all that was written, a question a short whole piece."""
    if name_ in FIELDS and FIELDS[name_].table == "person":
        return in_notes(words, limit)
    return quoted(name_, words) if limit < BRIEF else noted(name_, words, limit)


def fill_label(turn: Turn, label: str) -> str:
    """A button's label; one that is a placeholder becomes its value."""
    if label.startswith("{") and label.endswith("}"):
        return value_of(turn, label[1:-1], 20)
    return label
