"""Ways to walk through a talk: what is answered depends on the open question, how on the kind of person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.phone.person import Person
from flows.session import Session, Visit
from tests.bot.conftest import Bot

PICKS = {
    "frame": "coaching",
    "consent": "yes",
    "next": "full",
    "recheck": "keep",
    "deserves": "stay",
    "reshape": "keep",
    "rehearse": "yes",
    "reminder": "at",
    "quiet": "keep",
    "check": "yes",
    "confirm": "yes",
}
WORDS = {
    "hello": "Alice",
    "limits": "Canada",
    "wishes": "short questions please",
    "hope": "a role with more say",
    "topic": "my promotion case stalls",
    "goal": "a clear plan for it",
    "success": "one page with three points",
    "options": "send the numbers\ntalk to Tom\nwait until January",
    "stretch_one": "ask the council",
    "stretch_two": "leave it alone",
    "act": "I will send my three numbers",
    "obstacle": "my afternoon gets crowded",
    "if_then": "I block half an hour in my calendar",
    "support": "my sister Ruth",
    "takeaway": "it is smaller than it looked",
    "still_open": "whether he listens",
    "city": "Berlin",
}
BY_REPLY = {"scale": "8", "date": "friday 9am", "time": "14:05", "yesno": "yes"}
MOST = 130
LAST = ("shown", "named")  # with their answer a short talk is over


class StuckError(AssertionError):
    """The talk did not come to its end."""


@dataclass
class Guide:
    """Walks with one person; ``picks`` say which choice to take where there is one."""

    bot: Bot
    person: Person
    picks: dict[str, str] = field(default_factory=lambda: dict(PICKS))
    seen: list[str] = field(default_factory=list)

    async def starts(self) -> None:
        """Press START."""
        await self.person.starts()
        await self.bot.settles()

    async def walks(self, answer: Callable[[Session, Visit], Awaitable[None]], until: str = "") -> None:
        """Answer question after question until none is open, or the one of this step is."""
        for _ in range(MOST):
            session = await self.bot.session(self.person)
            visit = session.open if session else None
            if session is None or visit is None or visit.frame.step == until:
                return
            self.seen.append(visit.frame.step)
            await answer(session, visit)
            await self.bot.settles()
        talk = "\n".join(
            f"{message.from_bot} {message.text!r} {message.labels}"
            for message in self.person.chat.messages[-12:]
        )
        raise StuckError(f"still not at the end: {self.seen[-12:]}\n{talk}")

    async def types(self, session: Session, visit: Visit) -> None:
        """Answer in words."""
        await self.person.says(self.words(visit))

    async def taps(self, session: Session, visit: Visit) -> None:
        """Answer by a button where there is one."""
        choice = self.choice(visit)
        if choice is None:
            await self.types(session, visit)
        else:
            await self.person.taps(choice=f"{session.short}:{visit.ask}:{choice}")

    async def bursts(self, session: Session, visit: Visit) -> None:
        """Answer an open question in three messages, sent faster than anybody answers."""
        if visit.reply not in ("text", "list") or visit.gap or visit.about.get("raws"):
            await self.types(session, visit)
            return
        step = visit.frame.step
        if step in LAST:
            await self.person.says(dict(visit.shown)["none"])
            return
        for words in (self.words(visit), f"second thought on {step}", f"third thought on {step}"):
            await self.person.says(words)

    async def shrugs(self, session: Session, visit: Visit) -> None:
        """Say "idk" to every open question."""
        if visit.reply in ("text", "list") and not visit.about.get("raws"):
            await self.person.says("idk")
        else:
            await self.types(session, visit)

    async def hesitates(self, session: Session, visit: Visit) -> None:
        """Go back once at every question, then answer it."""
        if visit.gap or visit.frame.step in self.seen[:-1]:
            await self.types(session, visit)
        else:
            await self.person.says("/back")

    def words(self, visit: Visit) -> str:
        """What is typed."""
        if visit.about.get("raws"):
            return "done"
        labels = dict(visit.shown)
        if visit.frame.step in WORDS and visit.reply in ("text", "list", "place"):
            return WORDS[visit.frame.step]
        if visit.reply in ("choice", "yesno", "multi") and labels:
            return labels[self.picks.get(visit.frame.step, next(iter(labels)))]
        return BY_REPLY.get(visit.reply, f"a plain word about {visit.frame.step}")

    def choice(self, visit: Visit) -> str | None:
        """What is tapped; None if words are needed."""
        if visit.about.get("raws"):
            return "_done"
        if visit.reply == "scale":
            return "8"
        labels = dict(visit.shown)
        if visit.frame.step in ("city", "share", "clock") or not labels:
            return None
        wanted = self.picks.get(visit.frame.step, "")
        return wanted if wanted in labels else next(iter(labels))
