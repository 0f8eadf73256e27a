"""Gaps: what an answer may lack, and how the answer to the probe fills it. A closed list.

A gap's first docstring line is what a coach would read. ``holds`` looks at what was heard,
``choices`` offers what can be tapped, ``merge`` joins the probe's answer to the first one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.definitions import Choices
from flows.looking_back import is_timing
from flows.moments import moment_of
from flows.named_lists import options_of
from flows.probing import PROBES, clarified
from flows.reading.alike import reads_the_same
from flows.reading.dates import say_date
from flows.reading.lists import read_items
from flows.reading.normalise import is_empty
from flows.reading.nothing import is_shrug
from flows.reading.plans import is_act
from flows.reading.verbs import begins_with_verb, without_intention
from flows.session import Answer
from flows.turn import Heard, Turn
from flows.values import Moment, replace

About = Mapping[str, Any]
SHRUG = "shrug"  # raised by the engine, whatever the step listens for
FAR = dt.timedelta(days=14)
PARTS = {"morning": 9 * 60, "midday": 12 * 60 + 30, "afternoon": 15 * 60, "evening": 19 * 60}
OVER = {"morning": 12 * 60, "midday": 14 * 60, "afternoon": 18 * 60, "evening": 24 * 60}
MOST_DAYS = 6


def _no_choices(turn: Turn, about: About) -> Choices:
    return ()


def _instead(turn: Turn, about: About, heard: Heard) -> Heard:
    return heard


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap: its test, the choices of its probe, and how the two answers become one."""

    holds: Callable[[Turn, Heard], bool]
    choices: Callable[[Turn, About], Choices] = _no_choices
    merge: Callable[[Turn, About, Heard], Heard] = _instead


def empty(turn: Turn, heard: Heard) -> bool:
    """The message holds no words, only emoji or punctuation."""
    return not heard.choice and is_empty(heard.raw)


def bare(turn: Turn, heard: Heard) -> bool:
    """A number or a "done" alone, where words are needed."""
    said = heard.raw.casefold().strip(" .!?")
    return not heard.choice and turn.step.reply == "text" and (said.isdecimal() or said in BARE)


BARE = frozenset(
    {
        *(
            "hi",
            "hello",
            "hey",
            "hiya",
            "hallo",
            "hi again",
            "hello again",
        ),
        *("done", "ok", "okay", "k", "yes", "yeah", "no", "lol", "sure", "fine", "good", "ready", "next"),
    }
)


def never(turn: Turn, heard: Heard) -> bool:
    """Raised by the engine itself, whatever the step listens for."""
    return False


def _said_or_left(turn: Turn, about: About, heard: Heard) -> Heard:
    """Words in the place of a shrug; a second one, or a tap, leaves the answer empty."""
    if heard.choice == LEAVE or is_shrug(heard.raw):
        return replace(heard, value=None, choice="", skipped=True)
    return heard


LEAVE = "leave"


def which_one(turn: Turn, heard: Heard) -> bool:
    """Several things were chosen where one is needed."""
    return len(heard.items) > 1 and turn.step.reply in ("choice", "text")


def two_neighbours(turn: Turn, heard: Heard) -> bool:
    """A number between two whole ones."""
    return turn.step.reply == "scale" and len(heard.items) == 2


def which_day(turn: Turn, heard: Heard) -> bool:
    """No day was understood, or only the week."""
    return _is_date(turn) and heard.value is None and not {"past", "ambiguous"} & set(heard.signals)


def which_moment(turn: Turn, heard: Heard) -> bool:
    """A day is known, and neither a time of day nor what it comes after."""
    if not (_is_date(turn) and heard.value):
        return False
    return heard.value["minutes"] is None and not heard.value.get("cue")


def ambiguous_date(turn: Turn, heard: Heard) -> bool:
    """The words fit more than one day."""
    return _is_date(turn) and heard.value is None and "ambiguous" in heard.signals


def past_date(turn: Turn, heard: Heard) -> bool:
    """The day is over."""
    return _is_date(turn) and "past" in heard.signals


def far_date(turn: Turn, heard: Heard) -> bool:
    """The day is more than two weeks away."""
    if not (_is_date(turn) and heard.value):
        return False
    return dt.date.fromisoformat(heard.value["day"]) - turn.local_now.date() > FAR


