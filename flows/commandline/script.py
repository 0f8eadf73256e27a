"""``script``: a dialogue as a Markdown page that a coach reads from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commandline import in_words
from flows.definitions import Choices, Dialogue, Step
from flows.library import Library
from flows.markup import Piece, Wording

REPLIES = {
    "text": "in their own words",
    "list": "a list, in their own words",
    "scale": "a number from 1 to 10",
    "yesno": "yes or no",
    "date": "a day, and a time of day if they like",
    "time": "a clock time",
    "choice": "one of the buttons",
    "multi": "one button or several",
    "place": "the name of a city",
    "location": "a shared location",
}
KINDS = {
    "session": "A talk of its own.",
    "part": "A part that other dialogues run; it shares their answers.",
    "aside": "Laid over an open question, which comes back afterwards.",
}
MARKS = {"bold": "**", "italic": "*"}


def script(library: Library, name: str) -> str:
    """The page of one dialogue."""
    dialogue = library.dialogues[name]
    return "\n\n".join(_page(dialogue, library)) + "\n"


def _page(dialogue: Dialogue, library: Library) -> Iterator[str]:
    yield f"# {dialogue.title}"
    head = f"`{dialogue.name}.toml`, version {dialogue.version}, {len(dialogue.steps)} steps."
    yield f"{KINDS[dialogue.kind]}\n{head}"
    phase = ""
    for number, step in enumerate(dialogue.steps.values(), 1):
        if step.phase and step.phase != phase:
            yield f"## {dialogue.phases[step.phase]}"
        phase = step.phase or phase
        yield f"### {number}. {step.name}"
        yield from _step(step, dialogue, library)


def _step(step: Step, dialogue: Dialogue, library: Library) -> Iterator[str]:
    yield from _spoken(step, library)
    yield from _answered(step, library)
    notes = [*_notes(step, library), *_ways(step, dialogue, library)]
    yield "\n".join(f"- {note}" for note in notes)


def _spoken(step: Step, library: Library) -> Iterator[str]:
    """Everything the person may read here."""
    if step.runs:
        each = f", once for each of {in_words.named_list(step.for_each)}" if step.for_each else ""
        yield f"Runs the dialogue “{library.dialogues[step.runs].title}” (*{step.runs}*){each}."
        return
    verb = "Says" if step.reply == "say" else "Asks"
    if not (step.ask or step.lines):
        yield "Says nothing; it only decides the way."
    yield from _table("Shows these lines", step.lines)
    yield from _table(f"{verb}, in one of these wordings" if len(step.ask) > 1 else verb, step.ask)
    yield from _table("Asked a second time", step.again)
    yield from _table("Smaller, when the answer is “don't know”", step.easier)
    if step.offers:
        yield f"And then, to tap: {_labels(step.offers)}"
    for name, wordings in step.probe.items():
        yield from _table(f"Asks in between if {in_words.gap(name)}", wordings)


def _answered(step: Step, library: Library) -> Iterator[str]:
    """How it is answered, and what is said back."""
    if not step.runs and step.reply != "say":
        several = ", in several messages if they like" if step.many else ""
        yield f"**Answer:** {REPLIES[step.reply]}{several}."
    if choices := _choices(step, library):
        order = " (in random order)" if step.shuffle else ""
        yield f"**Buttons{order}:** {choices}"
    yield from _table("Said back before the next question", step.echo)


def _choices(step: Step, library: Library) -> str:
    if step.choices_from:
        return in_words.named_list(step.choices_from)
    if step.reply == "yesno" and not step.choices:
        return _labels((("yes", library.label("yes")), ("no", library.label("no"))))
    return _labels(step.choices, step.danger)


def _notes(step: Step, library: Library) -> Iterator[str]:
    if step.why:
        yield f"Why: {step.why}"
    if step.saves:
        yield f"Saved as *{step.saves}*."
    others = [name for name in step.listens if name not in step.probe]
    if others:
        yield f"May ask in between if {_either([in_words.gap(name) for name in others])}."
    for name in step.actions:
        yield f"Does: {in_words.action(name)}."
    if step.without and step.reply != "say":
        missing = ", ".join(f"“{library.label(name)}”" for name in step.without)
        yield f"Without the button {missing}."


def _ways(step: Step, dialogue: Dialogue, library: Library) -> Iterator[str]:
    found = list(in_words.ways(dialogue, step, library))
    for number, (target, reason) in enumerate(found):
        otherwise = "Otherwise" if number and not reason else "Next"
        yield f"{otherwise}: {in_words.place(target)}{f' {reason}' if reason else ''}."


def _either(reasons: list[str]) -> str:
    return "; or ".join(reasons)


def _table(title: str, wordings: tuple[Wording, ...]) -> Iterator[str]:
    if wordings:
        yield f"**{title}:**\n\n" + "\n".join(f"- {_marked(wording)}" for wording in wordings)


def _labels(choices: Choices, danger: tuple[str, ...] = ()) -> str:
    return " · ".join(f"[{label}]{' (red)' if id_ in danger else ''}" for id_, label in choices)


def _marked(wording: Wording) -> str:
    """A wording in Markdown; its lines stay one list item."""
    return "".join(_piece(piece) for piece in wording.pieces).replace("\n", "\n  ")


def _piece(piece: Piece) -> str:
    text = f"{{{piece.text}}}" if piece.is_value else piece.text.replace("*", "\\*").replace("<", "&lt;")
    mark = MARKS.get(piece.style, "")
    inner = text.strip()
    # Markdown does not open a style before a space, so spaces go outside the marks.
    return text.replace(inner, f"{mark}{inner}{mark}", 1) if mark and inner else text
