"""What carries weight or joy in an answer, whatever the question: its kind, and the few words that say it.

A person who does harm, a loss, a body that is worn, a fear, something shunned or never said, good news.
Not a feeling is named that the words do not hold: they are only said back. Must not decide whether they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flows.listening.listening import heard_structure, listen
from flows.listening.phrases import Span
from flows.listening.structure import Structure
from flows.listening.words_of import Words

JOY: Final = "joy"
UNSAID: Final = "unsaid"
KINDS: Final = ("hurt", "lost", "worn", "fear", "shunned", "strain", UNSAID, JOY)
NEVER: Final = frozenset(("crisis", "crisis_soft", "workplace_harm", "self_critic"))  # not said back
STRONG: Final = frozenset(("raw", "hurt", "lost", "worn", "fear", UNSAID))
KEPT: Final = 256
MOST, FEWEST = 9, 1  # words of a quote, as typed
BE: Final = frozenset(("is", "was", "are", "were"))
MID: Final = frozenset(("of", "is", "was", "are", "were", "be", "has", "had", "have", "will", "would"))
OPENS: Final = frozenset(("this", "that", "the", "a", "an", "my", "like"))  # never at the end of a quote
TURNS: Final = frozenset(("but", "though", "although", "however", "unfortunately", "never"))
TAILS: Final = (
    ("to", "be", "honest"),
    ("i", "guess"),
    ("i", "do", "not", "know"),
    ("i", "suppose"),
)  # filler of several words


@dataclass(frozen=True, slots=True)
class Felt:
    """The kind of weight, and the words to say back, as typed."""

    kind: str
    words: str

    @property
    def is_strong(self) -> bool:
        """Whether it weighs enough to be met although something was met a short while ago."""
        return self.kind in STRONG


@lru_cache(maxsize=KEPT)
def felt(text: str, *, language: str = "en") -> Felt | None:
    """What in these words wants a line of its own; None if nothing does, or if it may not be quoted."""
    structure = heard_structure(text, language)
    found = [(span, kind) for kind in (*KINDS, "raw", "feeling") if (span := _first(structure, kind))]
    if not found or NEVER & set(listen(text, "grow.reality").signals):
        return None
    span, kind = min(found, key=lambda each: (each[1] == "feeling", each[0][0]))
    if kind == JOY and TURNS & set(structure.text.words):  # "they listened, but my name was not on it"
        return None
    words = short_quote(structure, span)
    return Felt(kind, words) if words else None


@lru_cache(maxsize=KEPT)
def loose(text: str, *, language: str = "en") -> str:
    """Words that cover a lot in what is told, as typed; "" if none do, or enough stands beside them."""
    structure = heard_structure(text, language)
    spans = structure.found.get("loose", ())
    if not spans or structure.number or structure.date or structure.name:
        return ""
    begin, end = spans[0]
    return _typed(structure.text, begin, end)


def _first(structure: Structure, kind: str) -> Span | None:
    """The first find of a list that nothing harmless touches."""
    excused = [*structure.found.get("felt_benign", ()), *structure.found.get(f"{kind}_benign", ())]
    spans = structure.found.get(kind, ())
    return next((s for s in spans if not any(s[0] < b[1] and b[0] < s[1] for b in excused)), None)


def short_quote(structure: Structure, span: Span) -> str:
    """Two to seven words as typed: the clause around the span, or as much of it as holds the span."""
    text, sets = structure.text, structure.sets
    begin, end = _trimmed(text, *_clause(text, span, sets["joint"]), sets["filler"])
    if _length(text, begin, end) > MOST:
        clause, (begin, end) = begin, _around(structure, span, end)
        if begin > clause and BE & set(text.words[span[1] : end]):
            return ""  # what is said of it has begun before: "the bit I'm scared of is …"
    return _typed(text, begin, end) if FEWEST <= _length(text, begin, end) <= MOST else ""


def _around(structure: Structure, span: Span, end: int) -> Span:
    """The span with who does it, and what follows it in so far as no word at the end leads on."""
    text, leads_on = structure.text, structure.sets["leads_on"]
    (begin, last), doer = span, structure.sets["doer"]
    while begin > 0 and not text.breaks[begin] and text.words[begin - 1] in doer:
        if _length(text, begin - 1, last) > MOST:
            break
        begin -= 1
    if _length(text, begin, end) > MOST:
        ends = [at for at in range(last + 1, end) if _may_end(text, at, leads_on)]
        end = max((at for at in ends if _length(text, begin, at) <= MOST), default=last)
    while end > begin + 1 and (
        text.words[end - 1] in OPENS or (end > last and _leads_on(text.words[end - 1], leads_on))
    ):
        end -= 1
    return begin, end


def _may_end(text: Words, at: int, leads_on: frozenset[str]) -> bool:
    """Whether what stands before this word is whole: not "in front" of "of", nor "doing" of "it"."""
    joins = text.words[at] in leads_on and text.words[at] not in MID
    return joins and not text.words[at - 1].endswith("ing")


def _leads_on(word: str, leads_on: frozenset[str]) -> bool:
    """Whether a cut after this word would break off in the middle."""
    return word in leads_on or word.endswith("ing")


def _clause(text: Words, span: Span, joints: frozenset[str]) -> Span:
    begin, end = span
    while begin > 0 and not text.breaks[begin] and text.words[begin - 1] not in joints:
        begin -= 1
    while end < len(text.words) and not text.breaks[end] and text.words[end] not in joints:
        end += 1
    return begin, end


def _trimmed(text: Words, begin: int, end: int, fillers: frozenset[str]) -> Span:
    """Without the filler at both ends."""
    while begin < end - 1 and (text.words[begin] in fillers or text.words[begin] == "sorry"):
        begin += 1
    while end > begin + 1 and (filler := _filler_before(text, end, fillers)):
        end = max(begin + 1, end - filler)
    return begin, end


def _filler_before(text: Words, end: int, fillers: frozenset[str]) -> int:
    """How many words of filler stand right before this place."""
    long = next((len(tail) for tail in TAILS if text.words[end - len(tail) : end] == tail), 0)
    return long or int(text.words[end - 1] in fillers)


def _length(text: Words, begin: int, end: int) -> int:
    places = text.typed_places[begin:end]
    return places[-1] - places[0] + 1 if places else 0


def _typed(text: Words, begin: int, end: int) -> str:
    places = text.typed_places
    typed = text.raw.split()[places[begin] : places[end - 1] + 1]
    return " ".join(typed).strip('.,;:!?()[]"“”…-–— ')
