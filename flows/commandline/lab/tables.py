"""The table of counts in Markdown, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.commandline.lab.counting import TAPS_LIMIT, TYPED_LIMIT, Counts

COLUMNS: Mapping[str, str] = {
    "talk": "talk",
    "day": "day",
    "questions": "asked",
    "messages": "person",
    "typed": "typed",
    "taps": "taps",
    "once": "set up",
    "median": "median",
    "longest": "longest",
    "probes": "probes",
    "needless": "needless",
    "rungs": "rungs",
    "quotes": "quotes",
    "quoting": "quoting %",
    "stacked": "stacked",
    "wordings": "same wording",
    "sentences": "same sentence",
    "dated": "dated steps",
    "outcome": "end",
}
LEGEND = f"""\
asked: questions of the coach. person: messages and taps of the person. typed, taps: answers given so
(at most {TYPED_LIMIT} and {TAPS_LIMIT}, else marked !). set up: answers about permission and clock, asked
once in all and not in those two. median, longest: words of a message of the coach, without quotes.
probes, needless: questions about an answer, and those about one that lacked nothing. rungs: of the
"don't know" ladder. quotes: of the person's words, and in how many per cent of the messages.
stacked: messages with more than one question mark. same wording, sentence: said before in this talk
or in the three before it. end: how it ended; open, if it waits.
"""


def table(counts: Mapping[str, Iterable[Counts]]) -> str:
    """One row a talk, under the name of the person."""
    rows = [["person", *COLUMNS.values()]]
    for name, talks in counts.items():
        rows += [[name, *_cells(talk)] for talk in talks]
    return "\n".join(_drawn(rows)) + "\n"


def _cells(talk: Counts) -> Iterator[str]:
    over = {"typed": talk.typed > TYPED_LIMIT, "taps": talk.taps > TAPS_LIMIT}
    for name in COLUMNS:
        yield f"{getattr(talk, name)}{'!' if over.get(name) else ''}"


def _drawn(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"
