"""Listening to one answer: what is in it, and what the one response to it would be.

1. Danger and what is said to the program; 2. what is missing for the question; 3. how it is said, where
that helps. Pure: words, a context and a budget in, a value out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flows.listening.budget import Budget
from flows.listening.colour import colours, painful, raw
from flows.listening.contexts import (
    ACKNOWLEDGED,
    INTERRUPTS,
    RESPONSES,
    SENSITIVE,
    Context,
    context_of,
    in_order,
)
from flows.listening.lexicon import Lexicon, lexicon
from flows.listening.missing import (
    does_not_know,
    is_nothing,
    is_short,
    no_date,
    no_number,
    outcome,
    overload,
    vague,
)
from flows.listening.phrases import Span
from flows.listening.safety import interrupts
from flows.listening.structure import Structure

DANGER: Final = ("crisis", "workplace_harm", "crisis_soft")
KEPT: Final = 64  # texts and what was heard in them
FRESH: Final = Budget()
MOST_WORDS: Final = 5
COMPARES: Final = frozenset(("more", "less", "better", "so", "too", "very"))
LIGHT: Final = frozenset(("be", "feel", "get", "become", "have", "do", "make", "go", "being", "feeling"))
LEADS_ON: Final = frozenset(("to", "of", "for", "at", "with", "in", "on", "about", "the", "a", "my", "and"))
_Signals = dict[str, Span]


@dataclass(frozen=True, slots=True)
class Listening:
    """What was heard: ``probe`` is the response, ``ack`` a mere acknowledgement, ``about`` its signal.

    ``quote`` holds two to eight words as typed, ``word`` the one that told and ``trigger`` the few that
    did; all are empty where nothing may be quoted.
    """

    signals: tuple[str, ...] = ()
    probe: str | None = None
    ack: str | None = None
    about: str = ""
    quote: str = ""
    word: str = ""
    trigger: str = ""

    @property
    def interrupts(self) -> bool:
        """Whether the message is no answer, and the response goes before everything else."""
        return self.about in INTERRUPTS

    @property
    def is_sensitive(self) -> bool:
        """Whether nothing of it may be said back."""
        return bool(SENSITIVE & set(self.signals))


@lru_cache(maxsize=KEPT)
def listen(text: str, context: str, budget: Budget = FRESH, *, language: str = "en") -> Listening:
    """What is heard in an answer to the question ``context``, within what the budget allows.

    A turn asks more than once about the same words, so what was heard last is remembered for a while.
    """
    here = context_of(context)
    words = lexicon(language)
    structure = heard_structure(text, language)
    said, found = structure.text, structure.found
    stops = {name: spans[0] for name, spans in interrupts(said, found, structure, here, words).items()}
    heard = stops or _heard(structure, here, words)
    order = in_order(here, frozenset(heard))
    about = _first_allowed(order, here, budget)
    signals = tuple(signal for signal in order if signal not in stops or signal == order[0])
    if about is None:
        return Listening(signals)
    quote, word = _quoted(structure, heard, about, signals)
    ack = ACKNOWLEDGED.get(about)
    trigger = _trigger(structure, heard[about]) if word else ""
    return Listening(signals, RESPONSES.get(about), ack, about, quote, word, trigger)


def is_raw(text: str, *, language: str = "en") -> bool:
    """Whether something is told that is still close: tears, a scene, being shamed before others."""
    return raw(heard_structure(text, language)) is not None


def hurts(text: str, *, language: str = "en") -> bool:
    """Whether words are better not said back later: a feeling, a hard word about oneself, a complaint."""
    structure = heard_structure(text, language)
    return not structure.found.get("joy") and painful(structure) is not None


def danger(text: str, *, language: str = "en") -> str:
    """``crisis``, ``workplace_harm`` or ``crisis_soft``, the first that is heard; "" if none is.

    The short way for a turn that only asks whether coaching may go on: how an answer is said is left out.
    """
    words = lexicon(language)
    structure = heard_structure(text, language)
    heard = interrupts(structure.text, structure.found, structure, context_of(""), words)
    return next((signal for signal in DANGER if signal in heard), "")


@lru_cache(maxsize=KEPT)
def heard_structure(text: str, language: str = "en") -> Structure:
    """The text with what its words are made of; remembered for a while."""
    words = lexicon(language)
    said = words.words_of(text)
    return Structure(said, words.finder.find(said), words)


def _heard(structure: Structure, context: Context, words: Lexicon) -> _Signals:
    """The signals of an answer that count in this context, each with the words that told."""
    everything = (0, len(structure.text.words))
    if is_nothing(structure):
        return {"empty": everything}
    if place := does_not_know(structure):
        return {"dont_know": place}
    heard = colours(structure, context, words)
    heard |= _missing(structure, context, words, heard)
    return heard


def _missing(structure: Structure, context: Context, words: Lexicon, heard: _Signals) -> _Signals:
    counts = context.signals
    everything = (0, max(1, len(structure.text.words)))
    lacking: _Signals = {}
    if "lag_metric" in counts and (place := outcome(structure, words)):
        return {"lag_metric": place}
    if "overload" in counts and (place := overload(structure, context, words)):
        return {"overload": place}
    place = vague(structure, context) if "vague" in counts else None
    if place and not _explained(heard, structure):
        lacking["vague"] = place
    if "no_number" in counts and no_number(structure, context):
        lacking["no_number"] = everything
    if "no_date" in counts and no_date(structure):
        lacking["no_date"] = everything
    if "short" in counts and is_short(structure, context) and "feeling" not in heard:
        lacking["short"] = everything
    return lacking


def _explained(heard: _Signals, structure: Structure) -> bool:
    """Whether what is missing has a nearer name: a goal that says only what it should not be."""
    if {"negative", "other_focus"} & set(heard):
        return True
    return "should" in heard and not (structure.vague_acts or structure.vague_words)


def _first_allowed(order: tuple[str, ...], context: Context, budget: Budget) -> str | None:
    for signal in order:
        if signal in INTERRUPTS:
            if budget.lets_interrupt(signal):
                return signal
        elif signal == "empty" or signal in ACKNOWLEDGED or budget.allows(signal, context.phase):
            return signal
    return None


def _trigger(structure: Structure, span: Span) -> str:
    """The words that told, as typed: a comparative with what it compares, none that leads on at the end."""
    text = structure.text
    if span[0] == span[1]:
        return ""  # something is missing, and no word of it tells what
    begin, end = span[0], min(span[1], span[0] + MOST_WORDS, len(text.words))
    if text.words[begin] in LIGHT and end == begin + 1:
        while end < min(len(text.words), begin + 3) and not text.breaks[end]:
            end += 1
    if end < len(text.words) and text.words[end - 1] in COMPARES and not text.breaks[end]:
        end += 1
    while end > begin + 1 and text.words[end - 1] in LEADS_ON:
        end -= 1
    typed = [text.typed_word(place) for place in range(begin, end)]
    # "I'm" counts as two words, and is one as typed
    return " ".join(word for place, word in enumerate(typed) if not place or word != typed[place - 1])


def _quoted(structure: Structure, heard: _Signals, about: str, signals: tuple[str, ...]) -> tuple[str, str]:
    text = structure.text
    if SENSITIVE & set(signals) or about in INTERRUPTS or about == "empty" or not text.words:
        return "", ""
    at = min(heard[about][0], len(text.words) - 1)
    return text.quote(at), text.typed_word(at)
