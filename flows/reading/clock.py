"""Reading a time of day, as minutes after midnight.

An hour without am or pm follows the working day: 7 to 12 is before noon, 1 to 6 after it.
Knows nothing of days.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.reading.normalise import normalised
from flows.reading.scales import NUMBER_WORDS

NOON = 12 * 60
DAY = 24 * 60
DINNER = 17 * 60
_HOURS = {word: hour for word, hour in NUMBER_WORDS.items() if 1 <= hour <= 12}
_PARTS = {
    "morning": 9 * 60,
    "midday": 750,
    "lunch": 750,
    "afternoon": 15 * 60,
    "evening": 19 * 60,
    "night": 20 * 60,
}

PARTS_OF_DAY = frozenset((*_PARTS, "first thing"))


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: ``bare`` if it could also be twelve hours later, ``part`` is "morning" or the like
    if no more was said, ``ends_day`` for the midnight with which a day ends; ``rest`` is the text
    without it.
    """

    minutes: int
    rest: str
    bare: bool = False
    part: str = ""
    ends_day: bool = False


_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?)(?!\w)"
_CLOCK = r"(?:o\W{0,2})?clock\b"  # "o'clock", and as it is typed: "oclock", "o clock", "9 clock"
_AT = r"(?:at|@|between|around|about|by|before|after|from|till|until|~|at around|at about)"
_WORD_HOUR = "|".join(_HOURS)
_HOUR = rf"(?P<hour>\d{{1,2}}|{_WORD_HOUR})"
_NOT_A_COUNT = (
    r"(?!\w|[.:/%]\d|%|\s*(?:%|€|\$)|'s)(?=\s*(?:$|[^\w\s]|sharp|in|on|at|or|and|then|if|so|before|"
    r"after|with|to|for|every|"
    r"each|from|my|this|next|latest|local|the|tomorrow|today|tonight|morning|afternoon|evening|mon|"
    r"tue|wed|thu|fri|sat|sun))"
)
_PART_WORD = re.compile(
    r"\b(?:first thing in the morning|(?P<part>morning|midday|lunch|afternoon|evening|night)(?:time|s)?|"
    r"(?P<ton>tonight)|(?P<first>first thing))\b"
)
# "tonight after my bath, and at 10 tomorrow": another day begins in between.
_DAY_WORD = re.compile(r"\b(?:then|tomorrow|today|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
_EARLY = re.compile(
    r"\bbefore (?:the |my |our )?(?:early )?(?:shift|work|school|breakfast|handover|nursery|opening|the kids|"
    r"anyone|everyone|everybody)\b"
)
_LATE = re.compile(
    r"\b(?:kids|children|little one|baby|house|everyone)(?: is| are|'s|'re)?"
    r" (?:down|in bed|asleep|quiet|sleeping)\b"
    r"|\bafter (?:dinner|tea|supper|bedtime|the news|football|training)\b|\bbefore bed\b|\bat bedtime\b"
)
_GREETING = re.compile(r"\bgood (?:morning|afternoon|evening|night)\b")
_FIXED = re.compile(r"\b(?:(?:at|by|around|about|before|until) )?(?:12 )?(?P<word>noon|midnight)\b")
_LOOSE_LUNCH = re.compile(r"\b(?:before|after|during|until) (?:lunch|midday)(?:time)?\b")


def read_time(text: str) -> int | None:
    """The clock time a message gives ("14:35", "2:35 pm", "1435", "half past two"), or nothing."""
    plain = normalised(text).strip(" .!?~,;()")
    if digits := re.fullmatch(r"(\d{1,2}?)(\d\d)?(?: ?h(?:rs|ours)?)?", plain):
        return _sound(int(digits[1]), int(digits[2] or 0), digits[1], None)
    clock = read_clock(plain)
    return None if clock is None or clock.part else clock.minutes


def read_clock(plain: str) -> Clock | None:
    """The first time of day in a normalised text, an exact one before a part of the day."""
    plain = _LOOSE_LUNCH.sub(" ", _GREETING.sub(" ", plain))
    part = _PART_WORD.search(plain)
    for pattern, minutes_of in _EXACT:
        for found in pattern.finditer(plain):
            clock = minutes_of(found)
            if clock is not None:
                return _in_part(_cut(clock, plain, found), part)
    if fixed := _FIXED.search(plain):
        midnight = fixed["word"] == "midnight"
        return _cut(Clock(0 if midnight else NOON, "", ends_day=midnight), plain, fixed)
    if part is None:
        return None
    word = part["part"] or ("evening" if part["ton"] else "morning")
    said = part["first"] or word
    return _cut(Clock(_PARTS[word], "", part=said), plain, part)


def _cut(clock: Clock, plain: str, found: re.Match[str]) -> Clock:
    return replace(clock, rest=f"{plain[: found.start()]} \n {plain[found.end() :]}")


def _in_part(clock: Clock, part: re.Match[str] | None) -> Clock:
    """ "8 in the evening" and "tonight at 8" are 20:00, "6 in the morning" is 6:00."""
    if not clock.bare:
        return clock
    if part is None or _DAY_WORD.search(_between(clock.rest, part)):
        if _EARLY.search(clock.rest):
            return replace(clock, minutes=clock.minutes % NOON, bare=False)
        late = clock.minutes % NOON + NOON
        return (
            replace(clock, minutes=late, bare=False) if _LATE.search(clock.rest) and late >= DINNER else clock
        )
    word = part["part"] or ("night" if part["ton"] else "morning")
    rest = _PART_WORD.sub(" ", clock.rest)
    hour = clock.minutes % NOON
    if word == "morning":
        return replace(clock, minutes=hour, bare=False, rest=rest)
    if word == "night" and hour < 4 * 60:  # "12 at night", "2 at night": the small hours that follow
        return replace(clock, minutes=hour, bare=False, ends_day=True, rest=rest)
    return replace(clock, minutes=hour + NOON, bare=False, rest=rest)


def _between(rest: str, part: re.Match[str]) -> str:
    """What stands between the part of a day that was named and the clock time, which left a line end."""
    gap = rest.index("\n")
    return rest[part.end() : gap] if part.end() <= gap else rest[gap : part.start()]


def _hour(word: str) -> int:
    return _HOURS[word] if word in _HOURS else int(word)


def _sound(hour: int, minute: int, typed: str, half: str | None) -> int | None:
    """Minutes after midnight, or nothing if no clock shows this."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if half:
        return (hour % 12 + (12 if half.startswith("p") else 0)) * 60 + minute if 1 <= hour <= 12 else None
    if 1 <= hour <= 6 and not typed.startswith("0"):
        hour += 12
    return hour % 24 * 60 + minute


def _clock(hour: str, minute: int, half: str | None) -> Clock | None:
    number = _hour(hour)
    minutes = _sound(number, minute, hour, half)
    if minutes is None:
        return None
    return Clock(
        minutes, "", bare=not half and 1 <= number <= 12 and not hour.startswith("0"), ends_day=number == 24
    )


def _of_digits(found: re.Match[str]) -> Clock | None:
    return _clock(found["hour"], int(found["minute"]), found["half"])


def _of_hour(found: re.Match[str]) -> Clock | None:
    return _clock(found["hour"], 0, found.groupdict().get("half"))


def _of_range(found: re.Match[str]) -> Clock | None:
    first, second = int(found["hour"]), int(found["last"])
    other = {"a": "pm", "p": "am"}[found["half"][0]]
    return _clock(
        found["hour"], int(found["minute"] or 0), found["half"] if first % 12 <= second % 12 else other
    )


def _of_half(found: re.Match[str]) -> Clock | None:
    """ "half nine" as people say it in Britain: half past nine."""
    at = _clock(found["hour"], 0, None)
    return at and replace(at, minutes=at.minutes + 30)


def _of_words(found: re.Match[str]) -> Clock | None:
    steps = {
        "half": 30,
        "quarter": 15,
        "five": 5,
        "ten": 10,
        "twenty": 20,
        "twenty five": 25,
        "twenty-five": 25,
    }
    word = found["step"]
    step = int(word) if word.isdigit() else steps[word]
    if step > 30:
        return None
    at = _clock(found["hour"], 0, found["half"])
    if at is None or found["way"] in ("past", "after"):
        return at and replace(at, minutes=at.minutes + step)
    return replace(at, minutes=(at.minutes - step) % DAY)


_EXACT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Clock | None]], ...] = (
    (
        re.compile(
            rf"\b(?:{_AT} )?(?:an? )?(?P<step>half|quarter|five|ten|twenty|twenty[ -]five|"
            rf"\d{{1,2}}) (?:minutes )?"
            rf"(?P<way>past|to|after|before) {_HOUR}\b(?![:.]\d)(?:\s?(?:{_HALF}|{_CLOCK}))?"
        ),
        _of_words,
    ),
    (
        re.compile(rf"\b(?:{_AT} )?half {_HOUR}\b(?! (?:hours?|days?|weeks?|of|the|a|dozen|minutes?))"),
        _of_half,
    ),
    (
        re.compile(
            r"(?<![\d.:/])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?:-|"
            r"to)\s?(?P<last>\d{1,2})(?:[:.]\d\d)?\s?" + _HALF
        ),
        _of_range,
    ),
    (
        re.compile(
            rf"(?:(?<!\w){_AT}\s*)?(?<![\d.:/])(?P<hour>\d{{1,2}})(?::|\.|\s?h\s?)(?P<minute>\d\d)(?::\d\d)?"
            rf"(?![\d:/]|\.\d)\s?(?:{_HALF})?(?:uhr|hrs|h\b)?"
        ),
        _of_digits,
    ),
    (re.compile(rf"(?:(?<!\w){_AT}\s*)?(?<![\d.:/\w]){_HOUR}\s?{_HALF}"), _of_hour),
    (re.compile(rf"(?:(?<!\w){_AT}\s*)?(?<![\d.:/\w])(?P<hour>\d{{1,2}})\s?(?:h|uhr)\b"), _of_hour),
    (re.compile(rf"(?:(?<!\w){_AT}\s*)?(?<![\d.:/\w]){_HOUR}\s?{_CLOCK}(?:\s?{_HALF})?"), _of_hour),
    (
        re.compile(
            r"(?<!\w)(?:at|@)\s*(?P<hour>\d{1,2})(?P<minute>\d\d)(?![\d.:/])(?P<half>$^)?(?:h|hrs)?\b"
        ),
        _of_digits,
    ),
    (re.compile(rf"(?<!\w){_AT}\s*{_HOUR}{_NOT_A_COUNT}"), _of_hour),
    (
        re.compile(r"(?<!\S)(?P<hour>\d{1,2}) (?=(?:in the (?:morning|afternoon|evening)|at night|sharp)\b)"),
        _of_hour,
    ),
    (re.compile(r"^\s*(?P<hour>\d{1,2})\s*$"), _of_hour),
)
