"""What has happened in this session so far, beside the answers: what was put, what was answered last."""

from __future__ import annotations

from flows.asides import covers
from flows.session import Answer
from flows.turn import Turn

BEFORE = 2  # the open question is the last one


def was_put(turn: Turn, start: str) -> bool:
    """Whether a wording was said in this session whose key (``dialogue.step``) begins like this.

    Answers given in an aside are forgotten when it is over; which wordings were used is not.
    """
    return any(key.startswith(start) for key, _ in turn.used)


def last_given(turn: Turn) -> Answer | None:
    """The answer that Back would lead to, if one was given there."""
    asked = [visit for visit in turn.visits if not covers(turn, visit)]
    if len(asked) < BEFORE:
        return None
    before = asked[-BEFORE].frame
    place = (before.dialogue, before.step, before.scope)
    for answer in reversed(turn.answers[: asked[-1].kept]):
        if (answer.dialogue, answer.step, answer.scope) == place:
            return answer if answer.raw and not answer.skipped else None
    return None
