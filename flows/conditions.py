"""The closed list of conditions. The first docstring line is what a coach would read.

A condition looks at a turn and says yes or no; it changes nothing. Besides these, ``chose_<id>`` is
true when the step just answered was answered with that choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache, partial

from flows import checkin_conditions, looking_back_conditions
from flows.comparing import apart, same_obstacle
from flows.countries import zone_of_country
from flows.crisis import comes_back, help_told
from flows.listening import is_raw
from flows.named_lists import options_of
from flows.reading.normalise import normalised
from flows.reading.nothing import says_nothing
from flows.reading.writings import names_a_decision, names_a_text
from flows.reminder_wish import (
    evening_ahead,
    falls_in_quiet,
    moment_ahead,
    needs_time,
    reminder_over,
    wanted_reminder,
)
from flows.said_when import says_when
from flows.so_far import last_given, was_put
from flows.turn import Turn
from flows.unfinished import has_unfinished

CHOSE = "chose_"
ENOUGH_OPTIONS, SEVERAL_OPTIONS = 4, 2
LOW, SURE, AGAIN = 4, 7, 2
LOW_BASELINE = 3
LONG_SITTING = 20
STORY = 25  # words
BLANKS = 4  # rungs of the ladder
WORDED = ("text", "list", "plan")
TYPED_MOST = 13  # with what is asked after it a long talk stays within seventeen
NAMED_SESSIONS = 3
LONG_AWAY = dt.timedelta(days=7)

Condition = Callable[[Turn], bool]


def is_express(turn: Turn) -> bool:
    """The short way was chosen."""
    return bool(turn.value("mode") == "express")


def is_long_talk(turn: Turn) -> bool:
    """The long way was chosen, so that there is a shorter one."""
    return bool(turn.value("mode") == "full")


def mode_given(turn: Turn) -> bool:
    """The length was chosen before the session began."""
    return turn.value("mode") is not None


def topic_given(turn: Turn) -> bool:
    """The topic was written before the session began."""
    return turn.value("topic") is not None


def topic_is_raw(turn: Turn) -> bool:
    """The topic is told with strong feelings: what happened is heard before a goal is asked for."""
    answer = turn.answer("topic")
    return answer is not None and is_raw(answer.raw)


def topic_is_told(turn: Turn) -> bool:
    """The story was told with the topic, in twenty-five words or more."""
    answer = turn.answer("topic")
    return answer is not None and len(answer.raw.split()) >= STORY and is_raw(answer.raw)


def has_facts(turn: Turn) -> bool:
    """What happened was told already."""
    return turn.value("facts") is not None


def has_topic(turn: Turn) -> bool:
    """There is a topic to sum up."""
    return turn.value("topic") is not None


def goes_blank(turn: Turn) -> bool:
    """In a long talk several questions in a row led to “I don't know”: fewer of them serve better."""
    blanks = (visit.gap == "dont_know" and not visit.about.get("plain") for visit in turn.visits)
    return not is_express(turn) and sum(blanks) >= BLANKS


def importance_low(turn: Turn) -> bool:
    """The topic matters 4 or less."""
    return _number(turn, "importance", 10) <= LOW


def enough_options(turn: Turn) -> bool:
    """Four options or more stand on the list."""
    return len(turn.value("options") or ()) >= ENOUGH_OPTIONS


def several_options(turn: Turn) -> bool:
    """There is something to choose from."""
    return len(turn.value("options") or ()) >= SEVERAL_OPTIONS


def enough_for_short(turn: Turn) -> bool:
    """A short talk has three options or more to go on with."""
    return is_express(turn) and len(turn.value("options") or ()) > SEVERAL_OPTIONS


def has_action(turn: Turn) -> bool:
    """A step was named."""
    return bool(turn.value("action"))


def has_due(turn: Turn) -> bool:
    """A day was named for the step."""
    return bool(turn.value("due"))


def below_seven(turn: Turn) -> bool:
    """The confidence in the step is below 7."""
    return _number(turn, "confidence", 10) < SURE


def has_obstacle(turn: Turn) -> bool:
    """An obstacle was named."""
    named = turn.value("obstacle")
    return isinstance(named, str) and not says_nothing(named)


def has_plan(turn: Turn) -> bool:
    """A plan for the hard moment was named."""
    return bool((turn.value("if_then") or {}).get("response"))


def has_support(turn: Turn) -> bool:
    """Somebody or something that helps was named before."""
    return turn.answer("support") is not None


def wants_reminder(turn: Turn) -> bool:
    """A reminder of the step is wanted."""
    return wanted_reminder(turn) != ""


def has_message(turn: Turn) -> bool:
    """A message of Cairn's is planned in this session."""
    planned = turn.answer("next_message")
    return planned is not None and bool(planned.value)


def may_remind(turn: Turn) -> bool:
    """The person allowed messages that come unasked."""
    return turn.agreed("remind")


def may_remember(turn: Turn) -> bool:
    """The person allowed to keep their answers."""
    return turn.agreed("remember")


def zone_known(turn: Turn) -> bool:
    """The person's clock is known."""
    return turn.zone_known


def country_tells_clock(turn: Turn) -> bool:
    """Everybody in the person's country has the same time."""
    return bool(zone_of_country(turn))


def baseline_low(turn: Turn) -> bool:
    """All three numbers of the welcome are 3 or less."""
    scales = ("clarity", "self_confidence", "satisfaction")
    return all(_number(turn, scale, 10) <= LOW_BASELINE for scale in scales)


def first_three_sessions(turn: Turn) -> bool:
    """This is one of the person's first three sessions."""
    return turn.person.sessions <= NAMED_SESSIONS  # the welcome counts as one


def usefulness_low(turn: Turn) -> bool:
    """The session was rated 5 or less."""
    return _number(turn, "usefulness", 10) <= LOW + 1


