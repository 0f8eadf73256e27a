"""The closed list of named actions: what a step does once it is answered (or said).

The first docstring line is what a coach would read. An action adds effects; it never asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flows.effects import (
    Begin,
    Button,
    Consent,
    DropReminder,
    Erase,
    Export,
    Forget,
    KeepAction,
    Know,
    Pause,
    RemindAt,
    Resume,
    Span,
)
from flows.hearing import moment_json, moment_of
from flows.named_lists import options_of
from flows.turn import Turn, joined, stored
from flows.values import Moment

CONSENT_VERSION = "2026-11"
BEFORE_QUIET = 30  # minutes before the quiet hours for a reminder that would fall into them
EVENING = 19 * 60
MORNING = 9 * 60
ACTION, RESUME = "action", "resume"


def keep_name(turn: Turn) -> None:
    """Keep how the person wants to be called."""
    _know(turn, "name")


def keep_need(turn: Turn) -> None:
    """Keep what the person mostly needs."""
    _know(turn, "need")


def keep_country(turn: Turn) -> None:
    """Keep the country, for the right help lines."""
    value = turn.value("country")
    if isinstance(value, str) and value:
        turn.do(Know("country", country_code(turn, value)))


def country_code(turn: Turn, text: str) -> str | None:
    """The two-letter code of a country named in words; None if it is not on our list."""
    named = text.casefold().strip(" .").removeprefix("the ")
    for code, country in turn.library.common.countries.items():
        if named in (code.casefold(), country.name.casefold(), *country.also):
            return code
    return None


def keep_wishes(turn: Turn) -> None:
    """Keep what the talks must respect."""
    _know(turn, "wishes")


def keep_hope(turn: Turn) -> None:
    """Keep what the person hopes for in six months."""
    _know(turn, "hope")


def _know(turn: Turn, field: str) -> None:
    value = turn.value(field)
    if isinstance(value, str) and value and (field == "name" or turn.agreed("remember")):
        turn.do(Know(field, value[:400]))


def record_remember_consent(turn: Turn) -> None:
    """Record whether answers may be kept; what was said before the yes is kept with it."""
    given = turn.value("consent_remember") == "yes"
    turn.do(Consent("remember", CONSENT_VERSION, given))
    if given:
        turn.do(*(stored(answer, turn.at) for answer in turn.answers if turn.library.is_kept(answer.field)))


def record_remind_consent(turn: Turn) -> None:
    """Record whether Cairn may write first; a no calls off what is planned in this session."""
    given = turn.value("consent_remind") == "yes"
    turn.do(Consent("remind", CONSENT_VERSION, given))
    if not given:
        turn.do(DropReminder(ACTION), DropReminder(RESUME))


def keep_zone(turn: Turn) -> None:
    """Keep the zone that was found, unless the clock was said to be wrong."""
    found = turn.value("zone_found")
    if turn.last_choice != "no" and isinstance(found, str) and found:
        _set_zone(turn, found)


def keep_utc(turn: Turn) -> None:
    """Go by world time, if the person said yes to it."""
    if turn.last_choice == "yes":
        _set_zone(turn, "UTC")


def _set_zone(turn: Turn, zone: str) -> None:
    turn.set("zone", zone, zone)
    turn.do(Know("zone", zone))


def keep_quiet(turn: Turn) -> None:
    """Keep the quiet hours."""
    for field in ("quiet_from", "quiet_until"):
        value = turn.value(field)
        if isinstance(value, int):
            turn.do(Know(field, value % 1440))


def keep_action(turn: Turn) -> None:
    """Keep the step as it stands now, in the place of its former version."""
    words = turn.value("action")
    if not isinstance(words, str) or not words or not turn.agreed("remember"):
        return
    plan = turn.value("if_then") or {}
    turn.do(
        KeepAction(
            name=ACTION,
            words=words,
            due=moment_of(turn.value("due")),
            zone=turn.zone if turn.zone_known else None,
            confidence=turn.value("confidence"),
            obstacle=turn.value("obstacle") or "",
            cue=plan.get("cue", ""),
            response=plan.get("response", ""),
            support=turn.value("support") or "",
            why=turn.value("reason") or "",
        )
    )


def plan_reminder(turn: Turn) -> None:
    """Plan the reminder of the step, at its moment or the evening before; never within quiet hours."""
    due = moment_of(turn.value("due"))
    wanted = turn.value("reminder")
    if due is None or wanted not in ("at", "evening") or not (turn.agreed("remind") and turn.zone_known):
        turn.do(DropReminder(ACTION))
        return
    minutes = due.minutes if due.minutes is not None else MORNING
    moment = Moment(due.day, minutes)
    if wanted == "evening":
        moment = Moment(due.day - dt.timedelta(days=1), EVENING)
    phrases = ["reminder_evening" if wanted == "evening" else "reminder"]
    if turn.value("if_then"):
        phrases.append("reminder_if_then")
    spans = _paragraphs(turn, [*phrases, "reminder_off"])
    _remind(turn, ACTION, outside_quiet(moment, _quiet(turn)), spans, ())


def plan_resume(turn: Turn) -> None:
    """Plan the message that brings a paused talk back, at the time the person chose."""
    choice = turn.value("resume_at")
    now = turn.local_now
    later = now + dt.timedelta(hours=2)
    moments = {
        "two_hours": Moment(later.date(), later.hour * 60 + later.minute),
        "tonight": _evening(now),
        "tomorrow": Moment(now.date() + dt.timedelta(days=1), now.hour * 60 + now.minute),
    }
    if choice in moments and turn.agreed("remind") and turn.zone_known:
        rows = ((Button(turn.library.label("resume"), "resume"),),)
        moment = moments[choice]
        if choice != "two_hours":
            moment = outside_quiet(moment, _quiet(turn))
        spans = _paragraphs(turn, ["resume_nudge", "reminder_off"])
        _remind(turn, RESUME, moment, spans, rows)


def _quiet(turn: Turn) -> tuple[int, int]:
    begin, end = turn.value("quiet_from"), turn.value("quiet_until")
    return (
        begin if isinstance(begin, int) else turn.person.quiet[0],
        end if isinstance(end, int) else turn.person.quiet[1],
    )


def _evening(now: dt.datetime) -> Moment:
    """This evening; the next one if it is over."""
    minutes = now.hour * 60 + now.minute
    day = now.date() if minutes < EVENING else now.date() + dt.timedelta(days=1)
    return Moment(day, EVENING)


def outside_quiet(moment: Moment, quiet: tuple[int, int]) -> Moment:
    """The moment itself, or if it lies in quiet hours the time shortly before they begin."""
    begin, end = quiet
    minutes = moment.minutes or 0
    at_night = begin <= minutes or minutes < end if begin > end else begin <= minutes < end
    if not at_night or begin == end:
        return moment
    early = minutes < end and begin > end
    day = moment.day - dt.timedelta(days=1) if early else moment.day
    before = begin - BEFORE_QUIET
    return Moment(day - dt.timedelta(days=1), before % 1440) if before < 0 else Moment(day, before)


def _paragraphs(turn: Turn, phrases: list[str]) -> tuple[Span, ...]:
    from flows.phrasing import phrase

    return joined([phrase(turn, name) for name in phrases])


def _remind(
    turn: Turn, rule: str, moment: Moment, spans: tuple[Span, ...], rows: tuple[tuple[Button, ...], ...]
) -> None:
    """Plan a message whose words are final now; one that lies in the past is not planned."""
    local = dt.datetime.combine(moment.day, dt.time(*divmod(moment.minutes or 0, 60)), turn.local_now.tzinfo)
    if local <= turn.local_now:
        return
    turn.do(RemindAt(rule, rule, moment.day, moment.minutes or 0, turn.zone, spans, rows))
    value: dict[str, Any] = moment_json(moment, "")
    turn.set("next_message", value)


def pause_session(turn: Turn) -> None:
    """Let the talk rest at its open question."""
    _rest(turn)


def _rest(turn: Turn) -> None:
    """Pause what lies below the aside; with nothing below there is nothing to pause."""
    from flows.asking import phase_label

    if not any(turn.library.dialogues[frame.dialogue].kind == "session" for frame in turn.frames):
        return
    turn.paused = True
    turn.waiting = False
    topic = turn.value("topic")
    turn.do(Pause(phase_label(turn), topic if isinstance(topic, str) else ""))


def end_with_summary(turn: Turn) -> None:
    """Close the talk; what it reached was summed up."""
    from flows.moving import finish

    finish(turn, "parked")


def delete_session(turn: Turn) -> None:
    """Delete what was said in this talk, its step and its reminder."""
    turn.do(Forget())
    from flows.moving import finish

    finish(turn, "deleted")


def start_fresh(turn: Turn) -> None:
    """Let this talk rest and begin the same dialogue anew."""
    below = next(f for f in turn.frames if turn.library.dialogues[f.dialogue].kind == "session")
    _rest(turn)
    turn.late_effects.append(Begin(below.dialogue))


def begin_express_grow(turn: Turn) -> None:
    """Begin a session of five minutes."""
    _begin(turn, "grow", "express")


def begin_full_grow(turn: Turn) -> None:
    """Begin a session of fifteen minutes."""
    _begin(turn, "grow", "full")


def _begin(turn: Turn, dialogue: str, mode: str) -> None:
    facts = [("mode", mode)]
    if words := turn.fact("opener"):
        facts.append(("topic", words))
    if turn.frame.dialogue == "menu":
        _rest(turn)
    turn.late_effects.append(Begin(dialogue, facts=tuple(facts)))


def take_opener(turn: Turn) -> None:
    """Take what was chosen and written before the session as its first answers."""
    from flows.session import Answer

    here = turn.frame
    for field, value in turn.session.facts:
        if field in turn.library.fields and turn.answer(field) is None:
            answer = Answer(0, here.dialogue, here.step, here.scope, field, value, value)
            turn.remember(answer)


def open_menu(turn: Turn) -> None:
    """Open the menu."""
    turn.late_effects.append(Begin("menu"))


def open_settings(turn: Turn) -> None:
    """Open the settings; a talk that is open waits below."""
    from flows.session import Frame

    part = turn.library.dialogues["settings"]
    turn.frames.append(Frame(part.name, part.version, part.first))
    turn.jumped = True


def show_help_now(turn: Turn) -> None:
    """Show who to turn to in an emergency."""
    from flows.commands import page

    turn.say(*page(turn, "help_now"))


def resume_paused(turn: Turn) -> None:
    """Take up the paused talk that was picked; an open one rests."""
    picked = turn.value("paused_pick")
    known = {option.value for option in options_of(turn, "paused")}
    if picked in known:
        _rest(turn)
        turn.late_effects.append(Resume(str(picked)))


def export_everything(turn: Turn) -> None:
    """Send a file with everything that is kept about the person."""
    turn.do(Export())


def erase_everything(turn: Turn) -> None:
    """Delete everything about the person, for good."""
    from flows.moving import finish

    finish(turn, "deleted")
    turn.late_effects.append(Erase())


Action = Callable[[Turn], None]
ACTIONS: tuple[Action, ...] = (
    keep_name,
    keep_need,
    keep_country,
    keep_wishes,
    keep_hope,
    record_remember_consent,
    record_remind_consent,
    keep_zone,
    keep_utc,
    keep_quiet,
    keep_action,
    plan_reminder,
    plan_resume,
    pause_session,
    end_with_summary,
    delete_session,
    start_fresh,
    begin_express_grow,
    begin_full_grow,
    take_opener,
    open_menu,
    open_settings,
    show_help_now,
    resume_paused,
    export_everything,
    erase_everything,
)
_BY_NAME = {action.__name__: action for action in ACTIONS}


def perform(name: str, turn: Turn) -> None:
    """Do a named action. Raises KeyError if there is none."""
    _BY_NAME[name](turn)


def names() -> tuple[str, ...]:
    """The names of all actions."""
    return tuple(_BY_NAME)
