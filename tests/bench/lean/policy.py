"""How a virtual person answers what is on the screen: message and luck in, answer out."""

import random
import re
from dataclasses import dataclass

import orjson

Button = tuple[str, str]
CONTROLS = frozenset({"back", "skip", "not sure", "pause", "fine as it is"})
DETOURS = frozenset({"share my location", "type my local time", "a look now"})
"""What leads away from the GROW session that is measured; a city that is typed needs no phone."""
FINISHERS = frozenset({"thats all", "done"})
A_LIST = "call Ann, draft a plan, ask for feedback"
TEXTS = (
    "I want to lead a team",
    "Talk to my manager on Friday",
    "I have started but feel stuck",
    "Better pay and more free evenings",
    "My calendar is full of meetings",
    "A colleague could help me begin",
    "Write down three small steps",
    "I feel calmer and more certain",
)
HINTS = (
    (re.compile(r"\b(call you|your name)\b", re.IGNORECASE), "Ada"),
    (re.compile(r"\b(city|zone)\b", re.IGNORECASE), "Berlin"),
    (re.compile(r"\b(what time|o.clock)\b", re.IGNORECASE), "18:00"),
    (re.compile(r"\b(what day|which day|by when|when will)\b", re.IGNORECASE), "tomorrow"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message on the person's screen; raw is its JSON, which a tap carries back."""

    chat_id: int
    message_id: int
    text: str
    rows: tuple[tuple[Button, ...], ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person does: taps (data is the button's) or types; lists: it is a list, to be closed later."""

    text: str
    data: str | None = None
    lists: bool = False


def read_buttons(markup: bytes) -> tuple[tuple[Button, ...], ...]:
    """Read the buttons that can be tapped; links and reply keyboards have none."""
    if b'"inline_keyboard"' not in markup:
        return ()
    rows = orjson.loads(markup)["inline_keyboard"]
    taps = (tuple((b["text"], b["callback_data"]) for b in row if "callback_data" in b) for row in rows)
    return tuple(row for row in taps if row)


def answer(shown: Shown, luck: random.Random, listing: bool) -> Answer:
    """Answer a question: close a list that was typed, choose what is offered, else type something short."""
    finisher = find_finisher(shown)
    if finisher and listing:
        return Answer(*finisher)
    choices = _choices(shown)
    if choices:
        return _choose(choices, luck)
    if finisher:
        return Answer(A_LIST, lists=True)
    return Answer(_typed(shown.text, luck))


def find_finisher(shown: Shown) -> Button | None:
    """Find the button that closes a list."""
    return next((button for row in shown.rows for button in row if _plain(button[0]) in FINISHERS), None)


def _choose(choices: list[Button], luck: random.Random) -> Answer:
    """Tap half of the time, else type what the button says, as people do."""
    scale = [button for button in choices if button[0].strip() in {"6", "7", "8", "9"}]
    label, data = luck.choice(scale) if scale else choices[0]
    return Answer(label, data) if luck.random() < 0.5 else Answer(label)


def _typed(question: str, luck: random.Random) -> str:
    hinted = next((text for pattern, text in HINTS if pattern.search(question)), None)
    return hinted or luck.choice(TEXTS)


def _choices(shown: Shown) -> list[Button]:
    """Give the buttons that answer: no control, no finisher, and nothing that stands in a row with Back."""
    rows = shown.rows
    if rows and any(_plain(label) == "back" for label, _ in rows[-1]):
        rows = rows[:-1]
    return [
        button for row in rows for button in row if _plain(button[0]) not in CONTROLS | FINISHERS | DETOURS
    ]


def _plain(label: str) -> str:
    return "".join(sign for sign in label.lower() if sign.isalpha() or sign == " ").strip()
