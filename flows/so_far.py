"""What has happened in this session so far, beside the answers: what was put, what was answered last."""

from __future__ import annotations

from flows.session import Answer
from flows.turn import Turn


def was_put(turn: Turn, start: str) -> bool:
    """Whether a wording was said in this session whose key (``dialogue.step``) begins like this.

    Answers given in an aside are forgotten when it is over; which wordings were used is not.
    """
    return any(key.startswith(start) for key, _ in turn.used)


def last_given(turn: Turn) -> Answer | None:
    """The newest answer in words or numbers that the talk below an aside was given."""
    kinds = turn.library.dialogues
    for answer in reversed(turn.answers):
        known = kinds.get(answer.dialogue)
        if answer.ask and answer.raw and not answer.skipped and known is not None and known.kind != "aside":
            return answer
    return None
