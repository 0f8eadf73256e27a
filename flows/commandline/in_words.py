"""Conditions, actions, gaps and lists in the words of a coach: the first line of their docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from flows import actions, conditions
from flows.definitions import END, Dialogue, Step, Way
from flows.gaps import GAPS
from flows.library import Library
from flows.machine import ways_of
from flows.named_lists import LISTS

NEVER_LOWERED = ("I ", "I’", "I'", "Cairn", "Telegram")


def first_line(thing: object) -> str:
    """The first line of a docstring, without its full stop; "" if there is none."""
    lines = (thing.__doc__ or "").strip().splitlines()
    return lines[0].strip().rstrip(".") if lines else ""


def action(name: str) -> str:
    """What a named action does."""
    return first_line(next(known for known in actions.ACTIONS if known.__name__ == name))


def gap(name: str) -> str:
    """What a gap is; the don't-know ladder is not found by a test of its own."""
    return "the answer is “don't know”" if name == "dont_know" else _lowered(first_line(GAPS[name].holds))


def named_list(name: str) -> str:
    """What a named list holds."""
    return _lowered(first_line(LISTS[name]))


def condition(name: str, step: Step, library: Library) -> str:
    """When a condition holds; a choice is named by the label the person taps."""
    choice = name.removeprefix(conditions.CHOSE)
    if choice == name:
        return _lowered(first_line(conditions.condition(name)))
    if choice == "located":
        return "a location was shared"
    labels = {**library.common.labels, **dict(step.choices)}
    return f"“{labels.get(choice, choice)}” was chosen"


def ways(dialogue: Dialogue, step: Step, library: Library) -> Iterator[tuple[str, str]]:
    """Where a step leads to and under which condition, in words; "" where there is none."""
    for way in ways_of(dialogue, step.name):
        yield way.to, _reason(way, step, library)


def _reason(way: Way, step: Step, library: Library) -> str:
    if way.when:
        return f"if {condition(way.when, step, library)}"
    return f"unless {condition(way.unless, step, library)}" if way.unless else ""


def place(target: str) -> str:
    """A step as the target of a way."""
    return "the end" if target == END else f"*{target}*"


def _lowered(sentence: str) -> str:
    if sentence.startswith(NEVER_LOWERED):
        return sentence
    return sentence[:1].lower() + sentence[1:]
