"""Which signals count in which context, in which phase it stands, and which comes first.

The names of contexts, signals and probes are a contract with whoever measures; docs/listening.md maps
them to dialogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EVERYWHERE: Final = ("dont_know", "empty", "self_critic")
INTERRUPTS: Final = (
    *("crisis", "workplace_harm", "therapy", "stop", "bot_friction", "crisis_soft", "advice_seek"),
    "clarify",
)
PRIORITY: Final = (
    *("empty", "dont_know", "overload", "other_focus", "lag_metric", "vague", "no_date", "no_number"),
    *("hedge", "should", "sustain", "self_critic", "absolute", "negative", "short"),
)
NUMBER_FIRST: Final = ("empty", "dont_know", "overload", "other_focus", "lag_metric", "no_number", "vague")
RESPONSES: Final = {
    "crisis": "I_CRISIS",
    "workplace_harm": "I_WORKHARM",
    "therapy": "I_THERAPY",
    "stop": "I_STOP",
    "bot_friction": "I_REPAIR",
    "crisis_soft": "I_SOFT",
    "advice_seek": "I_ADVICE",
    "clarify": "I_CLARIFY",
    "empty": "I_EMPTY",
    "dont_know": "P_DK",
    "overload": "P_PICK",
    "other_focus": "P_OWN",
    "lag_metric": "P_LEAD",
    "vague": "P_SPECIFY",
    "no_date": "P_DATE",
    "no_number": "P_NUMBER",
    "hedge": "P_COMMIT",
    "should": "P_WANT",
    "sustain": "P_SUSTAIN",
    "self_critic": "P_KIND",
    "absolute": "P_EXCEPTION",
    "negative": "P_INSTEAD",
    "short": "P_MORE",
}
ACKNOWLEDGED: Final = {"feeling": "P_ACK"}
# Said about oneself or about danger: never quoted back.
SENSITIVE: Final = frozenset(("crisis", "crisis_soft", "workplace_harm", "therapy", "self_critic"))


@dataclass(frozen=True, slots=True)
class Context:
    """A question as listening sees it: its phase, the signals that count, and which of them come first."""

    name: str
    phase: str
    signals: frozenset[str]
    first: tuple[str, ...] = ()


def _context(name: str, phase: str, signals: str, *first: str) -> Context:
    return Context(name, phase, frozenset((*EVERYWHERE, *signals.split())), first)


_GOAL: Final = "vague other_focus should negative short"
_LOOK: Final = "other_focus absolute feeling short sustain"
CONTEXTS: Final = {
    context.name: context
    for context in (
        _context("goal.aspiration", "goal", _GOAL),
        _context("grow.goal", "goal", _GOAL),
        _context("grow.success", "measure", "vague no_number short"),
        _context("grow.reality", "reality", _LOOK),
        _context("talk.open", "reality", "feeling"),  # of our own: nothing is missing there, much may be felt
        _context("grow.options", "options", "absolute sustain short"),
        _context("grow.choose", "will", "overload should"),
        _context("grow.action", "will", "vague hedge should other_focus overload"),
        _context("grow.when", "will", "no_date hedge"),
        _context("grow.obstacle", "will", "absolute sustain short", "self_critic"),
        _context("grow.ifthen", "will", "vague hedge"),
        _context("metric.define", "metric", "lag_metric vague no_number", *NUMBER_FIRST),
        _context("audit.win", "audit", "vague no_number", *NUMBER_FIRST),
        _context("stuck.describe", "stuck", "vague other_focus absolute feeling short"),
        _context("review.incomplete", "review", _LOOK, "empty", "dont_know", "self_critic"),
        _context("review.learned", "review", "absolute feeling short", "empty", "dont_know", "self_critic"),
        _context("checkin.open", "checkin", "feeling absolute"),
        _context("scale.why", "scale", "feeling short"),
        _context("scale.plus_one", "scale", "vague"),
        _context("wheel.why", "wheel", "feeling absolute short"),
        _context("plateau.gap", "plateau", "other_focus absolute short sustain"),
        _context("roleplay.turn", "roleplay", "vague hedge", "hedge"),
    )
}
# A question of which nothing is known: what is true of every open question.
OPEN: Final = Context("open", "open", frozenset(EVERYWHERE))


def context_of(name: str) -> Context:
    """The context of this name; an unknown one counts as an open question."""
    return CONTEXTS.get(name, OPEN)


def in_order(context: Context, signals: frozenset[str]) -> tuple[str, ...]:
    """Signals from the most to the least urgent, interrupts first."""
    order = dict.fromkeys((*INTERRUPTS, *context.first, *PRIORITY, *ACKNOWLEDGED))
    return tuple(signal for signal in order if signal in signals)
