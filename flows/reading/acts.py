"""The verbs and the telling words of a line, in their base form: "told Gary" and "tell gary" share both.

A short table of irregular forms, and rules for the rest. Must not decide whether an act took place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from flows.reading.normalise import normalised, without_marks
from flows.reading.verbs import VERBS
from flows.reading.wordlists import words

_FORMS: Final = """
tell told telling; ask asked asking; speak spoke spoken speaking; talk talked talking; say said saying;
send sent sending; write wrote written writing; call called calling; ring rang rung ringing;
text texted texting txt; mail mailed mailing; email emailed emailing; message messaged messaging;
phone phoned phoning; do did done doing; go went gone going; meet met meeting; make made making;
get got gotten getting; give gave given giving; take took taken taking; put putting; read reading;
book booked booking; finish finished finishing; begin began begun beginning; bring brought bringing;
buy bought buying; choose chose chosen choosing; cut cutting; draw drew drawn drawing;
find found finding; have had having; hold held holding; keep kept keeping; leave left leaving;
let letting; pay paid paying; run ran running; set setting; show showed shown showing;
sit sat sitting; teach taught teaching; think thought thinking; raise raised raising;
apply applied applying; reply replied replying; try tried trying; submit submitted submitting;
stop stopped stopping; plan planned planning; chat chatted chatting; hand handed handing;
mention mentioned mentioning; sort sorted sorting; catch caught catching; come came coming;
see saw seen seeing; pick picked picking; wake woke woken waking; swim swam swum swimming;
"""
_IRREGULAR: Final = {form: row.split()[0] for row in _FORMS.split(";") if row.strip() for form in row.split()}
_NOUNS: Final = frozenset(
    ("meeting", "writing", "reading", "meetings")
)  # also things: "the meeting went well"
SAYING: Final = frozenset(
    words("tell ask speak talk say send write call ring text mail email message phone mention chat reply")
)
"""Ways to say something to somebody: a step that names one is done by another."""
_SMALL: Final = frozenset(
    words(
        """
        i me my mine we us our you your he him his she her they them their it its this that these those a an
        the to of in on at for with and or but so if is am are was were be been not no yes will would shall
        can could should may might must do have get go just then than as by from about into up out off over
        before after when what which who how why one two first today tomorrow tonight now again also very
        really still some any all more next last week day morning evening afternoon time minutes monday
        tuesday wednesday thursday friday saturday sunday i'll i'd i'm i've work thing something going
        """
    )
)


@lru_cache(maxsize=64)
def base_of(word: str) -> str:
    """The base form of a verb, or the word itself: "texted" and "texting" are "text"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for stem in _stems(word):
        if stem in VERBS:
            return stem
    return word.removesuffix("'s")


def _stems(word: str) -> Iterator[str]:
    for ending in ("ed", "ing", "s", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}e", f"{stem.removesuffix('i')}y")
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=64)
def telling(line: str) -> frozenset[str]:
    """The words of a line that carry something, verbs in their base form."""
    said = without_marks(normalised(line)).split()
    found = {base_of(word) for word in said if word not in _SMALL}
    return frozenset((found | (_NOUNS & set(said))) - _SMALL)


def shares(said: str, step: str) -> bool:
    """Whether a few words and a step name the same act or the same thing."""
    mine, planned = telling(said), telling(step)
    return bool(mine & planned) or bool(mine & SAYING and planned & SAYING)
