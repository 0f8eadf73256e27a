"""A question that was not understood comes back in plainer words; a word that was asked about is explained.

1. The smaller wording of an open question, with an example of an answer; 2. its offers to tap; 3. after
that, and where there are none, a line that says what kind of answer counts. Unlike "don't know" it never
leaves the question out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.answering import probe
from flows.asking import ask_again
from flows.effects import Span
from flows.phrasing import phrase
from flows.reading.normalise import KEPT, normalised
from flows.session import Visit
from flows.turn import Turn

IN_WORDS: Final = ("text", "list")
PLAIN: Final = {
    "scale": "plain_scale",
    "date": "plain_date",
    "time": "plain_time",
    "choice": "plain_choice",
    "multi": "plain_choice",
    "yesno": "plain_choice",
    "place": "plain_place",
    "location": "plain_place",
}
LADDER: Final = "dont_know"
OFFERED: Final = 2  # the rung with things to tap


def put_plainly(turn: Turn) -> None:
    """Put the open question again so that it is easier to understand."""
    visit = turn.visits[-1]
    rung = visit.rung + 1 if visit.gap in ("", LADDER) else OFFERED + 1
    if not _has_rung(turn, visit, rung):
        turn.lead(phrase(turn, PLAIN.get(visit.reply, "plain_text")))
        ask_again(turn)
        return
    if rung == 1:
        turn.lead(_example(turn))
    probe(turn, visit, LADDER, rung=rung, about={**visit.about, "plain": True})


def _has_rung(turn: Turn, visit: Visit, rung: int) -> bool:
    """Whether there is a smaller wording of this very question, or something to tap."""
    if visit.reply not in IN_WORDS or visit.about.get("raws") or visit.about.get("previous"):
        return False
    return bool(turn.step.easier if rung == 1 else turn.step.offers if rung == OFFERED else ())


def _example(turn: Turn) -> tuple[Span, ...]:
    labels = [label for _, label in (*turn.step.offers, *turn.step.choices) if not label.startswith("{")]
    return phrase(turn, "plain_like", what=labels[0]) if labels else phrase(turn, "plain_text")


def explain(turn: Turn, words: str, *, anywhere: bool) -> bool:
    """Say what a word means and put the question again; false if it is not ours to explain.

    ``anywhere`` is true where a meaning was asked for in so many words: else the word has to stand in
    the question, for "what is my next step?" may be an answer.
    """
    entry = next((entry for entry in _forms(words) if entry in turn.library.common.glossary), "")
    if not entry or not (anywhere or _stands_there(turn, entry)):
        return False
    turn.lead(phrase(turn, "glossary", what=entry, why=turn.library.common.glossary[entry]))
    ask_again(turn)
    return True


def _forms(words: str) -> tuple[str, ...]:
    return (words, words.removesuffix("s"), words.removesuffix("es"), f"{words}s")


def _stands_there(turn: Turn, entry: str) -> bool:
    shown = " ".join((*(text for text, _ in turn.words), *(label for _, label in turn.visits[-1].shown)))
    return _word(entry).search(normalised(shown)) is not None


@lru_cache(maxsize=KEPT)
def _word(entry: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(entry)}s?\b")
