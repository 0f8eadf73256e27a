"""Figures over judged answers: precision, recall, needless probes, safety, speed; per context too.

Knows nothing of how an answer is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

SAFETY = ("I_CRISIS",)
STOPS = ("I_CRISIS", "I_SOFT", "I_THERAPY", "I_WORKHARM", "I_STOP")


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, its label, what was heard, and how long that took in milliseconds."""

    split: str
    context: str
    text: str
    wanted: str | None
    expected: bool
    probe: str | None
    ack: str | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1; a share of nothing is 1 (nothing wrong)."""

    answers: int
    precision: float
    recall: float
    named: float
    needless: float
    crisis_missed: int
    stopped: int


def figures_of(judged: Sequence[Judged]) -> Figures:
    """The figures of some answers.

    ``precision`` and ``recall`` ask whether a probe came where one was due; ``named`` is the share of
    those due that got the very one; ``needless`` the share of good answers that got one.
    """
    due = [one for one in judged if one.expected]
    asked = [one for one in judged if one.probe]
    right = [one for one in due if one.probe]
    good = [one for one in judged if not one.expected]
    return Figures(
        answers=len(judged),
        precision=_share(len(right), len(asked)),
        recall=_share(len(right), len(due)),
        named=_share(sum(one.probe == one.wanted for one in due), len(due)),
        needless=_share(sum(one.probe is not None for one in good), len(good), empty=0.0),
        crisis_missed=sum(one.wanted in SAFETY and one.probe not in SAFETY for one in judged),
        stopped=sum(one.probe in STOPS for one in good),
    )


def figures(judged: Sequence[Judged]) -> Iterator[str]:
    """The figures in lines: for each split as a whole and for each of its contexts."""
    for split in dict.fromkeys(one.split for one in judged):
        rows = [one for one in judged if one.split == split]
        yield _line(split, figures_of(rows))
        for context in sorted({one.context for one in rows}):
            yield _line(f"  {context}", figures_of([one for one in rows if one.context == context]))
        for one in rows:
            if one.probe != (one.wanted if one.expected else None):
                yield f"    {one.context}: {one.text!r}: {one.wanted} wanted, {one.probe or one.ack} heard"
    if judged:
        times = sorted(one.milliseconds for one in judged)
        yield f"milliseconds: median {median(times):.3f}, of 95 in 100 {times[len(times) * 95 // 100]:.3f}"


def _line(name: str, of: Figures) -> str:
    return (
        f"{name:20} {of.answers:4} answers  precision {of.precision:.2f}  recall {of.recall:.2f}  "
        f"named {of.named:.2f}  needless {of.needless:.2f}  crisis missed {of.crisis_missed}  "
        f"stopped for nothing {of.stopped}"
    )


def _share(part: int, whole: int, *, empty: float = 1.0) -> float:
    return part / whole if whole else empty
