"""What an answer is made of: acts, artefacts, persons, numbers, days, cue and response, items.

General notions, each answered from the words alone and worked out when it is asked for. What is
missing for a question is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Final

from flows.listening.lexicon import Lexicon
from flows.listening.phrases import Span
from flows.listening.words_of import Words
from flows.reading.dates import DateReading, read_date
from flows.reading.lists import read_items
from flows.reading.plans import read_if_then
from flows.reading.verbs import begins_with_verb, without_intention

# Whether a day is named does not depend on which day it is.
_SOME_DAY: Final = dt.datetime(2026, 3, 4, 8, 0)  # noqa: DTZ001 - a wall clock
_MAY_BE_DATE: Final = re.compile(
    r"\d|\b(?:to(?:day|morrow|night)|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|"
    r"fri|thurs|noon|january|february|march|april|june|july|august|september|october|november|december|"
    r"jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec|eod|eow|lunchtime|(?:this|next|last|every) (?:week|month|"
    r"year|quarter|summer|spring|autumn|winter|morning|evening)|by (?:may|summer|spring|autumn|winter|"
    r"christmas|easter|diwali|lunch)|(?:in|since|until|till|by) may|month[ -]end)\b"
)
_NAME: Final = re.compile(r"(?<=[\w,;)] )[A-Z][a-z]+\b|(?<=[a-z] )[A-Z]{2,5}\b")
_WAY: Final = 5  # words of "a way to" with what it leads to
_FROM_ACT: Final = 7  # how far an object may stand from its verb


class Structure:
    """The notions of one text; ``found`` tells where the phrases of the word files were found."""

    def __init__(self, text: Words, found: dict[str, list[Span]], words: Lexicon) -> None:
        self.text = text
        self.found = found
        self.sets = words.sets
        self._lexicon = words

    @cached_property
    def number(self) -> bool:
        """A figure or a number word; "one" only before what is counted."""
        words = self.text.words
        for at, word in enumerate(words):
            if word[0].isdecimal() or word[0] in "$€£" or word in self.sets["number"]:
                return True
            if word == "one" and self._is_counted(at + 1):
                return True
        return any(mark in self.text.raw for mark in "½¼¾🔟")

    @cached_property
    def date(self) -> bool:
        """A day, a time or a span of the calendar."""
        return bool(_MAY_BE_DATE.search(self.text.plain))

    @cached_property
    def when(self) -> DateReading:
        """What the date reader makes of it."""
        return read_date(self.text.raw, _SOME_DAY)

    @cached_property
    def name(self) -> bool:
        """A word with a capital inside a sentence, unless capitals are how this person writes."""
        raw = self.text.raw
        if raw.isupper():
            return False
        found = [name for name in _NAME.findall(raw) if name.lower() not in self.sets["common_capital"]]
        words = [word for word in raw.split() if word[:1].isalpha()]
        capitals = sum(word[:1].isupper() for word in words)
        return bool(found) and capitals <= max(2, len(words) // 2)

    @cached_property
    def vague_acts(self) -> frozenset[int]:
        """The places of verbs that no camera could film."""
        spans = (span for span in self.found.get("vague_act", ()) if not self._shown(span))
        return frozenset(at for span in spans for at in range(*span))

    @cached_property
    def acts(self) -> tuple[Span, ...]:
        """Verbs of doing with an object: the places of both."""
        spans = ((at, self._object(at)) for at in range(len(self.text.words)) if self._does(at))
        return tuple((at, to) for at, to in spans if to >= 0)

    @cached_property
    def artefacts(self) -> tuple[int, ...]:
        """Places of things that can be seen, held or attended; a thing that is only wished for is none."""
        abstract = self.sets["abstract"]
        return tuple(
            at
            for at, word in enumerate(self.text.words)
            if word in self.sets["artefact"] and word not in abstract and not self._is_verb(at)
        )

    @cached_property
    def fields(self) -> bool:
        """A line of work or a role that is named: data engineering, a team lead, part-time."""
        words = self.text.words
        if any(word in self.sets["domain"] for word in words):
            return any(word in self.sets["domain"] and word != "it" for word in words)
        return False

    @cached_property
    def question(self) -> bool:
        """Something to find out or decide: "whether to stay", "how to tell her", "A or B"."""
        words, thinking = self.text.words, self.sets["thinking_verb"]
        asks = self.sets["question"]
        opening = self.text.words[self.text.first] if words else ""
        if words[self.text.first : self.text.first + 3] == ("a", "way", "to"):
            return len(words) > _WAY
        if opening in ("how", "whether", "which", "where", "who"):
            return len(words) > 3
        return any(word in asks and any(w in thinking for w in words[:at]) for at, word in enumerate(words))

    @cached_property
    def person(self) -> bool:
        """Somebody besides the speaker."""
        return self.name or any(word in self.sets["person"] for word in self.text.words)

    @cached_property
    def own(self) -> bool:
        """The speaker as a subject."""
        return any(word in self.sets["pronoun_own"] for word in self.text.words)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The words that carry meaning."""
        return tuple(word for word in self.text.words if word not in self.sets["function"])

    @cached_property
    def vague_words(self) -> tuple[int, ...]:
        """The places of words that mean something else to everyone."""
        return tuple(at for at, word in enumerate(self.text.words) if word in self.sets["vague_word"])

    @cached_property
    def plan(self) -> tuple[str, str]:
        """Cue and response of an if-then plan."""
        return read_if_then(self.text.raw)

    @cached_property
    def response(self) -> Structure | None:
        """What an if-then plan says to do, as a structure of its own."""
        if not self.plan[1]:
            return None
        text = self._lexicon.words_of(self.plan[1])
        return Structure(text, self._lexicon.finder.find(text), self._lexicon)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """What was listed, if it was a list."""
        return read_items(self.text.raw)

    @cached_property
    def acts_listed(self) -> int:
        """How many of the items are acts."""
        return sum(begins_with_verb(without_intention(item)) for item in self.items)

    @cached_property
    def indices(self) -> int:
        """How many of the things on offer were picked by their number."""
        words = self.text.words
        parts = [part for word in words for part in re.split(r"[.,:/]", word)]
        numbers = [part for part in parts if part.isdecimal() or part in self.sets["index"]]
        plain = len(numbers) * 2 >= len(words) or len(words) <= 5
        return len(dict.fromkeys(numbers)) if plain else 0

    def _shown(self, act: Span) -> bool:
        """Whether the act has a thing after all ("have the pay conversation"), or is only a condition."""
        end = act[1]
        had = self.text.words[act[0]] in self.sets["having"]
        thing = had and not self.text.is_edge(end) and self.text.words[end] in self.sets["artefact"]
        hedges = self.found.get("hedge", ())
        return thing or any(begin < act[1] and act[0] < to for begin, to in hedges)

    def _is_counted(self, at: int) -> bool:
        """Whether "one" before this word counts it."""
        words = self.text.words
        if self.text.is_edge(at):
            return False
        return words[at] not in self.sets["one_of"] and words[at] not in self.sets["function"]

    def _is_verb(self, at: int) -> bool:
        """Whether a word that may be either is a verb here: "to talk", "I plan"."""
        return (
            self.text.words[at] in self.sets["base"]
            and self.text.words[at - 1] in self.sets["to_verb"]
            and at > 0
        )

    def _does(self, at: int) -> bool:
        words = self.text.words
        if words[at] not in self.sets["do"] or at in self.vague_acts:
            return False
        if words[at] == "going" and words[at + 1 : at + 2] == ("to",):
            return False
        before = words[at - 1] if at else ""
        # "a call", "my work", "more talk": a thing and no act
        return before not in self.sets["determiner"] or words[at].endswith("ing")

    def _object(self, at: int) -> int:
        """The place of what the act is done to; -1 if there is none."""
        words = self.text.words
        for place in range(at + 1, min(at + _FROM_ACT, len(words))):
            if self.text.breaks[place] == ".":
                break
            if self._is_object(words[place]) or (words[place] == "it" and self._takes_it(at, place)):
                return place
        return -1

    def _takes_it(self, at: int, place: int) -> bool:
        """Whether "it" is enough of an object: "send it", and not "do it"."""
        return place == at + 1 and self.text.words[at] not in self.sets["loose_verb"]

    def _is_object(self, word: str) -> bool:
        if word in ("him", "her", "them") or word[0].isdecimal():
            return True
        if word in self.sets["person"]:
            return True
        if word in self.sets["function"] or word in self.sets["vague_word"]:
            return False
        return word not in self.sets["filler_object"] and word not in self.sets["abstract"]
