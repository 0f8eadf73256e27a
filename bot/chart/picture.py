"""How a chart looks: sizes, colours, and what goes where. Pixels are those of the finished picture.

The ground is opaque and of a middling dark, so that it stands calmly in light and dark chats alike.
No colour says good or bad: the latest answer is brighter because it is the latest.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

from bot.chart.lettering import Line, readable

Points = Sequence[tuple[dt.date, int]]
Place = tuple[float, float]

WIDTH, HEIGHT = 1000, 560
FINER = 3  # everything is drawn this much larger and made smaller again, which smooths every edge
GROUND, GRID = "#2d4153", "#506679"
INK, SOFT = "#f6f3ec", "#ccd7e0"
TRACE, LATEST = "#8fc3de", "#f5d696"
EDGE = 40
LEFT, RIGHT = 104, 864  # the grid; the latest number stands to the right of it
FIRST, LAST = 136, 832  # the days
TITLE_SIZES = (46, 42, 38)
LABEL, VALUE, LATEST_VALUE = 34, 32, 76
STEPS = (1, 4, 7, 10)
MANY = 24  # so many points are drawn finer
FEW, ROOM = 8, 60  # so many points carry their numbers, if they stand so far apart
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def picture(title: str, points: Points, *, low: str = "", high: str = "") -> bytes:
    """The chart as PNG. Raises ValueError for no points or a value off the scale."""
    if not points or any(not 1 <= value <= 10 for _, value in points):
        raise ValueError("a chart needs points, each from 1 to 10")
    sheet = Sheet(readable(title), sorted(points, key=lambda point: point[0]), _meaning(low), _meaning(high))
    canvas = Canvas()
    _title(canvas, sheet)
    _grid(canvas, sheet)
    _days(canvas, sheet)
    _trace(canvas, sheet)
    _numbers(canvas, sheet)
    return canvas.png()


def _meaning(label: str) -> str:
    """What an end of the scale means, without its number, which stands beside it."""
    return readable(re.sub(r"^\s*(1|10)\s*[:=–—-]*\s+", "", label))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be drawn, and where on the picture it falls."""

    title: str
    points: list[tuple[dt.date, int]]
    low: str
    high: str

    @property
    def top(self) -> float:
        """The height of a 10."""
        return 76 + (54 if self.title else 0) + (40 if self.high else 0)

    @property
    def bottom(self) -> float:
        """The height of a 1."""
        return HEIGHT - 104 - (44 if self.low else 0)

    def y(self, value: int) -> float:
        """The height of a value."""
        return self.bottom - (self.bottom - self.top) * (value - 1) / 9

    def places(self) -> list[Place]:
        """Where the points lie: days apart as in time; a single day in the middle."""
        days = [day.toordinal() for day, _ in self.points]
        span = days[-1] - days[0]
        if not span:
            return [((FIRST + LAST) / 2, self.y(value)) for _, value in self.points]
        scale = (LAST - FIRST) / span
        return [
            (FIRST + (day - days[0]) * scale, self.y(value))
            for day, (_, value) in zip(days, self.points, strict=True)
        ]