def answered(turn: Turn) -> bool:
    """The step just left was answered and not skipped."""
    return turn.heard is not None and not turn.heard.skipped


def said_nothing(turn: Turn) -> bool:
    """The answer was that there is nothing."""
    return turn.heard is not None and says_nothing(turn.heard.raw)


def has_places(turn: Turn) -> bool:
    """The city is on the list of places."""
    return bool(turn.value("places"))


def place_is_sure(turn: Turn) -> bool:
    """The city was written as it is called, and all places of that name lie in one time zone."""
    answer = turn.answer("places")
    found: list[list[str]] = answer.value or [] if answer is not None else []
    if answer is None or len({zone for _, _, zone in found}) != 1:
        return False
    return f" {normalised(found[0][0])} " in f" {normalised(answer.raw.replace(',', ' '))} "


def has_zones(turn: Turn) -> bool:
    """Some place on the list shows the time that was typed."""
    return bool(options_of(turn, "zones"))


def has_paused(turn: Turn) -> bool:
    """Some talk is paused."""
    return any(paused.session != turn.session.id for paused in turn.person.paused)


def session_below(turn: Turn) -> bool:
    """A talk lies under the menu."""
    return any(turn.library.dialogues[frame.dialogue].kind == "session" for frame in turn.frames)


def long_away(turn: Turn) -> bool:
    """More than seven days have gone since the last answer."""
    return turn.at - turn.session.at > LONG_AWAY


def took_nearer_day(turn: Turn) -> bool:
    """Asked about a day far ahead, the person took a nearer one for a first piece."""
    return turn.heard is not None and "nearer" in turn.heard.signals


def success_is_words(turn: Turn) -> bool:
    """What is wanted at the end can be written down: a sentence, a list, a draft."""
    wanted = turn.value("success")
    return isinstance(wanted, str) and names_a_text(wanted)


def can_be_written(turn: Turn) -> bool:
    """What was wanted is a short text, and it was not written yet."""
    return _may_be_shown(turn, names_a_text)


def can_be_named(turn: Turn) -> bool:
    """What was wanted is a decision or a few names, and they were not written yet."""
    return _may_be_shown(turn, names_a_decision)


def _may_be_shown(turn: Turn, names_it: Callable[[str], bool]) -> bool:
    wanted = turn.value("success")
    if not isinstance(wanted, str) or not names_it(wanted) or turn.answer("written") is not None:
        return False
    return _typed(turn) <= TYPED_MOST


def long_sitting(turn: Turn) -> bool:
    """Twenty questions or more were put already."""
    return len(turn.visits) >= LONG_SITTING


def is_direct(turn: Turn) -> bool:
    """The person wants it plain: no softening lines, one stretch more."""
    return turn.person.rhythm.direct


def has_rhythm(turn: Turn) -> bool:
    """A regular message was set up in this talk."""
    return turn.value("first_message") is not None


def therapy_told(turn: Turn) -> bool:
    """In this talk it was said before that some things need a doctor or a therapist."""
    return was_put(turn, "therapy.full")


def offered_ways(turn: Turn) -> bool:
    """Ways to look at a question were offered before in this talk."""
    return was_put(turn, "advice.offer")


def asked_criteria(turn: Turn) -> bool:
    """What a good answer has to respect was asked before in this talk."""
    return was_put(turn, "advice.criteria")


def has_last_answer(turn: Turn) -> bool:
    """There is an answer to go back to."""
    return last_given(turn) is not None


def _typed(turn: Turn) -> int:
    """How many answers of this talk had to be typed; a tap has no message of the person's."""
    fields = turn.library.fields
    open_ones = (answer for answer in turn.answers if answer.field in fields)
    return sum(bool(one.message_ids) and fields[one.field].kind in WORDED for one in open_ones)


def _number(turn: Turn, field: str, otherwise: int) -> int:
    value = turn.value(field)
    return value if isinstance(value, int) else otherwise


def _chose(choice: str, turn: Turn) -> bool:
    return turn.last_choice == choice


CONDITIONS: tuple[Condition, ...] = (
    is_express,
    is_long_talk,
    mode_given,
    topic_given,
    has_topic,
    says_when,
    topic_is_raw,
    topic_is_told,
    has_facts,
    goes_blank,
    importance_low,
    enough_options,
    several_options,
    enough_for_short,
    has_action,
    has_due,
    below_seven,
    apart,
    has_obstacle,
    same_obstacle,
    has_plan,
    has_support,
    wants_reminder,
    needs_time,
    falls_in_quiet,
    reminder_over,
    moment_ahead,
    evening_ahead,
    has_message,
    may_remind,
    may_remember,
    zone_known,
    country_tells_clock,
    baseline_low,
    first_three_sessions,
    usefulness_low,
    answered,
    said_nothing,
    has_places,
    place_is_sure,
    has_zones,
    has_paused,
    session_below,
    long_away,
    took_nearer_day,
    is_direct,
    long_sitting,
    success_is_words,
    can_be_written,
    can_be_named,
    has_unfinished,
    *looking_back_conditions.CONDITIONS,
    *checkin_conditions.CONDITIONS,
    has_rhythm,
    help_told,
    comes_back,
    therapy_told,
    offered_ways,
    asked_criteria,
    has_last_answer,
)
_BY_NAME = {function.__name__: function for function in CONDITIONS}


@cache
def condition(name: str) -> Condition:
    """The condition with this name. Raises KeyError if there is none."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.startswith(CHOSE) and len(name) > len(CHOSE):
        return partial(_chose, name.removeprefix(CHOSE))
    raise KeyError(name)


def names() -> tuple[str, ...]:
    """The names of all conditions but the ``chose_`` family."""
    return tuple(_BY_NAME)
