"""How much of a person's words is shown where: a short piece in a question, about twenty words in a list.

What is stored is whole; only what is shown is cut. ``flows/reading/pieces.py`` knows where.
"""

from __future__ import annotations

from functools import lru_cache

from flows.fields import FIELDS
from flows.listening import hurts
from flows.markup import cut
from flows.reading.pieces import main_sentence, note, open_part, plan_piece, short_piece, subject_of
from flows.reading.quotes import is_quotable

KEPT = 512  # a talk shows the same words in question after question
WHOLE = 160  # characters from which on notes have room
OUTCOMES = ("written", "takeaway")
PLAN = 300  # characters of a half of a plan that has no clause to end at
OPEN = ("still_open", "last_still_open")  # what is missing, said beside what is there
AIMS = ("topic", "last_topic", "goal", "success", "hope")  # what a person came for, among other words
SUBJECTS = ("topic", "last_topic")  # what a talk is about, without "I want to speak about"
STEPS = ("action", "last_action", "chosen")  # what a person will do: said whole where it can be


@lru_cache(maxsize=KEPT)
def quoted(name: str, words: str) -> str:
    """The piece of a field's words that a question may hold; "" if there is none or it would hurt."""
    if (name in FIELDS and FIELDS[name].sensitive) or hurts(words):
        return ""
    return piece_of(name, words)


@lru_cache(maxsize=KEPT)
def piece_of(name: str, words: str) -> str:
    """The same for words said a moment ago: they may be said back whatever they are about."""
    piece = plan_piece(words) if name in STEPS else short_piece(_of(name, words))
    return piece if piece and is_quotable(piece) else ""


def as_typed(words: str, limit: int) -> str:
    """What was typed, to be kept or written anew: whole where it is short."""
    return cut(words, limit) if len(words) <= limit else in_notes(words, limit)


def in_notes(words: str, limit: int) -> str:
    """What a line or a list shows: whole clauses, or a cut at ``limit`` where none ends soon enough."""
    return note(words) or cut(words, limit)


def noted(name: str, words: str, limit: int) -> str:
    """What notes show of a field: about twenty words, or where the limit is closer a short piece.

    What was written as the outcome of a talk, and the sentence that stays, are not cut for that.
    """
    if name in OUTCOMES:
        return cut(words, PLAN)
    if limit < WHOLE:
        return piece_of(name, words) or in_notes(words, limit)
    return in_notes(_of(name, words), limit)


def _of(name: str, words: str) -> str:
    """The part of an answer that the field is about."""
    if name in OPEN:
        return open_part(words)
    if name in AIMS:
        words = main_sentence(words)
    return subject_of(words) if name in SUBJECTS else words


def in_plan(words: str) -> str:
    """A half of a plan: it is read as part of a sentence, so it ends where a clause does."""
    return plan_piece(words) or cut(words, PLAN)
