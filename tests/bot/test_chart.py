"""The chart of someone's answers on a scale: what is in the picture, and how it is drawn."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from bot.chart import ChartError, draw, drawn
from bot.chart import picture as look
from bot.chart.lettering import readable

DAY = dt.date(2026, 3, 3)
CANARY = "xylophone-canary"


def points(*values: int) -> list[tuple[dt.date, int]]:
    """A value a week."""
    return [(DAY + dt.timedelta(weeks=week), value) for week, value in enumerate(values)]


def opened(content: bytes) -> Image.Image:
    """The picture as its pixels."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def found(image: Image.Image, colour: str, box: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Where exactly this colour is, within left, top, right, bottom."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    left, top, right, bottom = box
    return [
        (x, y) for x in range(left, right) for y in range(top, bottom) if image.getpixel((x, y)) == wanted
    ]


def latest_at(value: int) -> tuple[float, float]:
    """The middle of the mark of the latest answer, and half its width."""
    column = (look.LAST - 30, 0, look.LAST + 30, look.HEIGHT)
    mark = found(opened(draw("Focus", points(5, value), low="foggy", high="clear")), look.LATEST, column)
    heights = [y for _, y in mark]
    return sum(heights) / len(heights), (max(heights) - min(heights)) / 2


def test_a_chart_is_a_png_of_the_promised_size() -> None:
    """Larger would be recompressed by the apps, transparent would show their colours."""
    content = draw("Focus", points(3, 7))
    image = Image.open(io.BytesIO(content))

    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert (image.size, image.mode) == ((1000, 560), "RGB")
    assert len(content) < 300_000


def test_the_same_input_gives_the_same_bytes() -> None:
    """In any order of the points; other input gives others."""
    content = draw("Focus", points(3, 7, 4), low="foggy")

    assert content == draw("Focus", points(3, 7, 4)[::-1], low="foggy")
    assert content != draw("Focus", points(3, 7, 5), low="foggy")
    assert content != draw("Force", points(3, 7, 4), low="foggy")


def test_a_larger_value_is_drawn_higher_in_equal_steps() -> None:
    """The mark of the latest answer goes up by the same length for each point of the scale."""
    heights = [latest_at(value)[0] for value in range(1, 11)]
    steps = [lower - higher for lower, higher in pairwise(heights)]

    assert min(steps) > 20
    assert max(steps) - min(steps) < 1.5
    assert latest_at(6)[1] > 12  # readable where the picture is 360 pixels wide


def test_gaps_in_time_are_as_wide_as_they_were_long() -> None:
    """One day, then nine: seen on a row that only the dots reach, not the line between them."""
    level = [(DAY + dt.timedelta(day), 5) for day in (0, 1, 10)]
    sheet = look.Sheet("", level, "", "")
    row = round(sheet.y(5)) + 7
    across = [x for x, _ in found(opened(draw("", level)), look.TRACE, (0, row, look.WIDTH, row + 1))]
    dots = [x for x in across if x < look.LAST - 30]
    first, second = ([x for x in dots if (x < look.FIRST + 30) == is_first] for is_first in (True, False))
    apart = sum(second) / len(second) - sum(first) / len(first)

    assert apart == pytest.approx((look.LAST - look.FIRST) / 10, abs=1)


@pytest.mark.parametrize("count", [1, 2, 5, 12, 60, 400])
def test_any_number_of_answers_can_be_drawn(count: int) -> None:
    """The edges stay empty, so that nothing is cut by round corners."""
    image = opened(draw("Focus", [(DAY + dt.timedelta(day), 10 - day % 10) for day in range(count)]))
    inside = len(found(image, look.GROUND, (0, 0, look.WIDTH, 20)))

    assert inside == look.WIDTH * 20
    assert len(found(image, look.GROUND, (0, 0, 20, look.HEIGHT))) == look.HEIGHT * 20
    assert len(found(image, look.GROUND, (980, 0, look.WIDTH, look.HEIGHT))) == look.HEIGHT * 20


