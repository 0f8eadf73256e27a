"""What must leave the dialogue: one function says whether a message does, and as what.

This is the only place that decides it. Every typed message is asked about, in every state, before it
can become an answer; what then happens stands in interrupts.py (a talk is open) and reception.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flows.listening import danger
from flows.reading import alarms, remarks
from flows.reading.process_questions import read_process_question
from flows.reading.wishes import read_wish

# Questions that are answered in a line wherever they are asked: the kind, and the phrase that answers it.
ABOUT_THE_PROGRAM: Final = {
    "program": "clarify_program",
    "reading": "clarify_reading",
    "privacy": "clarify_privacy",
    "wrong_chat": "clarify_wrong_chat",
    "source": "clarify_source",
}


def interrupt_of(text: str) -> str:
    """``crisis``, ``workplace_harm``, ``therapy``, ``stop``, ``bot_friction``, ``crisis_soft``,
    ``advice_seek``, ``sent``, ``short`` or ``clarify``, the first that holds in this order; "" for answers.
    """
    name = next((name for name, holds in _ORDER if holds(text)), "")
    also = danger(text)
    return also if also and (not name or _RANK[also] < _RANK[name]) else name


_ORDER: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("workplace_harm", alarms.tells_of_harm),
    ("therapy", alarms.needs_a_doctor),
    ("stop", remarks.stops),
    ("bot_friction", remarks.complains),
    ("advice_seek", remarks.asks_advice),
    ("sent", remarks.was_sent),
    ("short", lambda text: read_wish(text) == "short"),
    ("clarify", lambda text: bool(read_process_question(text))),
)
_RANK: Final = {
    name: place
    for place, name in enumerate(
        (
            "crisis",
            "workplace_harm",
            "therapy",
            "stop",
            "bot_friction",
            "crisis_soft",
            "advice_seek",
            "sent",
            "short",
            "clarify",
        )
    )
}