def no_response(turn: Turn, heard: Heard) -> bool:
    """An if-then plan lacks what the person will do, or holds only a mood or a hope."""
    if turn.library.fields[turn.step.saves].kind != "plan" or not isinstance(heard.value, dict):
        return False
    response = heard.value.get("response")
    return not response or not (heard.choice or is_act(response))


def many_acts(turn: Turn, heard: Heard) -> bool:
    """Several acts were named where one is needed."""
    acts = [item for item in read_items(heard.raw) if begins_with_verb(without_intention(item))]
    return not heard.choice and len(acts) >= (SEVERAL if _is_one_line(heard.raw) else 2)


SEVERAL = 3  # "I write to Ann and ask for a time" is one act with two parts


def same_size(turn: Turn, heard: Heard) -> bool:
    """A smaller version reads like the step as it was."""
    before = turn.value("action")
    again = isinstance(before, str) and reads_the_same(heard.raw, before)
    return again and not heard.choice and not _was_asked(turn, "same_size")


def same_slot(turn: Turn, heard: Heard) -> bool:
    """The timing was off, and the new moment is the same day of the week and hour as the old one."""
    before, now = moment_of(turn.value("planned")), moment_of(heard.value)
    if before is None or now is None or not is_timing(turn) or _was_asked(turn, "same_slot"):
        return False
    return (before.day.weekday(), before.minutes) == (now.day.weekday(), now.minutes)


def _was_asked(turn: Turn, gap: str) -> bool:
    """Whether this was asked about the same step before, in this sitting."""
    return any(visit.gap == gap and visit.frame.item == turn.item for visit in turn.visits)


def _other_slot(turn: Turn, about: About, heard: Heard) -> Heard:
    """Another moment; the first one where none is named."""
    return heard if heard.value else replace(heard, value=about["value"], raw=about["raw"])


def _is_one_line(text: str) -> bool:
    return "\n" not in text.strip()


def _is_date(turn: Turn) -> bool:
    return turn.step.reply == "date"


def _items(turn: Turn, about: About) -> Choices:
    return tuple((f"i{number}", _short(item)) for number, item in enumerate(about["items"], 1))


def _short(item: Any) -> str:
    text = item if isinstance(item, str) else str(item)
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _picked(turn: Turn, about: About, heard: Heard) -> Heard:
    """The item that was tapped, whole; typed words stand as they are."""
    if heard.choice.startswith("i"):
        label = about["items"][int(heard.choice[1:]) - 1]
        known = options_of(turn, turn.step.choices_from) if turn.step.choices_from else ()
        item = next((option.value for option in known if option.label == label), label)
        return replace(heard, value=item, raw=str(item))
    return heard


def _chosen_number(turn: Turn, about: About, heard: Heard) -> Heard:
    if heard.choice.startswith("i"):
        number = about["items"][int(heard.choice[1:]) - 1]
        return replace(heard, value=number, raw=about["raw"])
    return heard


def _acts(turn: Turn, about: About) -> Choices:
    items = read_items(about["raw"])[:6]
    return tuple((f"i{number}", _short(item)) for number, item in enumerate(items, 1))


def _one_act(turn: Turn, about: About, heard: Heard) -> Heard:
    """The act that was picked; the others go to "later", with the person's words kept."""
    items = list(read_items(about["raw"])[:6])
    if not heard.choice.startswith("i"):
        return heard
    act = items.pop(int(heard.choice[1:]) - 1)
    turn.remember(Answer(turn.number, *_here(turn), "later", items, about["raw"]))
    return replace(heard, value=act, raw=act)


def _here(turn: Turn) -> tuple[str, str, str]:
    return turn.frame.dialogue, turn.frame.step, turn.frame.scope


def _days(turn: Turn, about: About) -> Choices:
    """The days of the span that was named, else those left of this week; at its end those of the next."""
    today = turn.local_now.date()
    said = [dt.date.fromisoformat(item["day"]) for item in about.get("items", ())]
    left = 6 - today.weekday()
    span = range(1, left + 1) if left >= 2 else range(1, 7)
    days = [today + dt.timedelta(days=days) for days in span]
    if "fuzzy" in about.get("signals", ()) and said:
        days = said
    elif today in said:  # a time that is still to come today
        days = [today, *days]
    return tuple((f"d:{day.isoformat()}", _day_label(day, today)) for day in days[:MOST_DAYS])


def _day_label(day: dt.date, today: dt.date) -> str:
    return say_date(Moment(day), today - dt.timedelta(days=30))


