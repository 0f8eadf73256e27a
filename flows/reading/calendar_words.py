"""Names of months and weekdays as people type them: English, and the German, French and Spanish ones.

Tables only; what they mean in a sentence is decided in days.py.
"""

from __future__ import annotations

from typing import Final

_MONTHS = (
    "january jan januar janvier enero",
    "february feb februar février fevrier febrero",
    "march mar märz maerz mars marzo",
    "april apr avril abril",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août aout agosto",
    "september sept sep septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre",
)
_WEEKDAYS = (
    "monday mon montag lundi lunes",
    "tuesday tues tue dienstag mardi martes",
    "wednesday weds wed mittwoch mercredi miércoles miercoles",
    "thursday thurs thur thu donnerstag jeudi jueves",
    "friday fri freitag vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado sabado",
    "sunday sun sonntag dimanche domingo",
)


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: number for number, row in enumerate(rows, first) for name in row.split()}


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


MONTHS: Final = _numbered(_MONTHS, 1)
WEEKDAYS: Final = _numbered(_WEEKDAYS, 0)
MONTH: Final = _either(MONTHS)
WEEKDAY: Final = _either(WEEKDAYS)
