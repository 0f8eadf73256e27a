"""Whether words are fit to be quoted in a question: junk, shrugs and bare yeses are not."""

from __future__ import annotations

import re

from flows.reading.normalise import normalised, without_marks
from flows.reading.nothing import says_nothing

_WORDS = re.compile(r"[^\W\d_]{2,}")
_SHRUGS = frozenset(
    {
        *("idk", "dunno", "no idea", "not sure", "dont know", "don't know", "i don't know", "whatever"),
        *("ok", "okay", "yes", "yeah", "yep", "sure", "fine", "hm", "hmm", "lol", "haha", "test", "asdf"),
        *("something", "anything", "everything", "stuff", "things", "same", "same as before", "see above"),
        *("as i said", "blah", "blah blah", "nvm", "never mind", "who cares", "wtf", "??", "help"),
        *("it's me again", "it's me", "me again", "hello again", "here again", "i'm back"),
    }
)


def is_quotable(text: str) -> bool:
    """Whether a question may hold these words of the person: they say something by themselves."""
    said = without_marks(normalised(text[:200]))
    return bool(_WORDS.search(said)) and said not in _SHRUGS and not says_nothing(text)