def _with_day(turn: Turn, about: About, heard: Heard) -> Heard:
    """The day of the probe with the time of day and the words of the first answer."""
    if not heard.value:
        return replace(heard, raw=_both(about, heard))
    return replace(heard, value=_timed(turn, about, heard.value), raw=_both(about, heard))


def _timed(turn: Turn, about: About, value: dict[str, Any]) -> dict[str, Any]:
    """The day with the time that was told before it, unless it brings its own or that time is over."""
    if value["minutes"] is not None or value.get("cue"):
        return value
    items = about.get("timed") or [item for item in (about.get("value"), *about.get("items", ())) if item]
    told = next((item for item in items if item["day"] == value["day"]), items[-1] if items else {})
    minutes = told.get("minutes")
    if minutes is not None and _is_over(turn, value["day"], minutes):
        return value
    return {**value, "minutes": minutes, "cue": told.get("cue", "")}


def _is_over(turn: Turn, day: str, minutes: int) -> bool:
    now = turn.local_now
    return (day, minutes) <= (now.date().isoformat(), now.hour * 60 + now.minute)


def _nearer(turn: Turn, about: About, heard: Heard) -> Heard:
    """A nearer day for a first piece, marked as such; otherwise the first answer stands."""
    if not heard.value:
        return replace(heard, value=about["value"], raw=about["raw"])
    merged = _with_day(turn, about, heard)
    return replace(merged, raw=heard.raw, signals=(*merged.signals, "nearer"))


def _with_moment(turn: Turn, about: About, heard: Heard) -> Heard:
    """The first answer's day with the time of day given now; a new day replaces it."""
    raw, day = _both(about, heard), about["value"]["day"]
    if heard.choice in PARTS:
        minutes: int | None = PARTS[heard.choice]
        if _is_over(turn, day, PARTS[heard.choice]):  # an evening that has begun has no hour of ours
            minutes = None
        value = {**about["value"], "minutes": minutes, "cue": heard.choice}
        return replace(heard, value=value, raw=raw)
    return replace(heard, raw=raw)


def _parts(turn: Turn, about: About) -> Choices:
    """The parts of the day that are not over: all of them, but for today."""
    label, day = turn.library.label, about["value"]["day"]
    return tuple((part, label(part)) for part, end in OVER.items() if not _is_over(turn, day, end - 1))


def _candidates(turn: Turn, about: About) -> Choices:
    today = turn.local_now.date()
    days = [dt.date.fromisoformat(item["day"]) for item in about["items"]]
    return tuple((f"i{number}", _day_label(day, today)) for number, day in enumerate(days, 1))


def _candidate(turn: Turn, about: About, heard: Heard) -> Heard:
    if heard.choice.startswith("i"):
        item = about["items"][int(heard.choice[1:]) - 1]
        return replace(heard, value=_timed(turn, {**about, "items": ()}, item), raw=about["raw"])
    return _with_day(turn, about, heard)


def _with_response(turn: Turn, about: About, heard: Heard) -> Heard:
    """The cue of the first answer with the response given now."""
    first = about.get("value") or {}
    cue = first.get("cue", "") or ("" if first.get("response") or turn.value("obstacle") else about["raw"])
    plan = heard.value if isinstance(heard.value, dict) else {}
    response = plan.get("response") or heard.raw
    return replace(heard, value={"cue": cue, "response": response}, raw=_both(about, heard))


def _both(about: About, heard: Heard) -> str:
    return "\n".join(part for part in (about.get("raw", ""), heard.raw) if part)


GAPS: Mapping[str, Gap] = {
    "empty": Gap(empty),
    "bare": Gap(bare),
    "dont_know": Gap(never),
    SHRUG: Gap(never, _no_choices, _said_or_left),
    "which_one": Gap(which_one, _items, _picked),
    "two_neighbours": Gap(two_neighbours, _items, _chosen_number),
    "past_date": Gap(past_date, _no_choices, _with_day),
    "ambiguous_date": Gap(ambiguous_date, _candidates, _candidate),
    "which_day": Gap(which_day, _days, _with_day),
    "far_date": Gap(far_date, _days, _nearer),
    "which_moment": Gap(which_moment, _parts, _with_moment),
    "no_response": Gap(no_response, _no_choices, _with_response),
    "many_acts": Gap(many_acts, _acts, _one_act),
    "same_size": Gap(same_size),
    "same_slot": Gap(same_slot, _no_choices, _other_slot),
    **{name: Gap(never, _no_choices, clarified) for name in PROBES},
}
