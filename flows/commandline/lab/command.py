"""``lab``: who walks, where the transcripts go, what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from flows.commandline.lab.character import Character
from flows.commandline.lab.counting import Counts, count
from flows.commandline.lab.tables import LEGEND, table
from flows.commandline.lab.tally import talks
from flows.commandline.lab.walking import Walk, walk
from flows.errors import DialogueError
from flows.library import Library

COUNTS = "counts.md"


def walks(people: Iterable[Character], library: Library, weeks: int, seed: int) -> dict[str, Walk]:
    """Every person's weeks, by name."""
    return {person.name: walk(person, library, weeks, seed) for person in people}


def counts_of(walked: Mapping[str, Walk]) -> dict[str, list[Counts]]:
    """The numbers of every person's talks."""
    return {name: count(talks(one.tallies)) for name, one in walked.items()}


def report(walked: Mapping[str, Walk], *, only_counts: bool) -> str:
    """What is printed: transcripts, each with its own table, or one table for all."""
    counted = counts_of(walked)
    tail = f"{LEGEND}{_stuck(walked)}"
    if only_counts:
        return f"{table(counted)}\n{tail}"
    pages = (f"{one.page.text()}\n{table({name: counted[name]})}" for name, one in walked.items())
    return "\n".join((*pages, tail))


def write(walked: Mapping[str, Walk], folder: Path) -> None:
    """A file for each person's transcript, and one for the table."""
    folder.mkdir(parents=True, exist_ok=True)
    counted = counts_of(walked)
    for name, one in walked.items():
        page = f"{one.page.text()}\n{table({name: counted[name]})}"
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / COUNTS).write_text(f"{table(counted)}\n{LEGEND}{_stuck(walked)}", encoding="utf-8")


def chosen(people: Mapping[str, Character], name: str | None) -> list[Character]:
    """The person of this name, or all. Raises DialogueError if there is none of that name."""
    if name is None:
        return list(people.values())
    if name not in people:
        close = get_close_matches(name, people, n=1)
        remedy = f"did you mean “{close[0]}”?" if close else f"there are {', '.join(people)}"
        raise DialogueError((f"There is no person “{name}”; {remedy}",))
    return [people[name]]


def _stuck(walked: Mapping[str, Walk]) -> str:
    return "".join(
        f"{name} came to no end on {where}\n" for name, one in walked.items() for where in one.stuck
    )
