"""What the people noticed: turns, waits, replies that were late or wrong. Counts only; decides nothing."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Ledger:
    """The books of one trial; waits are kept only while the window is open."""

    turns: int = 0
    taps: int = 0
    texts: int = 0
    starts: int = 0
    missing: int = 0
    wrong: int = 0
    extra: int = 0
    recording: bool = False
    waits: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def turn(self, wait: float) -> None:
        """Book an answer that got its next question."""
        self.turns += 1
        if self.recording:
            self.waits.append(wait)

    def given_up(self, wait: float) -> None:
        """Book a wait that led to nothing: not to count it would make the worst bot look good."""
        if self.recording:
            self.waits.append(wait)

    def cut(self, overdue: list[float]) -> dict[str, Any]:
        """Give turns and percentiles since the last cut, those counted who still wait for long."""
        waits = sorted(self.waits + overdue)
        self.waits = []
        return {"waits": len(waits)} | {f"p{share}_ms": _percentile(waits, share) for share in (50, 95, 99)}

    def fault(self, note: str) -> None:
        """Book a wrong question; the first few are kept in words, to be looked at."""
        self.wrong += 1
        if len(self.notes) < 5:
            self.notes.append(note)

    def summary(self) -> dict[str, Any]:
        """Give the books as plain values, waits in milliseconds."""
        waits = sorted(self.waits)
        counts = ("turns", "taps", "texts", "starts", "missing", "wrong", "extra", "notes")
        percentiles = {f"p{share}_ms": _percentile(waits, share) for share in (50, 95, 99)}
        return {name: getattr(self, name) for name in counts} | percentiles


def _percentile(ordered: list[float], share: int) -> float | None:
    if not ordered:
        return None
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 2)
