"""Help pages: paragraphs of common.toml, and the lines of the person's country."""

from __future__ import annotations

from flows.countries import country_of, help_checked
from flows.effects import Span
from flows.markup import Wording
from flows.phrasing import filled, phrase
from flows.turn import Turn, joined


def page(turn: Turn, name: str) -> tuple[Span, ...]:
    """A help page; help now names the lines of the person's country before all others."""
    common = turn.library.common
    wordings: tuple[Wording, ...] = common.pages.get(name, common.pages["help"])
    paragraphs = [filled(turn, wording) for wording in wordings]
    if name == "help_now" and (line := _country_line(turn)):
        paragraphs.insert(1, line)
    return joined(paragraphs)


def _country_line(turn: Turn) -> tuple[Span, ...]:
    """The line of the person's country, if it is known and on our list."""
    country = country_of(turn)
    if country is None:
        return ()
    return phrase(
        turn,
        "country_line",
        line=country.line,
        number=country.number,
        emergency=country.emergency,
        checked=help_checked(turn),
    )
