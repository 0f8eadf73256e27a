"""What an answer lacks for its question: a picture, a number, a day, one thing, more than a word.

This layer carries the weight: it asks what is missing, not how something is said.
"""

from __future__ import annotations

from typing import Final

from flows.listening.contexts import Context
from flows.listening.lexicon import Lexicon
from flows.listening.phrases import Span
from flows.listening.structure import Structure
from flows.reading.normalise import is_empty, is_thumbs_down, is_thumbs_up

_FEW: Final = 3  # words of a short answer
_ACTS_MOST: Final = 3  # acts that one step may have
_PICKED_MOST: Final = 2  # things that may be chosen at once
_AFTER_DONT_KNOW: Final = 6  # words that may follow "no idea"
_ACTIONS: Final = frozenset(("grow.action", "scale.plus_one", "grow.ifthen"))
_GOALS: Final = frozenset(("goal.aspiration", "grow.goal"))
_SHRUGS: Final = "🤷"


def is_nothing(structure: Structure) -> bool:
    """Only emoji, punctuation or filler; a shrug says something."""
    raw = structure.text.raw
    if _SHRUGS in raw:
        return False
    return is_empty(raw) or is_thumbs_up(raw) or is_thumbs_down(raw) or not structure.text.words


def does_not_know(structure: Structure) -> Span | None:
    """The message says "I don't know" or "nothing", and no answer follows."""
    text = structure.text
    if _SHRUGS in text.raw and len(text.words) <= _FEW:
        return (0, len(text.words))
    first = text.first
    while first < len(text.words) and text.words[first] in structure.sets["opener"]:
        first += 1
    spans = [span for span in structure.found.get("dont_know", ()) if span[0] <= first]
    if not spans:
        return None
    end = max(span[1] for span in spans)
    rest = text.words[end : text.last]
    if len(rest) > _AFTER_DONT_KNOW or structure.sets["turn"] & set(rest[:2]):
        return None
    if len(rest) > 2 and (structure.name or any(at >= end for at, _ in structure.acts)):
        return None if rest[0] not in ("i", "just", "it") else (spans[0][0], end)
    return (spans[0][0], end)


def overload(structure: Structure, context: Context, words: Lexicon) -> Span | None:
    """Everything, three things or more by number, or four acts."""
    whole = (0, len(structure.text.words))
    if context.name == "grow.choose":
        few = len(structure.text.words) <= 8
        if few and structure.found.get("all_wish"):
            return structure.found["all_wish"][0]
        return whole if structure.indices > _PICKED_MOST else None
    return whole if structure.acts_listed > _ACTS_MOST else None


def vague(structure: Structure, context: Context) -> Span | None:
    """Nothing that shows where a picture is needed: the place of the word that tells, empty if none does."""
    if context.name in _GOALS:
        missing = not _pictured(structure)
    elif context.name == "scale.plus_one":
        missing = bool(_lexical(structure)) and not _done_visibly(structure, context)
    elif context.name in _ACTIONS:
        missing = not _done_visibly(structure, context)
    elif context.name == "stuck.describe":
        return _feeling_only(structure)
    elif context.name == "roleplay.turn":
        missing = bool(structure.vague_words) and not _asks_for_something(structure)
    else:
        missing = bool(_lexical(structure)) and not _counted(structure, context)
    return (_lexical(structure) or (0, 0)) if missing and structure.text.words else None


def no_number(structure: Structure, context: Context) -> bool:
    """Neither a figure nor anything that can be seen, held or shown."""
    return not _counted(structure, context)


def no_date(structure: Structure) -> bool:
    """No day, time or occasion, or only a loose one."""
    reading = structure.when
    if reading.moment is not None:
        return False
    loose = bool(structure.found.get("loose_event"))
    if reading.why in ("past", "ambiguous"):
        return False
    if reading.candidates:
        return loose or (reading.why == "fuzzy" and "end" not in structure.text.words)
    return loose or not structure.found.get("event")


