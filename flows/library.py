"""All dialogues, checked and ready: definitions, machines and shared phrases. Built once, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transitions import Machine

from flows.definitions import Common, Dialogue, Nudges
from flows.fields import Field
from flows.markup import Wording

if TYPE_CHECKING:
    from flows.paths import Branch


@dataclass(frozen=True, slots=True)
class Library:
    """What a turn needs besides the person: nothing in it changes after loading."""

    dialogues: Mapping[str, Dialogue]
    machines: Mapping[str, Machine]
    paths: Mapping[str, Mapping[str, tuple[Branch, ...]]]
    common: Common
    fields: Mapping[str, Field]
    nudges: Nudges = field(default_factory=Nudges)

    def phrase(self, name: str) -> tuple[Wording, ...]:
        """The wordings of a shared phrase."""
        return self.common.phrases[name]

    def label(self, name: str) -> str:
        """A shared button label."""
        return self.common.labels[name]

    def is_kept(self, field: str) -> bool:
        """Whether answers to this field are stored beyond the session."""
        known = self.fields.get(field)
        return known is not None and known.table != "session"
