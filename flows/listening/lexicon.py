"""The word files of a language, read and compiled once.

A file holds its version, sets of words, and lists of phrases; what each is for stands at its head.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from flows.listening.inflection import forms, read_irregular
from flows.listening.phrases import Finder, Phrase, read_phrases
from flows.listening.together import MARK, Together, notions_of, read_rules
from flows.listening.words_of import Words, words_of

FILES: Final = ("crisis", "together", "safety", "commands", "colour", "things", "spellings")
ACROSS: Final = frozenset(("crisis", "soft"))  # a full stop in the middle hides nothing


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sets and phrases of one language."""

    versions: Mapping[str, int]
    sets: Mapping[str, frozenset[str]]
    slips: Mapping[str, tuple[str, ...]]
    finder: Finder
    together: Together
    whole: Mapping[str, Finder]

    def words_of(self, text: str) -> Words:
        """The text as plain words."""
        return words_of(text, self.slips, self.sets["soft_start"], self.sets["soft_end"])


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The words of a language. Raises FileNotFoundError if there are none."""
    tables = {name: _table(language, name) for name in FILES}
    sets = _sets(tables)
    named = [(name, block) for table in tables.values() for name, block in table.get("phrases", {}).items()]
    phrases: list[Phrase] = []
    for name, block in named:
        phrases += read_phrases(name, block, sets, across=name in ACROSS)
    notions = {MARK + name: block for name, block in tables["together"]["notions"].items()}
    for name, block in notions.items():
        phrases += read_phrases(name, block, sets)
    whole = {
        name: Finder(read_phrases(name, block, sets)) for name, block in tables["commands"]["whole"].items()
    }
    versions = {name: int(table["version"]) for name, table in tables.items()}
    slips = _slips(tables["spellings"]["forms"])
    return Lexicon(versions, sets, slips, Finder(phrases), _together(tables["together"], notions), whole)


def _together(table: Mapping[str, Any], notions: Mapping[str, str]) -> Together:
    rules = [rule for name, block in table["rules"].items() for rule in read_rules(name, block)]
    if unknown := notions_of(rules) - set(notions):
        raise ValueError(f"rules of notions that no list holds: {', '.join(sorted(unknown))}")
    return Together(rules)


def _table(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files("flows") / f"listening/words/{language}/{name}.toml").read_text("utf-8"))


def _sets(tables: Mapping[str, dict[str, Any]]) -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    for table in tables.values():
        for name, block in table.get("sets", {}).items():
            if name in sets:
                raise ValueError(f"two word files have a set called “{name}”")
            sets[name] = frozenset(block.split())
    verbs = tables["things"]["verbs"]
    irregular = read_irregular(verbs["irregular"])
    inflected = {verb: forms(verb, irregular) for verb in verbs["doing"].split()}
    sets["base"] = frozenset(inflected)
    sets["do"] = frozenset(form for some in inflected.values() for form in some)
    sets["doing"] = frozenset(form for form in sets["do"] if form.endswith("ing"))
    thinking = (forms(verb, irregular) for verb in verbs["thinking"].split())
    sets["thinking_verb"] = frozenset(form for some in thinking for form in some)
    return sets


def _slips(block: str) -> dict[str, tuple[str, ...]]:
    rows = (line.partition("=") for line in block.splitlines() if "=" in line)
    return {form.strip(): tuple(usual.split()) for form, _, usual in rows}
