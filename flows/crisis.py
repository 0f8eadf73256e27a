"""When words were heard after which nothing is coached: what is noted, and when coaching may come back.

No word of it is kept, only that it was and when: ``crisis_at``, ``help_shown_at`` and ``crisis_open``,
as facts of the person. ``crisis_open`` is "yes" until the person chooses to go on: until then nothing
they type takes a talk up again.

What comes unasked rests through the rhythm (``SetRhythm`` with ``rests_until``), because whatever sends
first must look there anyway; a fact of its own would be one more thing that a sender could forget. It is
a date, so 72 hours are rounded up to the next midnight, and a longer rest stays as it is.
"""

from __future__ import annotations

import datetime as dt

from flows.asides import open_instead
from flows.effects import Begin, KeepFact, Resume, SetRhythm
from flows.talks import has_talk
from flows.turn import Turn
from flows.values import Person, replace

REST = dt.timedelta(hours=72)
IN_FULL_AGAIN = dt.timedelta(minutes=10)
DIALOGUE, SOFT = "crisis", "crisis_soft"


# ---------------------------------------------------------------- conditions


def help_told(turn: Turn) -> bool:
    """The numbers were shown in full in the last ten minutes."""
    shown = _time(turn.person, "help_shown_at")
    return shown is not None and turn.at - shown < IN_FULL_AGAIN


def comes_back(turn: Turn) -> bool:
    """The person writes again, some time after the numbers were shown."""
    return turn.fact("entry") == "return"


def is_open(person: Person, at: dt.datetime) -> bool:
    """Whether the person has not chosen to go on since, in the last 72 hours."""
    since = _time(person, "crisis_at")
    return person.facts.get("crisis_open") == "yes" and since is not None and at - since < REST


def _time(person: Person, name: str) -> dt.datetime | None:
    stored = person.facts.get(name)
    return dt.datetime.fromisoformat(stored) if stored else None


# ---------------------------------------------------------------- actions


def note_crisis(turn: Turn) -> None:
    """Note that and when, without words; nothing comes unasked for three days."""
    turn.do(KeepFact("crisis_at", turn.at.isoformat()), KeepFact("crisis_open", "yes"))
    until = (turn.local_now + REST).date() + dt.timedelta(days=1)
    rhythm = turn.person.rhythm
    if rhythm.rests_until < until.isoformat():
        turn.do(SetRhythm(replace(rhythm, rests_until=until.isoformat())))


def end_rest(turn: Turn, day: dt.date) -> None:
    """Who asks for a message after that gets it: the rest ends on its day, not before."""
    since, rhythm = _time(turn.person, "crisis_at"), turn.person.rhythm
    if since is not None and turn.at - since < REST and rhythm.rests_until > day.isoformat():
        turn.do(SetRhythm(replace(rhythm, rests_until=day.isoformat())))


def note_help_shown(turn: Turn) -> None:
    """Note when the numbers were shown in full."""
    turn.do(KeepFact("help_shown_at", turn.at.isoformat()))


def note_dark_words(turn: Turn) -> None:
    """Note that and when there was a dark way of speaking, without its words."""
    turn.do(KeepFact("crisis_soft_at", turn.at.isoformat()))


def close_crisis(turn: Turn) -> None:
    """The person chose to go on: what they type may take a talk up again."""
    turn.do(KeepFact("crisis_open", ""))


def open_crisis(turn: Turn) -> None:
    """Go on with the numbers and the people who help."""
    open_instead(turn, DIALOGUE)


def open_pause(turn: Turn) -> None:
    """Go on with a pause."""
    open_instead(turn, "pause")


def take_up_thread(turn: Turn) -> None:
    """With a talk below, its question comes back; else what was there before: a message, a talk, the menu."""
    if has_talk(turn):
        return
    paused = [rest for rest in turn.person.paused if rest.session != turn.session.id]
    if words := turn.fact("opener"):
        turn.late_effects.append(Begin("lobby", opener=words))
    elif paused:
        turn.late_effects.append(Resume(max(paused, key=lambda rest: rest.at).session))
    else:
        welcomed = turn.person.facts.get("welcomed") == "yes"
        turn.late_effects.append(Begin("menu" if welcomed else "welcome"))
