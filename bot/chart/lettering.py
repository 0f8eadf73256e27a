"""Words in a picture: which letters the font can show, how long they run, and where they go.

The font that ships with Pillow has the letters of English only; accents are put together from its
signs. What it cannot show at all is left out: "…" for words in another script, nothing for emoji.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

LOST = "…"
LONGEST = 400  # characters that are looked at; a line shows some sixty
ABSENT = "\U0010fffd"  # in no font: shows what the font draws instead of a letter it lacks
SPELLINGS = "ß=ss ẞ=SS æ=ae Æ=AE œ=oe Œ=OE ø=o Ø=O ı=i ł=l Ł=L đ=d Đ=D ð=d þ=th Þ=Th €=EUR £=GBP ×=x"
DASHES_AND_QUOTES = "–=- —=- −=- ‐=- ‑=- „=“ ‚=‘"
SPELLED = dict(pair.split("=") for pair in (*SPELLINGS.split(), *DASHES_AND_QUOTES.split()))
GRAVE, ACUTE, CIRCUMFLEX, TILDE, MACRON, BREVE = "\u0300", "\u0301", "\u0302", "\u0303", "\u0304", "\u0306"
DOT, DIAERESIS, RING, TWO_ACUTES, CARON = "\u0307", "\u0308", "\u030a", "\u030b", "\u030c"
DOT_BELOW, COMMA, CEDILLA, OGONEK = "\u0323", "\u0326", "\u0327", "\u0328"
ABOVE = {GRAVE: "`", ACUTE: "´", CIRCUMFLEX: "^", TILDE: "~", MACRON: "-", BREVE: "^"}
ABOVE |= {DOT: ".", DIAERESIS: "..", RING: "°", TWO_ACUTES: "´´", CARON: "^"}
BROAD = {"^"}  # too large as it is
UPSIDE_DOWN = {BREVE, CARON}
BELOW = {DOT_BELOW: ".", COMMA: ",", CEDILLA: ",", OGONEK: ","}


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font that ships with Pillow (Aileron), ``size`` pixels high."""
    loaded = ImageFont.load_default(size)
    assert isinstance(loaded, ImageFont.FreeTypeFont)  # noqa: S101 — the other kind has no sizes
    return loaded


@cache
def _has(letter: str) -> bool:
    def shape(of: str) -> tuple[object, bytes]:
        mask = font(24).getmask(of)
        return mask.size, bytes(mask)

    return letter == " " or shape(letter) != shape(ABSENT)


def readable(text: str) -> str:
    """The text as far as the font can show it, on one line, accents apart from their letters (NFD)."""
    whole = text[:LONGEST].encode("utf-8", "ignore").decode()  # no lone surrogates: no font takes them
    spelled = "".join(SPELLED.get(sign, sign) for sign in unicodedata.normalize("NFC", whole))
    words: list[str] = []
    for word in unicodedata.normalize("NFKD", spelled).split():
        shown = _shown(word)
        if shown and not (shown == LOST and words[-1:] == [LOST]):
            words.append(shown)
    return "" if set(words) <= {LOST} else " ".join(words)


def _shown(word: str) -> str:
    kept = "".join(sign for sign in word if _has(sign) or sign in ABOVE or sign in BELOW)
    is_lost = any(unicodedata.category(sign)[0] in "LN" and not _has(sign) for sign in word)
    return LOST if is_lost else kept.lstrip("".join((*ABOVE, *BELOW)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of readable text in one size (pixels)."""

    text: str
    size: int
    weight: int = 0  # pixels added around every stroke, for a bolder look

    @property
    def length(self) -> float:
        """How far it runs, in pixels."""
        return font(self.size).getlength(_bare(self.text)) + 2 * self.weight

    def cut(self, room: float) -> Line:
        """The line, cut with an ellipsis if it is longer than ``room`` pixels."""
        if self.length <= room:
            return self
        kept = self.text
        while kept and Line(kept + LOST, self.size, self.weight).length > room:
            kept = kept[:-1]
        whole = kept.rpartition(" ")[0]  # no word is cut, unless it is very long
        kept = whole if len(whole) > len(kept) * 2 // 3 else kept
        return Line(kept.rstrip(" .,;:-") + LOST, self.size, self.weight)

    def mask(self) -> Image.Image:
        """Its shape, white on black; the baseline is 1.25 sizes below the top edge, the text 1 size in."""
        mask = Image.new("L", (int(self.length) + 2 * self.size, 2 * self.size))
        letters = _bare(self.text)
        self._write(mask, letters, self.size)
        at = 0
        for sign in self.text:
            if sign in ABOVE or sign in BELOW:
                self._accent(mask, letters[:at], sign)
            else:
                at += 1
        return mask

    def _write(self, mask: Image.Image, letters: str, x: float) -> None:
        place = (x, self.size * 1.25)
        pen = ImageDraw.Draw(mask)
        pen.text(place, letters, 255, font(self.size), anchor="ls", stroke_width=self.weight)

    def _accent(self, mask: Image.Image, before: str, sign: str) -> None:
        """Put an accent over or under the last of the letters before it."""
        letter = before[-1:]
        left, top, right, bottom = font(self.size).getbbox(letter, anchor="ls")
        start = self.size + font(self.size).getlength(before) - font(self.size).getlength(letter)
        if letter in "ij" and sign in ABOVE:
            top = font(self.size).getbbox("x", anchor="ls")[1]
            dot = (int(start + left) - 1, 0, int(start + right) + 1, int(self.size * 1.25 + top) - 2)
            mask.paste(0, dot)
        shape = _sign(sign, self.size, self.weight)
        gap = self.size * 0.07
        down = top - gap - shape.height if sign in ABOVE else bottom - gap * (sign != DOT_BELOW)
        x, y = start + (left + right - shape.width) / 2, self.size * 1.25 + down
        mask.paste(255, (round(x), round(y)), shape)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in ABOVE and sign not in BELOW)


@cache
def _sign(sign: str, size: int, weight: int) -> Image.Image:
    """The shape of an accent and nothing around it."""
    if (glyph := (ABOVE | BELOW)[sign]) in BROAD:
        size = size * 2 // 3
    whole = Line(glyph, size, weight).mask()
    shape = whole.crop(whole.getbbox())
    if sign in UPSIDE_DOWN:
        shape = shape.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return shape
