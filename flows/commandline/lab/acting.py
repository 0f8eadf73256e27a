"""What a person says to the open question: looked up by its meaning, never by its position in the talk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flows.commandline.lab.character import Answer, Character, Interjection
from flows.library import Library
from flows.session import Frame, Session, Visit

LADDER = "dont_know"
DONE = Answer(("!done",))
FINE = Answer(("!fine",))
FIRST = Answer(("!",))


@dataclass(slots=True)
class Actor:
    """A person at work: which talk of which dialogue it is, what they said last and were asked about it.

    The n-th talk of a dialogue takes the n-th alternative, so that topic, goal and step of a talk
    belong together; in what is asked once for each of several steps, each takes the next one.
    """

    character: Character
    library: Library
    talks: dict[str, list[str]] = field(default_factory=dict)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)
    last: Answer = FIRST
    asked_about: int = 0
    answered: tuple[str, tuple[Frame, ...]] = ("", ())
    made: set[Interjection] = field(default_factory=set)

    def answer(self, session: Session, visit: Visit) -> tuple[str, ...]:
        """The moves that answer this question."""
        if visit.about.get("raws"):
            return self._by_kind("done", session, DONE).says
        question = session.id, visit.frames
        if visit.gap or question == self.answered:
            return self._about_the_answer(session, visit)
        self.last, self.asked_about, self.answered = self._fresh(session, visit), 0, question
        return self.last.says

    def interjects(self, session: Session, visit: Visit) -> tuple[str, ...]:
        """What is done before answering, once; nothing most of the time."""
        if visit.gap:
            return ()
        names, number = self._names(session, visit), self._number(session)
        for one in self.character.interjections:
            if one.at in names and one.talk == number and one not in self.made:
                self.made.add(one)
                self.last = Answer(one.moves)  # what is asked now is not about the answer before
                return one.moves
        return ()

    def _fresh(self, session: Session, visit: Visit) -> Answer:
        names = self._names(session, visit)
        found = next((name for name in names if name in self.character.answers), "")
        if not found:
            return self._by_kind(visit.reply, session, FIRST if visit.shown else Answer(("skip",)))
        alternatives = self.character.answers[found]
        repeated = "#" in visit.frame.scope
        key = ("" if repeated else session.id, found)
        place = self.uses[key] + (0 if repeated else self._number(session) - 1)
        self.uses[key] += 1
        return alternatives[place % len(alternatives)]

    def _about_the_answer(self, session: Session, visit: Visit) -> tuple[str, ...]:
        """To a probe: the last answer's own words first, then those for the gap, then those for the kind."""
        self.asked_about += 1
        if self.asked_about <= len(self.last.then):
            return (self.last.then[self.asked_about - 1],)
        if visit.gap in self.character.probed:
            return self._next(f"probed.{visit.gap}", session, self.character.probed[visit.gap]).says
        if not visit.gap:  # the very question comes back: what was said is no answer to it
            return FIRST.says if visit.shown else ("skip",)
        return self._by_kind(visit.reply, session, FINE).says if visit.gap == LADDER else FINE.says

    def _by_kind(self, kind: str, session: Session, default: Answer) -> Answer:
        alternatives = self.character.otherwise.get(kind)
        return self._next(f"otherwise.{kind}", session, alternatives) if alternatives else default

    def _next(self, name: str, session: Session, alternatives: tuple[Answer, ...]) -> Answer:
        """The next of the alternatives, whatever the talk."""
        self.uses["", name] += 1
        return alternatives[(self.uses["", name] - 1) % len(alternatives)]

    def _number(self, session: Session) -> int:
        """The how-manieth talk of its dialogue this is, from 1."""
        ids = self.talks.setdefault(root_of(session), [])
        if session.id not in ids:
            ids.append(session.id)
        return ids.index(session.id) + 1

    def _names(self, session: Session, visit: Visit) -> tuple[str, ...]:
        """What a question may be called in a file, from the closest name to the widest."""
        step = self.library.dialogues[visit.frame.dialogue].steps[visit.frame.step]
        own = [name for name in (step.name, step.saves) if name]
        stack = (frame.dialogue for frame in reversed(visit.frames))
        dialogues = dict.fromkeys((*stack, root_of(session)))
        return (*(f"{dialogue}.{name}" for dialogue in dialogues for name in own), *own)


def root_of(session: Session) -> str:
    """The dialogue a session began with."""
    return session.frames[0].dialogue if session.frames else ""
