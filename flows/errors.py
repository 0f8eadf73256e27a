"""The errors of flows.

CoachError
└── DialogueError(issues)   the files are wrong: every issue at once, at start
"""

from __future__ import annotations


class CoachError(Exception):
    """Anything that flows refuses."""


class DialogueError(CoachError):
    """The dialogue files are wrong; ``issues`` are sentences that name file, step and remedy."""

    def __init__(self, issues: tuple[str, ...]) -> None:
        super().__init__("\n".join(issues))
        self.issues = issues
