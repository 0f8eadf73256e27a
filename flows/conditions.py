"""The closed list of conditions. The first docstring line is what a coach would read.

A condition looks at a turn and says yes or no; it changes nothing. Besides these, ``chose_<id>`` is
true when the step just answered was answered with that choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache, partial

from flows import checkin_conditions
from flows.crisis import comes_back, help_told
from flows.listing import NEXT, PREVIOUS
from flows.looking_back import action_at_hand, due_actions
from flows.named_lists import options_of
from flows.patterns import pattern_of
from flows.reading.nothing import says_nothing
from flows.reading.writings import names_a_text
from flows.so_far import last_given, was_put
from flows.turn import Turn

CHOSE = "chose_"
ENOUGH_OPTIONS, SEVERAL_OPTIONS = 5, 2
LOW, SURE, AGAIN = 4, 7, 2
LOW_BASELINE = 3
LONG_SITTING = 20
NAMED_SESSIONS = 3
LONG_AWAY = dt.timedelta(days=7)

Condition = Callable[[Turn], bool]


def is_express(turn: Turn) -> bool:
    """The short way was chosen."""
    return bool(turn.value("mode") == "express")


def mode_given(turn: Turn) -> bool:
    """The length was chosen before the session began."""
    return turn.value("mode") is not None


def topic_given(turn: Turn) -> bool:
    """The topic was written before the session began."""
    return turn.value("topic") is not None


def has_topic(turn: Turn) -> bool:
    """There is a topic to sum up."""
    return turn.value("topic") is not None


def importance_low(turn: Turn) -> bool:
    """The topic matters 4 or less."""
    return _number(turn, "importance", 10) <= LOW


def enough_options(turn: Turn) -> bool:
    """Five options or more stand on the list."""
    return len(turn.value("options") or ()) >= ENOUGH_OPTIONS


def several_options(turn: Turn) -> bool:
    """There is something to choose from."""
    return len(turn.value("options") or ()) >= SEVERAL_OPTIONS


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
    return turn.value("reminder") in ("at", "evening")


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


def has_due_actions(turn: Turn) -> bool:
    """Some step is due to be looked back at."""
    return bool(due_actions(turn))


def several_due(turn: Turn) -> bool:
    """More than one step is due."""
    return len(due_actions(turn)) > 1


def is_review(turn: Turn) -> bool:
    """A step that was made earlier is looked at."""
    return bool(turn.item)


def outcome_known(turn: Turn) -> bool:
    """It was said already where the step is."""
    return turn.value("outcome") is not None


def is_done(turn: Turn) -> bool:
    """The step is done."""
    return bool(turn.value("outcome") == "done")


def is_partly(turn: Turn) -> bool:
    """The step is partly done."""
    return bool(turn.value("outcome") == "partly")


def is_not_yet(turn: Turn) -> bool:
    """The step is not done yet."""
    return bool(turn.value("outcome") == "not_yet")


def is_changed(turn: Turn) -> bool:
    """The step turned into something else."""
    return bool(turn.value("outcome") == "changed")


def is_irrelevant(turn: Turn) -> bool:
    """The step is of no use any more."""
    return bool(turn.value("outcome") == "irrelevant")


def undone_again(turn: Turn) -> bool:
    """The step was found not done at two reviews in a row, this one included."""
    return _undone(turn) == AGAIN


def undone_often(turn: Turn) -> bool:
    """The step was found not done at three reviews in a row or more, this one included."""
    return _undone(turn) > AGAIN


def _undone(turn: Turn) -> int:
    action = action_at_hand(turn)
    return action.undone if action else 0


def about_goal(turn: Turn) -> bool:
    """It says something about the goal."""
    return bool(turn.value("meaning") == "goal")


def matters_little(turn: Turn) -> bool:
    """The step matters 4 or less by now."""
    return _number(turn, "resonance", 10) <= LOW


def keeps_words(turn: Turn) -> bool:
    """The step stays as it is worded and gets another day."""
    return turn.value("decision") == "keep" or bool(turn.value("still_ahead"))


def makes_smaller(turn: Turn) -> bool:
    """A smaller version of the step is wanted."""
    return bool(turn.value("decision") == "smaller")


def has_pattern(turn: Turn) -> bool:
    """Four reviews or more have something in common."""
    return pattern_of(turn.person.reviewed) is not None


def has_actions(turn: Turn) -> bool:
    """There are open steps."""
    return bool(turn.actions)


def turned_page(turn: Turn) -> bool:
    """Another page of the list was asked for."""
    return turn.last_choice in (NEXT, PREVIOUS)


def picked_step(turn: Turn) -> bool:
    """One of the steps on the list was picked."""
    return bool(options_of(turn, "picked_step"))


def not_certain(turn: Turn) -> bool:
    """The confidence in the step is 8 or less."""
    return _number(turn, "confidence", 10) <= SURE + 1


def success_is_words(turn: Turn) -> bool:
    """What is wanted at the end can be written down: a sentence, a list, a draft."""
    wanted = turn.value("success")
    return isinstance(wanted, str) and names_a_text(wanted)


def after_look_back(turn: Turn) -> bool:
    """An earlier step came up in this talk or right before it, so it has been long enough."""
    if turn.fact("reviewed"):
        return True
    return any(frame.item or frame.step == "which_first" for visit in turn.visits for frame in visit.frames)


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


def has_last_answer(turn: Turn) -> bool:
    """There is an answer to go back to."""
    return last_given(turn) is not None


def _number(turn: Turn, field: str, otherwise: int) -> int:
    value = turn.value(field)
    return value if isinstance(value, int) else otherwise


def _chose(choice: str, turn: Turn) -> bool:
    return turn.last_choice == choice


CONDITIONS: tuple[Condition, ...] = (
    is_express,
    mode_given,
    topic_given,
    has_topic,
    importance_low,
    enough_options,
    several_options,
    has_action,
    has_due,
    below_seven,
    has_obstacle,
    has_plan,
    has_support,
    wants_reminder,
    has_message,
    may_remind,
    may_remember,
    zone_known,
    baseline_low,
    first_three_sessions,
    usefulness_low,
    answered,
    said_nothing,
    has_places,
    has_zones,
    has_paused,
    session_below,
    long_away,
    took_nearer_day,
    has_due_actions,
    several_due,
    is_review,
    outcome_known,
    is_done,
    is_partly,
    is_not_yet,
    is_changed,
    is_irrelevant,
    undone_again,
    undone_often,
    about_goal,
    matters_little,
    keeps_words,
    makes_smaller,
    has_pattern,
    has_actions,
    turned_page,
    picked_step,
    not_certain,
    is_direct,
    long_sitting,
    after_look_back,
    success_is_words,
    *checkin_conditions.CONDITIONS,
    has_rhythm,
    help_told,
    comes_back,
    therapy_told,
    offered_ways,
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
