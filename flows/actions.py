"""The closed list of named actions: what a step does once it is answered (or said).

The first docstring line is what a coach would read. An action adds effects; it never asks.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows import checkin
from flows.asides import open_instead, uncovered
from flows.countries import country_code, zone_of_country
from flows.crisis import (
    close_crisis,
    note_crisis,
    note_dark_words,
    note_help_shown,
    open_crisis,
    open_pause,
    take_up_thread,
)
from flows.effects import Consent, Erase, Export, KeepAction
from flows.finishing import finish
from flows.listing import move_action, split_action, turn_page
from flows.looking_back import (
    judge_plan,
    let_go,
    park_older,
    recall_action,
    record_decision,
    record_done,
    record_freed,
    record_learning,
    record_outcome,
    record_part,
    record_reason,
    record_taught,
)
from flows.moments import cue_of, moment_of
from flows.observing import observe_pattern, sum_up_reviews
from flows.pages import page
from flows.reading.clock import read_time
from flows.reading.nothing import says_nothing
from flows.reminder_wish import asked_time, wanted_reminder
from flows.reminding import ACTION, RESUME, drop_reminder, plan_reminder, plan_resume
from flows.rhythm import CONSENT_VERSION as CONSENT_VERSION
from flows.rhythm_steps import ask_again_then, keep_rhythm, rest_until, turn_off
from flows.said_when import take_when
from flows.session import Answer
from flows.talks import (
    begin_express_grow,
    begin_full_grow,
    begin_review,
    delete_session,
    end_with_summary,
    meet_opener,
    open_checkin,
    open_menu,
    open_review,
    pause_session,
    resume_paused,
    resume_unfinished,
    review_brought_up,
    start_fresh,
    stop_here,
    take_short_way,
)
from flows.turn import Turn

KNOWN_LENGTH = 400


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
        turn.know("country", country_code(turn, value))


def keep_wishes(turn: Turn) -> None:
    """Keep what the talks must respect."""
    _know(turn, "wishes")


def keep_hope(turn: Turn) -> None:
    """Keep what the person hopes for in six months."""
    _know(turn, "hope")


def _know(turn: Turn, field: str) -> None:
    value = turn.value(field)
    if isinstance(value, str) and value and _may_know(turn, field):
        turn.know(field, value[:KNOWN_LENGTH])


def _may_know(turn: Turn, field: str) -> bool:
    """Nothing is kept before the person was asked; a name set later, in the settings, is meant to stay."""
    named_later = field == "name" and turn.fact("welcomed") == "yes"
    return named_later or turn.agreed("remember")


def record_remember_consent(turn: Turn) -> None:
    """Record whether answers may be kept; what was said before the yes is kept with it."""
    given, before = turn.value("consent_remember") == "yes", turn.agreed("remember")
    turn.granted["remember"] = given
    turn.do(Consent("remember", CONSENT_VERSION, given))
    if not given or before:
        return
    for answer in turn.answers:
        turn.store(answer)
    for field in ("name", "need"):
        _know(turn, field)
    keep_action(turn)


def record_remind_consent(turn: Turn) -> None:
    """Record whether Cairn may write first; a no calls off what is planned in this session."""
    given = turn.value("consent_remind") == "yes"
    turn.granted["remind"] = given
    turn.do(Consent("remind", CONSENT_VERSION, given))
    if not given:
        drop_reminder(turn, ACTION)
        drop_reminder(turn, RESUME)


def keep_zone(turn: Turn) -> None:
    """Keep the zone that was found, unless the clock was said to be wrong."""
    found = turn.value("zone_found")
    refused = turn.last_choice == "no" or (turn.heard is not None and turn.heard.skipped)
    if not refused and isinstance(found, str) and _is_zone(found):
        _set_zone(turn, found)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def keep_place(turn: Turn) -> None:
    """Keep the zone of the city that was named; every place of that name lies in it."""
    found = turn.value("places")
    if found and _is_zone(found[0][-1]):
        _find_zone(turn, found[0][-1])


def keep_zone_of_country(turn: Turn) -> None:
    """Keep the zone of the country, where everybody there has the same time."""
    zone = zone_of_country(turn)
    if _is_zone(zone):
        _find_zone(turn, zone)


def _find_zone(turn: Turn, zone: str) -> None:
    """What was found earlier in the session no longer counts."""
    turn.set("zone_found", zone, zone)
    _set_zone(turn, zone)


def note_clock(turn: Turn) -> None:
    """Note when the person read their clock: the places that share it follow from both."""
    turn.set("clock_at", int(turn.at.timestamp()))


def keep_utc(turn: Turn) -> None:
    """Go by world time, if the person said yes to it."""
    if turn.last_choice == "yes":
        _set_zone(turn, "UTC")


def _set_zone(turn: Turn, zone: str) -> None:
    turn.set("zone", zone, zone)
    turn.know("zone", zone)


def keep_quiet(turn: Turn) -> None:
    """Keep the quiet hours."""
    for field in ("quiet_from", "quiet_until"):
        value = turn.value(field)
        if isinstance(value, int):
            turn.know(field, value % 1440)


def keep_action(turn: Turn) -> None:
    """Keep the step as it stands now, in the place of its former version."""
    words = turn.value("action")
    if not isinstance(words, str) or not words or not turn.agreed("remember"):
        return
    plan = turn.value("if_then") or {}
    obstacle = turn.value("obstacle") or ""
    wanted = wanted_reminder(turn)
    turn.do(
        KeepAction(
            name=_name_of_step(turn),
            action="" if turn.value("onward") else turn.item,
            words=words,
            due=moment_of(turn.value("due")),
            due_words=cue_of(turn.value("due")),
            zone=turn.zone if turn.zone_known else None,
            confidence=turn.value("confidence"),
            ask=turn.visits[-1].ask if turn.visits else 0,
            obstacle="" if says_nothing(obstacle) else obstacle,
            cue=plan.get("cue", ""),
            response=plan.get("response", ""),
            smallest=turn.value("smallest") or "",
            support=turn.value("support") or "",
            why=turn.value("reason") or "",
            reminder=wanted,
            remind_minutes=asked_time(turn) if wanted == "at" else None,
        )
    )


def _name_of_step(turn: Turn) -> str:
    """What the session calls the step; one that follows from another is called after that."""
    return f"{ACTION}-{turn.item[-8:]}" if turn.item else ACTION


def take_opener(turn: Turn) -> None:
    """Take what was chosen and written before the session as its first answers."""
    here = turn.frame
    for field, value in turn.session.facts:
        if field in turn.library.fields and turn.answer(field) is None:
            answer = Answer(0, here.dialogue, here.step, here.scope, field, value, value)
            turn.remember(answer)


def open_settings(turn: Turn) -> None:
    """Open the settings; a talk that is open waits below."""
    open_instead(turn, "settings")


def open_actions(turn: Turn) -> None:
    """Open the list of steps; a talk that is open waits below."""
    open_instead(turn, "actions")


def show_help_now(turn: Turn) -> None:
    """Show who to turn to in an emergency."""
    turn.say(page(turn, "help_now"))


def go_back_after(turn: Turn) -> None:
    """When this is over, return to the question before."""
    turn.afterwards = "back"


def skip_after(turn: Turn) -> None:
    """When this is over, leave the open question out."""
    turn.afterwards = "skip"


def take_reminder_time(turn: Turn) -> None:
    """Keep the clock time that was typed where a reminder was offered: "9:40 please"."""
    heard = turn.heard
    minutes = read_time(heard.raw) if heard and heard.choice == "at" and heard.message_ids else None
    if minutes is not None:
        turn.set("remind_at", minutes, heard.raw if heard else "")


def leave_told(turn: Turn) -> None:
    """When this is over, leave the open question out if it asks for the reason: it was told just now."""
    below = uncovered(turn)[-1:]
    steps = (turn.library.dialogues[frame.dialogue].steps.get(frame.step) for frame in below)
    if any(step is not None and step.saves == "came_up" for step in steps):
        turn.afterwards = "skip"


def shorten_after(turn: Turn) -> None:
    """When this is over, take the short way from the open question on."""
    turn.afterwards = "short"


def export_everything(turn: Turn) -> None:
    """Send a file with everything that is kept about the person."""
    turn.do(Export())


def erase_everything(turn: Turn) -> None:
    """Delete everything about the person, for good."""
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
    keep_place,
    keep_zone_of_country,
    note_clock,
    keep_utc,
    keep_quiet,
    keep_action,
    take_when,
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
    resume_unfinished,
    review_brought_up,
    meet_opener,
    take_short_way,
    export_everything,
    erase_everything,
    recall_action,
    park_older,
    record_outcome,
    record_done,
    record_reason,
    record_learning,
    record_part,
    judge_plan,
    record_taught,
    let_go,
    record_decision,
    record_freed,
    begin_review,
    sum_up_reviews,
    observe_pattern,
    turn_page,
    move_action,
    split_action,
    open_actions,
    open_review,
    open_checkin,
    *checkin.ACTIONS,
    keep_rhythm,
    rest_until,
    turn_off,
    ask_again_then,
    note_crisis,
    note_help_shown,
    note_dark_words,
    close_crisis,
    open_crisis,
    open_pause,
    take_up_thread,
    stop_here,
    go_back_after,
    skip_after,
    leave_told,
    take_reminder_time,
    shorten_after,
)
_BY_NAME = {action.__name__: action for action in ACTIONS}


def perform(name: str, turn: Turn) -> None:
    """Do a named action. Raises KeyError if there is none."""
    _BY_NAME[name](turn)


def names() -> tuple[str, ...]:
    """The names of all actions."""
    return tuple(_BY_NAME)