def is_short(structure: Structure, context: Context) -> bool:
    """A few words that tell no number, day, name or act."""
    words = structure.text.words
    if not words or len(words) > _FEW + structure.text.plain.count("'"):
        return False
    if structure.number or structure.date or structure.name:
        return False
    if context.name == "grow.options":
        return len(structure.text.core) <= 1 and structure.text.core[0] not in structure.sets["enough"]
    return not structure.acts and len(structure.content) < _FEW


def outcome(structure: Structure, words: Lexicon) -> Span | None:
    """Something that others decide, given as what is counted."""
    text = structure.text.words
    places = [at for at, word in enumerate(text) if word in words.sets["outcome"]]
    own = any(word in words.sets["own_count"] for word in text)
    acts = [at for at, _ in structure.acts if text[at] not in words.sets["getting"]]
    if not places or own or (acts and not structure.person):
        return None
    return (places[0], places[0] + 1)


def _pictured(structure: Structure) -> bool:
    """Whether a goal shows something."""
    vague_act = bool(structure.vague_acts)
    asks = structure.question and not structure.vague_words
    if structure.number or structure.date or asks:
        return True
    acts = [span for span in structure.acts if span[0] not in structure.vague_acts]
    if vague_act or structure.vague_words:
        return bool(structure.name) or _strong(structure, acts) or (structure.fields and not vague_act)
    return bool(acts or structure.name or structure.artefacts or structure.fields)


def _strong(structure: Structure, acts: list[Span]) -> bool:
    """An act whose object is a thing or a person, in spite of a vague word beside it."""
    return any(to in structure.artefacts or to - 1 in structure.artefacts for _, to in acts)


def _done_visibly(structure: Structure, context: Context) -> bool:
    """Whether somebody could see it done."""
    if context.name == "grow.ifthen":
        return structure.response is not None and _acted(structure.response)
    return _acted(structure)


def _acted(structure: Structure) -> bool:
    acts = [span for span in structure.acts if span[0] not in structure.vague_acts]
    if structure.vague_acts:
        return structure.number or structure.date or structure.name or _strong(structure, acts)
    if acts or structure.number or structure.name:
        return True
    if structure.vague_words:
        return False
    return bool(structure.artefacts) or structure.date or _single_act(structure)


def _asks_for_something(structure: Structure) -> bool:
    """Whether a turn of a role-play names what it is about, or asks a question."""
    asks = "?" in structure.text.raw and structure.question
    shown = structure.number or structure.date or structure.name or structure.fields
    return asks or shown or bool(structure.artefacts)


def _single_act(structure: Structure) -> bool:
    """An act that needs no object: "shadowing", "resign"."""
    return any(word in structure.sets["complete_act"] for word in structure.text.words)


def _counted(structure: Structure, context: Context) -> bool:
    if structure.number:
        return True
    acts = bool([span for span in structure.acts if span[0] not in structure.vague_acts])
    if context.name == "metric.define":
        return bool(structure.found.get("counting"))
    if context.name == "audit.win":
        proof = bool(structure.found.get("proof"))
        return proof or (
            not structure.vague_words and (structure.name or (acts and bool(structure.artefacts)))
        )
    if structure.vague_words and not structure.name:
        return acts and _strong(structure, list(structure.acts))
    return bool(
        acts or structure.artefacts or structure.name or structure.date or structure.question
    ) or bool(structure.found.get("told"))


def _lexical(structure: Structure) -> Span | None:
    """The vague words themselves, the first of them."""
    if structure.vague_acts:
        first = min(structure.vague_acts)
        return (first, first + 1)
    return (structure.vague_words[0], structure.vague_words[0] + 1) if structure.vague_words else None


def _feeling_only(structure: Structure) -> Span | None:
    """A feeling or a verdict on everything, without what it is about."""
    spans = structure.found.get("feeling") or structure.found.get("verdict")
    if not spans:
        return None
    rest = structure.text.words[spans[-1][1] : structure.text.last]
    about = len([word for word in rest if word not in structure.sets["no_object"]]) >= 2
    known = structure.number or structure.date or structure.name or about
    return None if known or len(structure.text.words) > 9 else spans[0]
