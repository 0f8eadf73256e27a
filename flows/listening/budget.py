"""How often a sitting may ask back: a value that is spent, never a rule about words.

Interrupts are not counted. Plain values only, so that it can be stored with a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

PER_SITTING: Final = 4
PER_PHASE: Final = 1
PHASES: Final = {"goal": 2}  # phases that allow more than one
PER_SIGNAL: Final = 2
SIGNALS: Final = dict.fromkeys(
    ("absolute", "should", "hedge", "negative", "overload", "self_critic", "sustain"), 1
)
DECLINED_MOST: Final = 2  # then nothing more about how something was said
REFUSED_MOST: Final = 3  # then the signal is muted, for as long as the caller keeps the list
# What is asked about how something is said, and so falls silent first; the others ask for what is missing.
COLOUR: Final = frozenset(
    (
        "other_focus",
        "vague",
        "hedge",
        "should",
        "sustain",
        "self_critic",
        "absolute",
        "negative",
        "short",
        "loose",
        "lone",
    )
)
ONCE: Final = frozenset(("crisis_soft",))  # interrupts that come once a sitting


class Budget(Struct, frozen=True):
    """What was asked in this sitting and how it was taken.

    ``asked`` holds (phase, signal) pairs, ``refused`` (signal, count) pairs that outlive the sitting,
    ``muted`` signals that are not asked about, ``on_probe`` whether the open question is a probe.
    """

    asked: tuple[tuple[str, str], ...] = ()
    declined: int = 0
    refused: tuple[tuple[str, int], ...] = ()
    muted: tuple[str, ...] = ()
    most: int = PER_SITTING
    on_probe: bool = False

    def allows(self, signal: str, phase: str) -> bool:
        """Whether this may be asked about now."""
        if signal in self.muted or self.on_probe or len(self.asked) >= self.most:
            return False
        if self.declined >= DECLINED_MOST and signal in COLOUR:
            return False
        in_phase = sum(asked_in == phase for asked_in, _ in self.asked)
        same = sum(asked == signal for _, asked in self.asked)
        return in_phase < PHASES.get(phase, PER_PHASE) and same < SIGNALS.get(signal, PER_SIGNAL)

    def lets_interrupt(self, signal: str) -> bool:
        """Whether an interrupt may come: danger always, a question about a figure of speech once."""
        return signal not in ONCE or all(asked != signal for _, asked in self.asked)

    def spent(self, signal: str, phase: str) -> Budget:
        """The budget after a probe was asked."""
        return replace(self, asked=(*self.asked, (phase, signal)), on_probe=True)

    def answered(self) -> Budget:
        """The budget after a probe got an answer of its own."""
        return replace(self, on_probe=False)

    def turned_down(self, signal: str) -> Budget:
        """The budget after a probe was skipped, or the answer was fine as it is."""
        counts = dict(self.refused)
        counts[signal] = counts.get(signal, 0) + 1
        muted = (*self.muted, signal) if counts[signal] >= REFUSED_MOST else self.muted
        return replace(
            self,
            declined=self.declined + 1,
            refused=tuple(sorted(counts.items())),
            muted=tuple(dict.fromkeys(muted)),
            on_probe=False,
        )

    def next_sitting(self, most: int = PER_SITTING) -> Budget:
        """A fresh sitting that remembers what was refused and muted."""
        return Budget(refused=self.refused, muted=self.muted, most=most)

    def plain(self) -> dict[str, Any]:
        """The budget as values that JSON knows."""
        return {
            "asked": [list(pair) for pair in self.asked],
            "declined": self.declined,
            "refused": [list(pair) for pair in self.refused],
            "muted": list(self.muted),
            "most": self.most,
            "on_probe": self.on_probe,
        }


def budget_of(plain: Mapping[str, Any]) -> Budget:
    """The budget that ``plain`` wrote."""
    return Budget(
        asked=tuple((str(phase), str(signal)) for phase, signal in plain["asked"]),
        declined=int(plain["declined"]),
        refused=tuple((str(signal), int(count)) for signal, count in plain["refused"]),
        muted=tuple(str(signal) for signal in plain["muted"]),
        most=int(plain["most"]),
        on_probe=bool(plain["on_probe"]),
    )
