"""One spelling for a name in whatever way it was typed; the file of places is built and searched with it.

A change here needs a new file: run ``python -m bot.places.build``.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "ə": "a",
    }
)
_MARKS = re.compile("[\u0300-\u036f]")
# Apostrophes, modifier letters and invisible characters join: L'Aquila is laquila.
_JOINING = re.compile("['‘’‚‛ʻʼʽʾʿˈ`´′\u00ad\u200b-\u200f\u2060\ufeff]")
_APART = re.compile(r"[\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def folded(name: str) -> str:
    """The name in lower case without accents and punctuation; "St." is written out."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", plain)).translate(_LETTERS)
    spaced = _APART.sub(" ", _JOINING.sub("", unicodedata.normalize("NFC", bare))).split()
    return " ".join(_SHORT.get(word, word) for word in spaced)
