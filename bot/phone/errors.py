"""What the server answers when it does not do as asked.

ApiError        any answer with ok=false
└ RefusedError  the request itself is wrong: a bot that sends this has a bug
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """An answer with ok=false: status, words and Telegram's optional parameters."""

    def __init__(self, code: int, words: str = "", parameters: Json | None = None) -> None:
        self.code = code
        self.description = describe(code, words)
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> Json:
        """Return the JSON that Telegram sends for this error."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class RefusedError(ApiError):
    """A request that no correct bot sends; tests assert that there was none."""

    def __init__(self, words: str) -> None:
        super().__init__(400, words)


def describe(code: int, words: str) -> str:
    """Put Telegram's prefix before the words, the first letter small unless it is an ALL_CAPS name."""
    prefix = PREFIXES.get(code, "Error")
    if not words:
        return prefix
    if len(words) > 1 and words[1].islower():
        words = words[0].lower() + words[1:]
    return f"{prefix}: {words}"


def too_many(seconds: int) -> ApiError:
    """Return the 429 that asks for a pause of so many seconds."""
    return ApiError(429, f"retry after {seconds}", {"retry_after": seconds})