def test_several_answers_on_one_day_can_be_drawn() -> None:
    """Two checks in one day are no division by nothing."""
    assert draw("Focus", [(DAY, 3), (DAY, 9)]) != draw("Focus", [(DAY, 3)])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_everything_stands_out_enough() -> None:
    """WCAG AA: 4.5 for text, 3 for marks; the ground stands out from a white chat and not from a dark one."""
    assert min(contrast(colour, look.GROUND) for colour in (look.INK, look.SOFT, look.LATEST)) >= 4.5
    assert contrast(look.TRACE, look.GROUND) >= 3
    assert contrast(look.GROUND, "#ffffff") >= 3
    assert contrast(look.GROUND, "#17212b") < 2


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("How clear I am", "How clear I am"),
        ("two\nlines\t and \0 more", "two lines and more"),
        ("müde", "mu\u0308de"),
        ("Straße, Łódź", "Strasse, Lo\u0301dz\u0301"),
        ("focus 😀👩🏽‍💻 again", "focus again"),
        ("Ясные мысли today", "… today"),
        ("清晰", ""),
        ("\ud800 half", "half"),
        ("\u0301", ""),
        ("wait… – so", "wait... - so"),
        ("", ""),
    ],
)
def test_a_title_is_shown_as_far_as_the_font_goes(title: str, shown: str) -> None:
    """Accents are kept, other scripts become an ellipsis, emoji go; and each of them can be drawn."""
    assert readable(title) == shown
    assert draw(title, points(4), low=title, high=title)


def test_an_accent_is_drawn() -> None:
    """On its letter, and the rest of the word stays where it was."""
    plain, accented = opened(draw("mude", points(4))), opened(draw("müde", points(4)))
    width = range(look.EDGE, look.WIDTH)
    differing = {x for x in width for y in range(110) if plain.getpixel((x, y)) != accented.getpixel((x, y))}

    assert differing and max(differing) - min(differing) < look.TITLE_SIZES[0]


@pytest.mark.parametrize("title", ["What I want " * 30, "W" * 500, "Wé" * 300])
def test_a_long_title_is_cut_within_the_picture(title: str) -> None:
    """It leaves the same edge as on the left."""
    image = opened(draw(title, points(4)))
    room = (look.WIDTH - look.EDGE + 4, 0, look.WIDTH, look.HEIGHT)

    assert len(found(image, look.GROUND, room)) == (look.EDGE - 4) * look.HEIGHT


@pytest.mark.parametrize("wrong", [[], [(DAY, 0)], [(DAY, 11)]])
def test_what_is_off_the_scale_is_no_chart(wrong: list[tuple[dt.date, int]]) -> None:
    """An error, and not a picture of something else."""
    with pytest.raises(ValueError, match="from 1 to 10"):
        draw("Focus", wrong)


async def test_the_process_draws_the_same_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the bot was started, with any words."""
    monkeypatch.chdir(tmp_path)
    given = ("müde \ud800 \N{GRINNING FACE}", points(3, 8))

    assert await drawn(*given, low="1 gar nicht", high="sehr") == draw(*given, low="1 gar nicht", high="sehr")


async def test_a_drawing_that_fails_or_takes_too_long_says_so_and_no_more() -> None:
    """Its error holds no word of the person's, and no process is left behind."""
    with pytest.raises(ChartError, match="ended with code 1") as failed:
        await drawn(CANARY, [(DAY, 11)])
    with pytest.raises(ChartError, match="more than"):
        await drawn(CANARY, points(3), seconds=0.001)

    assert CANARY not in str(failed.value)
    assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


def test_the_bot_does_not_load_pillow() -> None:
    """Its memory would stay in the process for good."""
    script = "import sys, bot.app, bot.__main__, bot.chart; sys.exit('PIL' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)

    assert ended.returncode == 0
