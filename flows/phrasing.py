"""Choosing a wording and filling it with what is known: the person's words are quoted, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from zlib import crc32

from flows.effects import Span
from flows.fields import FIELDS
from flows.markup import Wording, fill
from flows.placeholders import BRIEF, FACT, value_of
from flows.recurring import QUOTES
from flows.session import Visit
from flows.turn import Turn

QUOTE, LONG_QUOTE = 80, 160
MOST_WORDS = 85  # in notes: they fit on one screen of a phone
BEGINNING = 12  # characters of a quote that tell it from others
OPENS = "“"
LATELY = 4  # questions
USED_KEPT = 5  # wordings of a question that are remembered as used, over all talks
QUOTED_KINDS = ("text", "list")
QUOTED = "word"  # a small question quotes the very words it asks about, where it can


def phrase(turn: Turn, name: str, **values: object) -> tuple[Span, ...]:
    """A shared phrase of the engine, with values of the moment; phrases rotate as questions do."""
    extra = {key: str(value) for key, value in values.items()}
    wordings = turn.library.phrase(name)
    if len(wordings) == 1:
        return filled(turn, wordings[0], extra=extra)
    key = f"common.{name}"
    wording = choose(turn, key, wordings, extra)
    turn.used.append((key, wording.id))
    return filled(turn, wording, extra=extra)


def filled(
    turn: Turn, wording: Wording, limit: int = QUOTE, extra: dict[str, str] | None = None
) -> tuple[Span, ...]:
    """A wording with its values; quotes are cut at ``limit`` characters."""
    known = extra or {}
    return fill(wording, lambda name: known.get(name) or value_of(turn, name, limit))


def eligible(turn: Turn, wordings: tuple[Wording, ...], extra: dict[str, str] | None = None) -> list[Wording]:
    """The wordings all of whose placeholders have values."""
    known = extra or {}
    needed = {name for wording in wordings for name in wording.needs}
    missing = {name for name in needed if not (known.get(name) or value_of(turn, name, QUOTE))}
    return [wording for wording in wordings if missing.isdisjoint(wording.needs)] if missing else [*wordings]


def with_used(known: Mapping[str, Sequence[str]], used: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The wordings known as used, the latest last, with those of a talk that ended or rests.

    A talk that rests and is taken up again tells its wordings twice; each stands once.
    """
    kept = {key: list(ids) for key, ids in known.items()}
    for key, wording in used:
        earlier = [id_ for id_ in kept.get(key, ()) if id_ != wording]
        kept[key] = [*earlier, wording][-USED_KEPT:]
    return kept


def pick(turn: Turn, count: int, salt: str = "") -> int:
    """An index below ``count`` that depends on session and ask number alone."""
    return crc32(f"{turn.session.id}:{turn.number}:{salt}".encode()) % count


def choose(
    turn: Turn, key: str, wordings: tuple[Wording, ...], extra: dict[str, str] | None = None
) -> Wording:
    """A wording for ``key`` (``dialogue.step``): none of those used lately while others are left.

    When all were used the one used longest ago is taken.
    """
    able = _said_once(turn, eligible(turn, wordings, extra)) or list(wordings)
    seen = [*turn.person.used.get(key, ()), *(wording for used, wording in turn.used if used == key)]
    fresh = _recalling(turn, [wording for wording in able if wording.id not in seen])
    if turn.quoted:
        fresh = [wording for wording in fresh if QUOTED in wording.needs] or fresh
    if fresh:
        fresh = _taking_turns(turn, fresh)
        return fresh[pick(turn, len(fresh), key)]
    return min(able, key=lambda wording: _last(seen, wording.id))


def _said_once(turn: Turn, wordings: list[Wording]) -> list[Wording]:
    """Those that quote nothing that stands above them in the same message already."""
    above = "".join(span.text for spans in turn.leads for span in spans)
    if OPENS not in above:
        return wordings
    said = {name for wording in wordings for name in words_in(wording) if _stands_in(turn, name, above)}
    return [wording for wording in wordings if said.isdisjoint(wording.needs)] or wordings


def _stands_in(turn: Turn, name: str, text: str) -> bool:
    """Whether most of the words of a field stand in a text; a quote may end earlier there than here."""
    beginning = value_of(turn, name, QUOTE)[:BEGINNING]
    return bool(beginning) and beginning in text


def _taking_turns(turn: Turn, wordings: list[Wording]) -> list[Wording]:
    """Those that hold words of the person, if the question before held none: a thread of their own phrases.

    None of the last few questions held the same words, or it would sound like an echo.
    """
    lately = [_quoted(turn, visit) for visit in turn.visits[-LATELY:]]
    fresh = [wording for wording in wordings if words_in(wording).isdisjoint(frozenset().union(*lately))]
    quoting = [wording for wording in fresh if words_in(wording)]
    if quoting and not (lately and lately[-1]):
        return quoting
    return fresh or wordings


def words_in(wording: Wording) -> frozenset[str]:
    """The fields whose words, as the person wrote them, a wording holds."""
    return _words_among(wording.needs)


@cache
def _words_among(names: frozenset[str]) -> frozenset[str]:
    fields = (name for name in names if name in FIELDS and FIELDS[name].kind in QUOTED_KINDS)
    return frozenset((*fields, *(names & QUOTES)))


def _quoted(turn: Turn, visit: Visit) -> frozenset[str]:
    """The fields that a question held."""
    if visit.gap:
        return frozenset((visit.gap,)) if visit.about.get("word") else frozenset()
    dialogue = turn.library.dialogues.get(visit.frame.dialogue)
    step = dialogue.steps.get(visit.frame.step) if dialogue else None
    found = (each for each in (*step.ask, *step.again) if each.id == visit.wording) if step else iter(())
    wording = next(found, None)
    return words_in(wording) if wording else frozenset()


def _recalling(turn: Turn, wordings: list[Wording]) -> list[Wording]:
    """Those that recall an earlier talk, if there are any; once in a talk is enough."""
    recall = [wording for wording in wordings if _recalls(wording)]
    if not recall:
        return wordings
    plain = [wording for wording in wordings if wording not in recall]
    return plain if plain and any(_was_recalling(turn, *used) for used in turn.used) else recall


def _recalls(wording: Wording) -> bool:
    return any(name.startswith(FACT) for name in wording.needs)


def _was_recalling(turn: Turn, key: str, id_: str) -> bool:
    """Whether a wording used in this talk recalled an earlier one."""
    dialogue, _, name = key.partition(".")
    known = turn.library.dialogues.get(dialogue)
    step = known.steps.get(name) if known else None
    return step is not None and any(_recalls(wording) for wording in step.ask if wording.id == id_)


def _last(seen: list[str], wording: str) -> int:
    return max(place for place, id_ in enumerate(seen) if id_ == wording)


def lines(turn: Turn, wordings: tuple[Wording, ...]) -> tuple[Span, ...]:
    """Lines one under another; one whose placeholder has no value is left out.

    Where that would be more than fits on a screen, longer quotes are cut to a piece.
    """
    spans = _lines(turn, wordings, LONG_QUOTE)
    return spans if _count(spans) <= MOST_WORDS else _lines(turn, wordings, BRIEF)


def _lines(turn: Turn, wordings: tuple[Wording, ...], limit: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    for wording in wordings:
        if not all(value_of(turn, name, limit) for name in wording.needs):
            continue
        if spans:
            spans.append(Span("\n"))
        spans.extend(filled(turn, wording, limit))
    return tuple(spans)


def _count(spans: tuple[Span, ...]) -> int:
    return len("".join(span.text for span in spans).split())
