"""Reading a typed answer to a message that came unasked: "did it", "not yet", "tomorrow", "moved to friday".

Whole messages only: "I'm done with this job" is no outcome of a step. Words only; numbers and dates have
readers of their own.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from flows.reading.normalise import is_check_mark, is_thumbs_up, normalised, without_marks
from flows.reading.wordlists import phrases

Said = Literal[
    "",
    "done",
    "partly",
    "not_yet",
    "irrelevant",
    "2h",
    "tonight",
    "tomorrow",
    "week",
    "later",
    "moved",
    "off",
    "often",
    "start",
]

_LONGEST: Final = 80
_TOLD, _SENTENCES = 300, 3  # characters and sentences in which an outcome is looked for
_OUTCOMES: Final[tuple[Said, ...]] = ("done", "partly", "not_yet")
_BEFORE: Final = (
    r"(?:(?:yes|yep|yeah|yup|ok|okay|well|oh|hi|hey|sorry|no|nope|um|hm+|so|and|actually|honestly) )*"
)
_AFTER: Final = (
    r"(?: (?:yet|already|now|today|yesterday|this morning|this afternoon|tonight|last night|so far|for now|"
    r"thanks|thank you|please|sorry|finally|i think|in time|on time|just now|this week|i'm afraid|"
    r"i guess|actually|honestly|though))*"
)


def _whole(alternatives: str) -> re.Pattern[str]:
    words = "|".join(phrases(alternatives))
    return re.compile(f"{_BEFORE}(?:{words}){_AFTER}")


_PATTERNS: Final[dict[Said, re.Pattern[str]]] = {
    "not_yet": _whole(
        """
        not yet|not done|not done yet|not finished|no time|had no time|i had no time|didn't have time|
        i didn't have time|haven't|i haven't|i have not|didn't|i didn't|i did not|didn't do it|
        i didn't do it|i did not do it|haven't done it|i haven't done it|haven't done it yet|
        i haven't done it yet|didn't get to it|i didn't get to it|haven't got to it|i haven't got to it|
        haven't got around to it|didn't happen|it didn't happen|not really|not at all|forgot|i forgot|
        i forgot it|i forgot about it|couldn't|i couldn't|couldn't do it|i couldn't do it|too busy|
        i could not do it|could not do it|i could not|i was too busy|
        still to do|it's still open|still open|not started|haven't started|
        i haven't started|not today|didn't manage|i didn't manage|didn't make it|i didn't make it|nope
        """
    ),
    "partly": _whole(
        """
        partly|partially|half|half done|half of it|half way|halfway|halfway done|some of it|part of it|
        a bit|a little|a bit of it|almost|almost done|nearly|nearly done|started|i started|started it|
        i started it|i have started|i've started|in progress|it's in progress|working on it|
        i'm working on it|did half|did half of it|i did half of it|i did half|did some of it|
        i did some of it|did part of it|i did part of it|more or less|mostly|mostly done|kind of|sort of|
        a part|a part of it|one part|in parts
        """
    ),
    "done": _whole(
        """
        done|did it|i did it|i did|it is finish|it is finished|finish|
        that is finished|that's finished|yes i did|it's done|it is done|all done|done it|i've done it|
        i have done it|done that|did that|i did that|finished|finished it|i finished it|i've finished|
        i've finished it|completed|completed it|sent|sent it|i sent it|i've sent it|it's sent|handled|
        sorted|sorted it|got it done|i got it done|managed it|i managed|i managed it|made it|
        it's finished|mission accomplished|accomplished|checked|check|tick|ticked|i just did|
        just did it|i just did it|did so|i have|did both|i did both|
        did them|i did them|both done|did all of it
        """
    ),
    "irrelevant": _whole(
        """
        not relevant|no longer relevant|not relevant any more|not relevant anymore|irrelevant|
        it's not relevant|it's no longer relevant|doesn't matter|it doesn't matter|
        it doesn't matter any more|no longer needed|not needed|not needed any more|drop it|drop that|
        let it go|forget it|forget about it|scrap it|scrap that|cancel it|cancel that|i changed my mind
        """
    ),
    "2h": _whole(
        """
        in two hours|in 2 hours|in 2h|in a few hours|in an hour or two|later today|in a bit|in a while|
        in a couple of hours
        """
    ),
    "tonight": _whole(
        """
        tonight|this evening|later tonight|in the evening|remind me tonight|ask me tonight|ask tonight
        """
    ),
    "tomorrow": _whole(
        """
        tomorrow|ask tomorrow|ask me tomorrow|remind me tomorrow|ask again tomorrow|
        ask me again tomorrow|tomorrow please|try tomorrow|not today but tomorrow
        """
    ),
    "week": _whole(
        """
        next week|ask next week|ask me next week|remind me next week|sometime next week|
        in a week|a week later
        """
    ),
    "later": _whole(
        """
        later|maybe later|ask later|ask me later|remind me later|remind me again|not now|snooze|
        another time|some other time|not a good time|bad time|busy|i'm busy|busy right now
        """
    ),
    "off": _whole(
        """
        stop|stop it|stop this|stop that|stop writing|stop writing me|stop writing to me|stop messaging me|
        stop asking|stop asking me|stop the messages|stop the reminders|stop reminding me|stop reminders|
        no more messages|no more reminders|unsubscribe|turn off|turn it off|turn this off|
        turn off reminders|don't write to me|don't write to me again|don't message me|leave me alone|off
        """
    ),
    "often": _whole(
        """
        less often|too often|too many messages|too many|not so often|write less|write less often|
        fewer messages|less please|less
        """
    ),
    "start": _whole(
        """
        start|let's start|let's go|begin|start now|let's do it|ready|i'm ready|start the review|
        yes let's|yes start|go ahead
        """
    ),
}
_MOVED: Final = re.compile(
    _BEFORE + r"(?:(?:i(?:'ve)? )?(?:moved?|move it|moved it|move that|shift(?:ed)?(?: it)?|"
    r"postponed?(?: it)?|rescheduled?(?: it)?|put it|make it|let's say|changed it|pushed it)"
    r"(?: it)? (?:to|for|until|till|on)|"
    r"(?:i'll|i will|will|gonna|going to|i'm going to) do (?:it|that)(?: on| this)?|"
    r"(?:until|till|not before)) (?P<when>.{2,40})"
)


def read_nudge_reply(text: str) -> Said:
    """What a whole message says in answer to a message that came unasked; "" if it is something else."""
    if is_check_mark(text) or is_thumbs_up(text):
        return "done"
    if len(text) <= _LONGEST:
        said = without_marks(normalised(text))
        for name, pattern in _PATTERNS.items():
            if pattern.fullmatch(said):
                return name
        if _MOVED.fullmatch(said):
            return "moved"
    return _outcome_in(text)


def is_plain_outcome(said: str, outcome: str = "") -> bool:
    """Whether normalised words are an outcome and nothing more; this one, if it is named."""
    return any(_PATTERNS[name].fullmatch(said) for name in _OUTCOMES if outcome in ("", name))


def _outcome_in(text: str) -> Said:
    """The outcome that one of the first sentences says by itself: "hey. I didn't do it. Feels silly"."""
    for place, sentence in enumerate(re.split(r"[.!?;\n]+", text[:_TOLD])[:_SENTENCES]):
        said = without_marks(normalised(sentence))
        for name in _OUTCOMES:
            if (not place or len(said.split()) > 1) and _PATTERNS[name].fullmatch(said):
                return name
    return ""