class Canvas:
    """A picture that is drawn large and made small at the end."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), GROUND)
        self._pen = ImageDraw.Draw(self._image)

    def stroke(self, places: Sequence[Place], colour: str, width: float) -> None:
        """A line through places, with round corners and ends."""
        fine = [(x * FINER, y * FINER) for x, y in places]
        self._pen.line(fine, colour, round(width * FINER), joint="curve")
        for place in places:
            self.dot(place, colour, width / 2)

    def dot(self, place: Place, colour: str, radius: float) -> None:
        """A filled circle."""
        x, y, r = (part * FINER for part in (*place, radius))
        self._pen.ellipse((x - r, y - r, x + r, y + r), colour)

    def write(self, line: Line, place: Place, colour: str, align: float = 0, halo: int = 0) -> None:
        """A line of text with its baseline here: ``align`` 0 begins here, 0.5 is centred, 1 ends here.

        A ``halo`` keeps so many pixels of ground around the letters.
        """
        fine = Line(line.text, line.size * FINER, line.weight)
        x = round(place[0] * FINER - fine.length * align) - fine.size
        y = round(place[1] * FINER - fine.size * 1.25)
        if halo:
            around = Line(line.text, line.size * FINER, line.weight + halo * FINER).mask()
            self._image.paste(GROUND, (x, y), around)
        self._image.paste(colour, (x, y), fine.mask())

    def png(self) -> bytes:
        """The finished picture."""
        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        small.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _title(canvas: Canvas, sheet: Sheet) -> None:
    room = (WIDTH - 2 * EDGE) * FINER
    lines = [Line(sheet.title, size * FINER, 1) for size in TITLE_SIZES]
    fitting = next((line for line in lines if line.length <= room), lines[-1].cut(room))
    canvas.write(Line(fitting.text, fitting.size // FINER, 1), (EDGE, EDGE + 40), INK)


def _grid(canvas: Canvas, sheet: Sheet) -> None:
    for value in STEPS:
        y = sheet.y(value)
        canvas.stroke([(LEFT, y), (RIGHT, y)], GRID, 2)
        canvas.write(Line(str(value), LABEL), (LEFT - 18, y + 12), SOFT, align=1)
    for words, baseline in ((sheet.high, sheet.top - 22), (sheet.low, sheet.bottom + 44)):
        cut = Line(words, LABEL * FINER).cut((RIGHT - LEFT) * FINER)
        canvas.write(Line(cut.text, LABEL), (LEFT, baseline), SOFT)


def _days(canvas: Canvas, sheet: Sheet) -> None:
    """As many days as fit are named, spread over the time, the first and the last among them."""
    across = [x for x, _ in sheet.places()]
    has_years = (sheet.points[-1][0] - sheet.points[0][0]).days > 300
    for number in _named(across, apart=250 if has_years else 150):
        day = sheet.points[number][0]
        words = f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if has_years else "")
        line = Line(words, LABEL)
        middle = max(across[number], EDGE + line.length / 2)
        canvas.write(line, (middle, HEIGHT - EDGE), SOFT, align=0.5)


def _named(across: list[float], apart: float) -> list[int]:
    """The points whose days are named: those nearest to even steps, if they stand far enough apart."""
    for count in (5, 4, 3, 2):
        steps = [across[0] + (across[-1] - across[0]) * step / (count - 1) for step in range(count)]
        nearest = [min(range(len(across)), key=lambda n: abs(across[n] - step)) for step in steps]
        if all(across[b] - across[a] >= apart for a, b in pairwise(nearest)):
            return nearest
    return [len(across) - 1]


def _trace(canvas: Canvas, sheet: Sheet) -> None:
    places = sheet.places()
    many = len(places) > MANY
    canvas.stroke(places, TRACE, 4 if many else 6)
    for place in places[:-1]:
        canvas.dot(place, TRACE, 5 if many else 10)
    canvas.dot(places[-1], LATEST, 16)


def _numbers(canvas: Canvas, sheet: Sheet) -> None:
    """The latest value large; the others small beside their points, if there is room for them all."""
    places, values = sheet.places(), [value for _, value in sheet.points]
    x, y = places[-1]
    canvas.write(Line(str(values[-1]), LATEST_VALUE, 1), (x + 34, y + 27), LATEST, halo=4)
    gaps = [b[0] - a[0] for a, b in pairwise(places)]
    if len(places) > MANY:
        return
    labelled = len(gaps) if min(gaps, default=0) >= ROOM and len(gaps) < FEW else min(len(gaps), 1)
    for number in range(labelled):
        x, y = _free_place(places, number, sheet)
        canvas.write(Line(str(values[number]), VALUE), (x, y + VALUE * 0.36), INK, align=0.5, halo=3)


def _free_place(places: list[Place], number: int, sheet: Sheet) -> Place:
    """Where a number is furthest from the trace: over or under its point, or a little to the side.

    It keeps out of the rows over a 10 and under a 1, where the words for them stand, and off the scale.
    """
    x, y = places[number]
    legs = list(pairwise(places))[max(number - 1, 0) : number + 1]
    tried = [(x + aside, y + down) for down in (-36, 36) for aside in (0, 20, -20)]
    tried = [
        place for place in tried if place[0] >= FIRST and sheet.top - 12 < place[1] < sheet.bottom + 12
    ] or tried
    return max(tried, key=lambda place: min(30.0, *(_distance(place, leg) for leg in legs)))


def _distance(place: Place, leg: tuple[Place, Place]) -> float:
    """How far a place is from a straight line between two others."""
    (ax, ay), (bx, by) = leg
    length = math.hypot(bx - ax, by - ay)
    along = ((place[0] - ax) * (bx - ax) + (place[1] - ay) * (by - ay)) / (length or 1.0) ** 2
    along = min(max(along, 0.0), 1.0)
    return math.hypot(place[0] - ax - along * (bx - ax), place[1] - ay - along * (by - ay))
