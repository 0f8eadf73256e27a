"""What comes before everything else: danger, harm at work, a therapist's territory, and talk to the program.

A floor and no proof. Whatever is found here keeps the message from being taken as an answer.
"""

from __future__ import annotations

from typing import Final

from flows.listening.contexts import Context
from flows.listening.lexicon import Lexicon
from flows.listening.phrases import Span
from flows.listening.structure import Structure
from flows.listening.words_of import Words
from flows.reading.controls import CONTROL_WORDS

Found = dict[str, list[Span]]

# Answers to "which ways are there" and "when", which would stop the talk anywhere else.
_CONTENT: Final = {
    "grow.options": ("quit", "leave", "exit", "break", "take a break", "pause", "cancel", "walk away"),
    "grow.choose": ("quit", "leave", "exit", "break", "take a break", "pause", "cancel", "later"),
    "grow.when": ("later", "tomorrow", "another time", "not now", "not today", "some other time", "soon"),
}
_SHORT: Final = 12  # words: longer ones tell something, they do not stop
_LATE: Final = 6
_FEW: Final = 8
_ASKING: Final = frozenset(("goal", "roleplay"))  # phases where a question may be the answer
_ASKED: Final = 16  # words of a question to the program
_OPTIONS: Final = ("grow.options", "grow.action", "roleplay.turn", "grow.choose")


def interrupts(text: Words, found: Found, structure: Structure, context: Context, words: Lexicon) -> Found:
    """The interrupts of a message, each with where it was found."""
    heard: Found = {}
    joined = words.together.find(text, found)
    benign = [*found.get("benign", ()), *joined.get("benign", ())]
    for signal, name in (("crisis", "crisis"), ("crisis_soft", "soft")):
        if left := _apart([*found.get(name, ()), *joined.get(name, ())], benign):
            heard[signal] = left
    if "crisis" in heard:
        heard.pop("crisis_soft", None)
    if found.get("harm") and not found.get("harm_benign"):
        heard["workplace_harm"] = found["harm"]
    if found.get("therapy") and not found.get("therapy_handled"):
        heard["therapy"] = found["therapy"]
    if place := _stops(text, found, context, words):
        heard["stop"] = [place]
    if context.name != "roleplay.turn":
        heard |= _to_the_program(text, found, structure, context, words)
    return heard


def _apart(spans: list[Span], benign: list[Span]) -> list[Span]:
    """The finds that touch nothing harmless."""
    return [span for span in spans if not any(span[0] < b[1] and b[0] < span[1] for b in benign)]


def _stops(text: Words, found: Found, context: Context, words: Lexicon) -> Span | None:
    core = " ".join(text.core)
    if not core or core in _CONTENT.get(context.name, ()):
        return None
    whole = (text.first, text.last)
    if CONTROL_WORDS.get(core) == "pause" or _is_whole(text, words.whole["stop"].find(text).get("stop", [])):
        return whole
    spans = [span for span in found.get("stop", ()) if span[0] <= text.first + 3]
    return spans[0] if spans and len(text.words) <= _SHORT and context.name != "roleplay.turn" else None


def _is_whole(text: Words, spans: list[Span]) -> bool:
    return any(begin <= text.first and end >= text.last for begin, end in spans)


def _to_the_program(
    text: Words, found: Found, structure: Structure, context: Context, words: Lexicon
) -> Found:
    """Friction, a wish for advice, a question about the question."""
    heard: Found = {}
    asks = "?" in text.plain
    short = len(text.words) <= _ASKED
    if found.get("friction") and short and not _about_others(text, words):
        heard["bot_friction"] = found["friction"]
    if advice := [span for span in found.get("advice", ()) if _asks_advice(text, span, structure, context)]:
        heard["advice_seek"] = advice
    clarify = [span for span in found.get("clarify", ()) if span[0] <= text.first + 4]
    if not clarify and _is_question(text, structure) and context.phase not in _ASKING:
        clarify = [(text.first, text.last)]
    if clarify and short and (asks or _opens(text, clarify[0])) and "advice_seek" not in heard:
        heard["clarify"] = clarify
    return heard


def _asks_advice(text: Words, span: Span, structure: Structure, context: Context) -> bool:
    """Whether advice is asked of the program, and not of a mentor inside an answer."""
    opens = _opens(text, span) or text.is_start(span[0])
    if context.phase == "goal" and text.words[span[0]] in ("how", "where") and "you" not in text.words:
        return False  # "how do I tell my boss" is what the talk is to be about
    if context.name in _OPTIONS and structure.person and not opens:
        return False
    return opens and (span[0] <= text.first + _LATE or "?" in text.plain)


def _about_others(text: Words, words: Lexicon) -> bool:
    """Whether somebody else is told about, and the program is not spoken to."""
    return bool(words.sets["person"] & set(text.words[:4])) and "you" not in text.words


def _is_question(text: Words, structure: Structure) -> bool:
    """A few words that ask and tell nothing: "do crazy ones count?"."""
    opening = text.core[0] if text.core else ""
    few = len(text.words) <= _FEW and not (structure.own or structure.found.get("sustain"))
    return few and text.raw.rstrip().endswith("?") and opening in structure.sets["auxiliary"]


def _opens(text: Words, span: Span) -> bool:
    return span[0] <= text.first + 1
