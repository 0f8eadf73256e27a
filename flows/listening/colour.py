"""How something is said: blame, absolutes, obligation, hedges, avoidance, giving up, feelings.

Counts only where the context lets it, and yields to structure: a goal with a day is not asked about
its "should".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flows.listening.contexts import Context
from flows.listening.lexicon import Lexicon
from flows.listening.phrases import Span
from flows.listening.structure import Structure

Signals = dict[str, Span]
_REPORTED: Final = 2  # figures and days of the month that make a report of an answer
_GOALS: Final = frozenset(("goal.aspiration", "grow.goal"))


def colours(structure: Structure, context: Context, words: Lexicon) -> Signals:
    """The colour of an answer, each signal with the words that told."""
    heard: Signals = {}
    for signal, detect in _DETECTORS.items():
        if signal in context.signals and (place := detect(structure, context)):
            heard[signal] = place
    if "hedge" in heard and "should" in heard and _is_soft_should(structure):
        del heard["hedge"]
    return heard


def _left(structure: Structure, name: str) -> Span | None:
    """The first find of a list that nothing of its list of harmless wordings touches."""
    excused = structure.found.get(f"{name}_benign", ())
    for span in structure.found.get(name, ()):
        if not any(span[0] < b[1] and b[0] < span[1] for b in excused):
            return span
    return None


def _other_focus(structure: Structure, context: Context) -> Span | None:
    """The answer lives in another person: blame, or an act that somebody else is to do."""
    found = structure.found
    if found.get("own_part"):
        return None
    if context.name in _GOALS:
        spans = found.get("wants_other") or ([] if found.get("negative") else found.get("blame"))
        settled = structure.number or structure.date
        return spans[0] if spans and not settled else None
    if sum(word[0].isdecimal() for word in structure.text.words) >= _REPORTED:
        return None  # days and figures: a report, whoever it is about
    if context.name == "grow.action":
        spans = found.get("other_acts") or found.get("wants_other")
        return spans[0] if spans else None
    return _left(structure, "blame")


def _absolute(structure: Structure, context: Context) -> Span | None:
    return _left(structure, "absolute")


def _should(structure: Structure, context: Context) -> Span | None:
    """An obligation, unless a day or a number shows that it is a plan."""
    if structure.date or structure.number:
        return None
    return _left(structure, "should")


def _hedge(structure: Structure, context: Context) -> Span | None:
    """A commitment that is taken back a little, unless a firm one stands beside it."""
    text, soft = structure.text, structure.sets["softener"]
    if any(not at or text.words[at - 1] not in soft for at, _ in structure.found.get("firm", ())):
        return None
    if context.name != "roleplay.turn":
        return _left(structure, "hedge")
    spans = structure.found.get("hedge", ())
    return next((span for span in spans if text.words[span[0]] not in _POLITE), None)


# "Could we agree a date?" asks; it does not hedge.
_POLITE: Final = frozenset(("could", "might", "should", "if", "consider", "considering", "see"))


def _is_soft_should(structure: Structure) -> bool:
    return any(word in ("guess", "suppose", "probably", "ought") for word in structure.text.words)


def _negative(structure: Structure, context: Context) -> Span | None:
    """A goal that says only what should end."""
    if structure.number or structure.date:
        return None
    place = _left(structure, "negative")
    near = place is not None and place[0] <= structure.text.first + 2
    return place if place and near and not _goes_on(structure, place) else None


def _goes_on(structure: Structure, place: Span) -> bool:
    """Whether an act of one's own follows in another clause or after "and"."""
    text = structure.text
    ends = (at for at in range(place[1], len(text.words)) if text.breaks[at] or text.words[at] == "and")
    after = next(ends, len(text.words))
    return any(at >= after for at, _ in structure.acts if at not in structure.vague_acts)


def _sustain(structure: Structure, context: Context) -> Span | None:
    place = _left(structure, "sustain")
    return None if place is None or _goes_on(structure, place) else place


def _self_critic(structure: Structure, context: Context) -> Span | None:
    return _left(structure, "self_critic")


def raw(structure: Structure) -> Span | None:
    """What happened and is still close."""
    return _left(structure, "raw")


def painful(structure: Structure) -> Span | None:
    """What would sting if it came back: whatever the question was."""
    places = (_left(structure, name) for name in ("raw", "self_critic", "feeling", "therapy"))
    return next((place for place in places if place), None) or _complaint(structure)


def _complaint(structure: Structure) -> Span | None:
    """Blame of somebody; "it did not help" is none."""
    place = _left(structure, "blame")
    return place if place and structure.text.words[place[0]] not in _THINGS else None


_THINGS: Final = frozenset(("it", "this", "that", "nothing"))


def _feeling(structure: Structure, context: Context) -> Span | None:
    return _left(structure, "feeling") or raw(structure)


_DETECTORS: Final[dict[str, Callable[[Structure, Context], Span | None]]] = {
    "other_focus": _other_focus,
    "absolute": _absolute,
    "should": _should,
    "hedge": _hedge,
    "negative": _negative,
    "sustain": _sustain,
    "self_critic": _self_critic,
    "feeling": _feeling,
}
