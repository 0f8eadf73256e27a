"""Whether a goal, a measure or a step is somebody else's doing: "he will give me examples"."""

from __future__ import annotations

import re

from flows.reading.normalise import normalised

_OTHERS = re.compile(
    r"(?:that )?(?:he|she|they|(?:my|our|the) (?:boss|manager|lead|team|colleagues?|director|company|hr)"
    r"|everyone|people|others)"
    r" (?:will|would|'ll|finally|just|also|has to|have to|must|should|needs? to|ought to|stops?|starts?"
    r"|gives?|says?|agrees?|listens?|shuts?|approves?|lets?|leaves?|changes?|respects?|apologi[sz]es?|notices?)\b"
)
_MINE = re.compile(r"\b(?:i|i'll|i'd|me to|we)\b")


def is_others_doing(text: str) -> bool:
    """Whether others do all of it, and the writer nothing."""
    said = normalised(text[:300])
    return bool(_OTHERS.match(said)) and not _MINE.search(said)
