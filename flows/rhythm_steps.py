"""What the dialogues about the rhythm do: set it, rest, turn it off, ask again on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows.effects import Consent, SetRhythm
from flows.moments import moment_json, moment_of
from flows.nudge_answers import asking_again
from flows.nudge_buttons import subject_of
from flows.put_off import day_moment
from flows.reminding import drop_reminder
from flows.rhythm import ACTION, CONSENT, CONSENT_VERSION, RESUME, WINDOW, regulars
from flows.turn import Turn
from flows.values import Contact, Moment, Person, Rhythm, Slot, replace
from flows.wall_clock import instant, moment_at

WEEKS = {"w1": 1, "w2": 2, "w4": 4}
MOST = {"one": 1, "two": 2, "three": 3}


def keep_rhythm(turn: Turn) -> None:
    """Keep the rhythm as it was answered; what was skipped stays as it is."""
    before = turn.person.rhythm
    slot = _slot(turn, before)
    review = _chosen_weeks(turn, "review_rate", before.review is not None, before.review_weeks)
    checkin = _chosen_weeks(turn, "checkin_rate", before.checkin is not None, before.checkin_weeks)
    rhythm = replace(
        before,
        review=slot if review else None,
        review_weeks=review or before.review_weeks,
        checkin=slot if checkin else None,
        checkin_weeks=checkin or before.checkin_weeks,
        weekends=_one_of(turn, "weekend_wish", {"yes": True, "no": False}, before.weekends),
        most=_one_of(turn, "most_wish", MOST, before.most),
        silent=_one_of(turn, "sound_wish", {"silent": True, "sound": False}, before.silent),
        direct=_one_of(turn, "tone_wish", {"direct": True, "gentle": False}, before.direct),
        rests_until="",
    )
    turn.do(SetRhythm(rhythm))
    first = first_message(turn, rhythm)
    turn.set("first_message", None if first is None else moment_json(first, ""))


def _slot(turn: Turn, before: Rhythm) -> Slot | None:
    """Day and time, each as answered, else as before; none without a day."""
    known = before.review or before.checkin
    weekday, minutes = turn.value("review_day"), turn.value("review_time")
    if not isinstance(weekday, int):
        if known is None:
            return None
        weekday = known.weekday
    if not isinstance(minutes, int):
        minutes = known.minutes if known else WINDOW
    return Slot(weekday, minutes % 1440)


def _chosen_weeks(turn: Turn, field: str, had: bool, weeks: int) -> int:
    """The weeks between two, 0 for never."""
    value = turn.value(field)
    return WEEKS.get(value, 0) if isinstance(value, str) else (weeks if had else 0)


def _one_of(turn: Turn, field: str, meaning: dict[str, Any], otherwise: Any) -> Any:
    return meaning.get(turn.value(field) or "", otherwise)


def first_message(turn: Turn, rhythm: Rhythm) -> Moment | None:
    """When this rhythm brings its first message."""
    contact = replace(turn.person.contact, changed=int(turn.at.timestamp() * 1000), unanswered=0)
    person = _as_of_now(turn, rhythm, contact)
    if not person.zone:
        return None
    coming = sorted(regulars(person, turn.at), key=lambda each: each.at)
    return coming[0].moment if coming else None


def _as_of_now(turn: Turn, rhythm: Rhythm, contact: Contact) -> Person:
    zone = turn.zone if turn.zone_known else None
    return replace(turn.person, rhythm=rhythm, contact=contact, zone=zone, quiet=turn.quiet)


def rest_until(turn: Turn) -> None:
    """Write nothing until the day that was picked."""
    until = moment_of(turn.value("rests_until"))
    if until is not None:
        turn.do(SetRhythm(replace(turn.person.rhythm, rests_until=until.day.isoformat())))


def turn_off(turn: Turn) -> None:
    """Write first no more; what is planned is called off."""
    turn.granted[CONSENT] = False
    turn.do(Consent(CONSENT, CONSENT_VERSION, given=False))
    for name in (ACTION, RESUME):
        drop_reminder(turn, name)


def ask_again_then(turn: Turn) -> None:
    """Bring up again, on the day that was picked, what the message was about."""
    picked, subject = moment_of(turn.value("again_on")), subject_of(turn.fact("about"))
    person = _as_of_now(turn, turn.person.rhythm, turn.person.contact)
    asked = day_moment(person, picked, turn.at) if picked is not None else None
    if subject is None or asked is None:
        return
    turn.do(*asking_again(person, subject, asked))
    at: dt.datetime = instant(Moment(asked.day, asked.minutes), asked.zone)
    turn.set("next_message", moment_json(moment_at(at, turn.zone), ""))
