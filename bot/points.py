"""The named points that the bot passes on its way. Tests hand in something that ends the process there.

They are an argument to the function that builds the app, never a switch in its environment.
"""

from __future__ import annotations

from typing import Final, Protocol

POINTS: Final = (
    "run begun",  # the start is noted
    "left over taken",  # what the last run left unsent is read and handed over
    "fetched",  # updates are here, nothing is done yet
    "trial counted",  # after an unclean stop: the try of one update is committed
    "claimed",  # inside the turn: the update is claimed
    "session saved",  # inside the turn: the state is written
    "before outbox",  # inside the turn: a reply is rendered and not yet written
    "before commit",  # all turns of a batch are done
    "one committed",  # after an unclean stop: one update is committed, others wait
    "committed",  # nothing is confirmed to Telegram, nothing is handed to the sender
    "handed",  # the sender has the replies
    "nudge marked",  # it is committed that a nudge is on its way
    "before send",
    "sent",  # Telegram has answered, nothing is noted yet
    "marked",  # what came back is written and not yet committed
    "tick before commit",  # due rows are decided
    "tick committed",  # their messages wait in the outbox only
)  # fmt: skip


class Point(Protocol):
    """Told each time a point is passed, and which update it is about where that is known."""

    def __call__(self, name: str, update_id: int = 0) -> None: ...


def nothing(name: str, update_id: int = 0) -> None:
    """Pass on."""
