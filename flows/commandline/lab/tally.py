"""What is noted of one talk while it goes on, in the order it happens. Counts nothing yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows import effects as do
from flows.markup import plain

QUOTE = re.compile(r"“[^”]*”")
_PROGRESS = re.compile(r"\A[^\n·?“]+ · \d+ [^\n·?“]+ \d+\n")
_ITEM = re.compile(r"^\d+\. .*$", re.MULTILINE)


@dataclass(slots=True)
class Tally:
    """One talk: what was said on both sides, what was asked about answers, what was decided.

    ``leads`` marks what is no talk of its own and leads into one: a menu, the lobby, a first "hello".
    """

    dialogue: str
    at: dt.datetime
    leads: bool = False
    texts: list[str] = field(default_factory=list)
    typed: int = 0
    taps: int = 0
    once: int = 0
    messages: int = 0
    asked: list[str] = field(default_factory=list)
    probes: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    rungs: int = 0
    quoting: list[int] = field(default_factory=list)
    used: tuple[tuple[str, str], ...] = ()
    dated: dict[str, bool] = field(default_factory=dict)
    outcome: str = ""
    _last: str = ""

    def say(self, effect: do.Say, said: set[str], *, was_good: bool) -> None:
        """A message of the coach; ``said`` is what the person wrote so far, ``was_good`` the last answer."""
        text = plain(effect.spans)
        self.texts.append(text)
        quotes = [quote.strip("“”").rstrip("…") for quote in QUOTE.findall(text)]
        self.quoting.append(sum(any(_same(quote, words) for words in said) for quote in quotes))
        if effect.ask is None or effect.updates is not None or collects(effect):
            return
        self.asked.append(effect.step)
        gap = effect.step.partition("/")[2]
        if gap.startswith("dont_know"):
            self.rungs += effect.step != self._last
        elif gap and effect.step != self._last:
            self.probes.append(effect.step)
            if was_good:
                self.needless.append(effect.step)
        self._last = effect.step

    def add(self, other: Tally) -> None:
        """Take over what led into this talk, or followed it."""
        for name in ("texts", "asked", "probes", "needless", "quoting", "used"):
            setattr(self, name, getattr(other, name) + getattr(self, name))
        for name in ("typed", "taps", "once", "messages", "rungs"):
            setattr(self, name, getattr(other, name) + getattr(self, name))


def talks(tallies: Sequence[Tally]) -> list[Tally]:
    """The talks, each with what led into it on the same day; what led nowhere goes to the talk before."""
    heard = [tally for tally in tallies if tally.texts or tally.messages]
    found = [tally for tally in heard if not tally.leads]
    for place, lead in reversed(list(enumerate(heard))):
        if not lead.leads:
            continue
        same_day = (one for one in heard[place:] if not one.leads and one.at.date() == lead.at.date())
        before = (one for one in reversed(heard[:place]) if not one.leads)
        if talk := next(same_day, None) or next(before, None):
            talk.add(lead)
    return found


def collects(effect: do.Say) -> bool:
    """Whether a message shows the list as far as it goes, which asks nothing new."""
    return any(button.choice == "_done" for row in effect.rows for button in row)


def _same(quote: str, words: str) -> bool:
    return bool(quote.strip()) and " ".join(quote.split()).casefold() in words


def ours(text: str) -> str:
    """What the coach says in a message: without the person's quotes, their lists and the progress line."""
    return _ITEM.sub("", QUOTE.sub("“”", _PROGRESS.sub("", text)))
