"""Faults that a test orders in advance, and that befall the next requests that fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.phone.errors import Json

Kind = Literal[
    "error", "timeout", "timeout_after", "drop_before", "drop_after", "html502", "badjson", "429", "delay"
]


@dataclass(slots=True)
class Fault:
    """One order: which requests it befalls, how often, and what happens to them."""

    do: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    status: int = 500
    retry_after: int = 1
    seconds: float = 0.0
    words: str = ""

    def befalls(self, method: str, params: Json) -> bool:
        """Tell whether a request is meant."""
        meant = self.method is None or self.method.lower() == method.lower()
        return self.times > 0 and meant and self.chat_id in (None, params.get("chat_id"))


@dataclass(slots=True)
class Faults:
    """The orders that are still open, oldest first."""

    open: list[Fault] = field(default_factory=list)

    def order(self, method: str | None = None, do: Kind = "error", **how: object) -> Fault:
        """Order a fault; its remaining `times` can be read from what is returned.

        timeout and drop_before come before any effect, timeout_after, drop_after and badjson after it.
        """
        if do not in get_args(Kind):
            raise ValueError(f"unknown fault {do!r}: use one of {', '.join(get_args(Kind))}")
        fault = Fault(do, method, **how)  # type: ignore[arg-type]  # names and types are checked by Fault
        self.open.append(fault)
        return fault

    def take(self, method: str, params: Json) -> Fault | None:
        """Return the fault that befalls this request, if any, counting it."""
        fault = next((each for each in self.open if each.befalls(method, params)), None)
        if fault is not None:
            fault.times -= 1
        self.open = [each for each in self.open if each.times > 0]
        return fault

    def clear(self) -> None:
        """Cancel all orders."""
        self.open.clear()
