"""The lines of a person's country: which country it is, what is said of its lines, which clock it has.

Only what common.toml lists is ever named; a country that is not there gets the international directory.
"""

from __future__ import annotations

from flows.definitions import Country
from flows.turn import Turn


def country_of(turn: Turn) -> Country | None:
    """The person's country, if it is known and on our list."""
    known = turn.value("country")
    code = country_code(turn, known) if isinstance(known, str) else turn.person.country
    return turn.library.common.countries.get(code or "")


def country_code(turn: Turn, text: str) -> str | None:
    """The two-letter code of a country named in words; None if it is not on our list."""
    named = text.casefold().strip(" .").removeprefix("the ")
    for code, country in turn.library.common.countries.items():
        if named in (code.casefold(), country.name.casefold(), *country.also):
            return code
    return None


def zone_of_country(turn: Turn) -> str:
    """The time zone of the person's country, if everybody there has the same time; else ""."""
    country = country_of(turn)
    return country.zone if country else ""


def help_country(turn: Turn) -> str:
    """The name of the country whose lines are shown."""
    country = country_of(turn)
    return country.name if country else ""


def help_emergency(turn: Turn) -> str:
    """The emergency number of the person's country."""
    country = country_of(turn)
    return country.emergency if country else ""


def help_line(turn: Turn) -> str:
    """The line people can call in the person's country."""
    country = country_of(turn)
    return country.line if country else ""


def help_number(turn: Turn) -> str:
    """The number of that line."""
    country = country_of(turn)
    return country.number if country else ""


def help_checked(turn: Turn) -> str:
    """The month in which these numbers were last compared with the line's own page."""
    country = country_of(turn)
    if country is None:
        return ""
    year, month = country.checked.split("-")
    return f"{turn.library.label('months').split()[int(month) - 1]} {year}"


def help_elsewhere(turn: Turn) -> str:
    """The directory for all countries; nothing where the person's own lines can be shown."""
    return "" if country_of(turn) else turn.library.label("directory")
