"""Counting a talk: the numbers that help to judge a change of wording, each defined in its own line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from flows.commandline.lab.tally import QUOTE, Tally, ours

RECENT = 3  # talks within which a wording or a sentence counts as repeated
LONG_ENOUGH = 4  # words; shorter ones are labels such as "Your notes"
TYPED_LIMIT, TAPS_LIMIT = 17, 10
_WORD = re.compile(r"[^\W_]+(?:[’'.:/-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.?!…:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one talk."""

    day: str
    talk: str
    questions: int
    messages: int
    typed: int
    taps: int
    once: int
    median: int
    longest: int
    probes: int
    needless: int
    rungs: int
    quotes: int
    quoting: int  # per cent of the coach's messages
    stacked: int
    wordings: int
    sentences: int
    dated: int
    outcome: str

    @property
    def is_within_limits(self) -> bool:
        """Whether no more was typed and tapped than a sitting on a phone bears."""
        return self.typed <= TYPED_LIMIT and self.taps <= TAPS_LIMIT


def count(tallies: Sequence[Tally]) -> list[Counts]:
    """The numbers of each talk of one person, in order: repetition is seen against the talks before."""
    return [_counts(tally, tallies[max(0, n - RECENT) : n]) for n, tally in enumerate(tallies)]


def _counts(tally: Tally, before: Sequence[Tally]) -> Counts:
    lengths = [words(ours(text)) for text in tally.texts]
    return Counts(
        day=f"{tally.at:%d %b}",
        talk=tally.dialogue,
        questions=len(tally.asked),
        messages=tally.messages,
        typed=tally.typed,
        taps=tally.taps,
        once=tally.once,
        median=median_low(lengths) if lengths else 0,
        longest=max(lengths, default=0),
        probes=len(tally.probes),
        needless=len(tally.needless),
        rungs=tally.rungs,
        quotes=sum(tally.quoting),
        quoting=round(100 * sum(map(bool, tally.quoting)) / len(tally.quoting)) if tally.quoting else 0,
        stacked=sum(_marks(text) > 1 for text in tally.texts),
        wordings=repeated(tally.used, [used for talk in before for used in talk.used]),
        sentences=repeated(_sentences(tally), [one for talk in before for one in _sentences(talk)]),
        dated=sum(tally.dated.values()),
        outcome=tally.outcome or "open",
    )


def words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def _marks(text: str) -> int:
    return QUOTE.sub("", text).count("?")


def repeated(now: Sequence[object], before: Sequence[object]) -> int:
    """How many of these were there already, before or earlier in the same talk."""
    seen = set(before)
    count = 0
    for one in now:
        count += one in seen
        seen.add(one)
    return count


def _sentences(tally: Tally) -> list[str]:
    parts = (part.strip() for text in tally.texts for part in _SENTENCE.split(ours(text)))
    return [part for part in parts if words(part) >= LONG_ENOUGH]
