"""A plain copy of a text, for matching only; the text as typed is always kept elsewhere.

Knows how people write on a phone. Must not decide what an answer means.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.reading.spellings import (
    ELONGATED,
    FILLERS,
    ILL_BEFORE,
    SPELLINGS,
)

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´＇", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
# Zero-width characters, direction marks, soft hyphen, variation selectors and the keycap frame.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff]"
)
_BARE_WORD = re.compile(r"[^\W_]+(?:['.,:/][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ELONGATED_RUN = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLE = re.compile(r"([^\W\d_])\1+")
_ILL = re.compile(rf"\bill (?={ILL_BEFORE}\b)")
_ID = re.compile(r"\bid (?=(?:like|love|rather|say|prefer|want|have|go|be|need)\b)")
_FILLER = re.compile(rf"\b(?:{FILLERS})\b")
KEPT = 64  # messages: within a turn several readers ask the same of the same words
# Far above Telegram's 4,096; a bound all the same, since one character may become eighteen.
_LONGEST = 20_000
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")


def normalised(text: str) -> str:
    """The text in lower case on one line, with straight quotes and usual spellings.

    1. Compatibility forms become plain (NFKC); 2. quotes are straightened and invisible characters
    removed; 3. stretched words shrink; 4. chat spellings and missing apostrophes are repaired.
    """
    return _kept(text) if len(text) <= _SHORT else _normalised(text)


def _normalised(text: str) -> str:
    straight = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:_LONGEST].translate(_STRAIGHT)))[
        :_LONGEST
    ]
    lower = " ".join(straight.translate(_STRAIGHT).lower().replace("b/c", "because").split())
    repaired = _WORD.sub(_repaired, lower.replace("w/o ", "without ").replace("w/ ", "with "))
    return _ID.sub("i'd ", _ILL.sub("i'll ", repaired))


# One message is looked at by several readers, and labels come again and again.
_SHORT = 120
_kept = lru_cache(maxsize=1024)(_normalised)


def is_empty(text: str) -> bool:
    """Whether nothing is said: only emoji, punctuation, white space or filler."""
    left = _FILLER.sub("", normalised(text))
    return not any(character.isalnum() for character in left)


def is_thumbs_up(text: str) -> bool:
    """Whether the whole message is a thumb up, in any skin colour, any number of times."""
    return _only(text, "👍")


def is_thumbs_down(text: str) -> bool:
    """Whether the whole message is a thumb down, in any skin colour, any number of times."""
    return _only(text, "👎")


def is_check_mark(text: str) -> bool:
    """Whether the whole message is a check mark."""
    return _only(text, "✅✔☑✓🗸")


def without_marks(text: str) -> str:
    """The words of a normalised text, without punctuation and emoji around or between them."""
    return _bare(text) if len(text) <= _SHORT else _without_marks(text)


def _without_marks(text: str) -> str:
    return " ".join(_BARE_WORD.findall(text))


_bare = lru_cache(maxsize=1024)(_without_marks)


def _only(text: str, signs: str) -> bool:
    bare = _SKIN.sub("", _INVISIBLE.sub("", "".join(text.split())))
    return bool(bare) and all(sign in signs for sign in bare)


def _repaired(match: re.Match[str]) -> str:
    word = match.group()
    shrunk = _shrunk(word)
    return SPELLINGS.get(shrunk, shrunk)


def _shrunk(word: str) -> str:
    squeezed = _DOUBLE.sub(r"\1", word)
    if squeezed == word or word in SPELLINGS:
        return word
    if squeezed in ELONGATED:
        return ELONGATED[squeezed]
    if len(squeezed) == 1:  # "iii", "www" and the like are not stretched words
        return word
    return _ELONGATED_RUN.sub(r"\1\1", word)
