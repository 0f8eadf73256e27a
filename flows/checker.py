"""What is wrong with the dialogue files, as sentences that name file, step and remedy.

transitions accepts unknown destinations and misspelt conditions at build, so they must be found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from flows import actions, conditions
from flows.definitions import CONTROLS, END, KINDS, REPLIES, Common, Dialogue, Step
from flows.fields import FIELDS
from flows.gaps import GAPS
from flows.markup import Wording
from flows.named_lists import LISTS
from flows.placeholders import ENGINE, SURE, is_known
from flows.reaching import unreachable
from flows.scale_checks import scale_problems

WORDS, LABEL, CHOICES, DATA = 60, 20, 6, 40
RECURRING, AGAIN = 4, 2
LADDER = "dont_know"
ASKING = tuple(reply for reply in REPLIES if reply != "say")
ONCE = ("welcome", "erase")  # dialogues that a person meets once; they need no rotation
PHRASES = (
    *(
        "said_day",
        "met_raw",
        "met_lost",
        "met_worn",
        "met_fear",
        "met_joy",
        "met_unsaid",
        "met_story",
        "take_time",
    ),
    *("sneer", "asked_here", "asked_earlier", "asked_unkept", "asked_alike", "same_unkept", "same_unknown"),
    *("returned_sorry", "returned_hello", "clarify_source"),
    *("first_step", "not_a_number", "not_a_date", "not_understood", "kept_words", "so_far", "list_full"),
    *("parked_question", "progress", "why", "why_aside", "question_returns", "corrected", "previous"),
    *("located", "back_here", "country_line", "mishap", "sticker", "voice", "photo", "video", "document"),
    *("contact", "location", "other", "reminder_off"),
    *("too_late", "resume_plain", "unlocated"),
    *(
        "resume_nudge",
        "advice",
        "how_long",
        "friction",
        "thanks",
        "thanks_next",
        "told_kept",
        "night",
        "night_next",
        "how_to_correct",
        "no_session",
        "fresh_after_block",
    ),
    *(
        "stopped",
        "friction_nowhere",
        "clarify_program",
        "heard_more",
        "moved_to",
        "recall_goal",
        "recall_success",
        "recall_topic",
        "recall_none",
        "clarify_reading",
        "clarify_privacy",
        "clarify_wrong_chat",
    ),
    *("clarify_several", "clarify_one", "glossary", "greeted", "short_way", "short_as_is"),
    *("plain_like", "plain_text", "plain_scale", "plain_date", "plain_time", "plain_choice", "plain_place"),
    *("pattern_reason", "pattern_weekday", "pattern_unsure", "pattern_sure"),
    *("chart", "met_feeling", "moved_for_quiet"),
)
LABELS = (
    *("back", "skip", "unsure", "pause", "fine", "done", "keep", "yes", "no", "skipped", "today"),
    *("tomorrow", "week", "pick", "share_location", "resume", "on", "off", "weekday_initials", "months"),
    *("export_caption", "weekdays", "noted_done", "noted_partly", "noted_not_yet", "noted_changed"),
    *("noted_irrelevant", "noted_drop", "noted_park", "close", "next_page", "previous_page", "resting"),
    *("own_scale", "new_scale", "keep_scale", "some_scale", "scale_low", "scale_high"),
    *("ordinals", "shown_learning", "shown_part_done", "shown_came_up", "shown_taught", "shown_about_step"),
    "directory",
)


def check(dialogues: Mapping[str, Dialogue], common: Common | None, names: Collection[str]) -> list[str]:
    """All problems of all files that could be read; ``names`` are those of all dialogues, read or not."""
    problems = [f"common: {problem}" for problem in _common(common)] if common else []
    for name, dialogue in dialogues.items():
        problems += [f"{name}: {problem}" for problem in _dialogue(dialogue, name, names)]
    return problems


def _common(common: Common) -> Iterator[str]:
    for name in PHRASES:
        if not common.phrases.get(name):
            yield f"phrase “{name}” is missing"
    for name in LABELS:
        if not common.labels.get(name):
            yield f"label “{name}” is missing"
    for name in common.phrases.keys() - set(PHRASES):
        yield f"phrase “{name}” is used by nothing; delete it"
    for name in GAPS.keys() - common.probes.keys():
        yield f"a probe for the gap “{name}” is missing"
    for name in common.probes.keys() - GAPS.keys():
        yield f"probe “{name}”{_did_you_mean(name, GAPS)}"
    for name, wordings in (*common.phrases.items(), *common.pages.items()):
        yield from _words(f"“{name}”", wordings, limit=WORDS * 3)
    for id_, scale in common.scales.items():
        yield from scale_problems(id_, scale)
        yield from _words(f"scale “{id_}”", scale.ask)
    for probe in common.probes.values():
        if probe.reply not in ASKING:
            yield f"probe “{probe.gap}” has reply “{probe.reply}”{_did_you_mean(probe.reply, ASKING)}"
        if probe.again and probe.gap != LADDER:
            yield f"probe “{probe.gap}” has again wordings; only “{LADDER}” asks twice, so delete them"
        yield from _words(f"probe “{probe.gap}”", (*probe.ask, *probe.again))
        yield from _has_sure(f"probe “{probe.gap}”", probe.ask)


def _dialogue(dialogue: Dialogue, file: str, names: Collection[str]) -> Iterator[str]:
    if dialogue.name != file:
        yield f"calls itself “{dialogue.name}”; file and name must be the same"
    if dialogue.version < 1:
        yield "needs a version, a whole number from 1"
    if dialogue.kind not in KINDS:
        yield f"kind “{dialogue.kind}”{_did_you_mean(dialogue.kind, KINDS)}"
    if not dialogue.steps:
        yield "has no step"
        return
    for old, new in dialogue.renamed.items():
        if new not in dialogue.steps:
            yield f"renames “{old}” to unknown step “{new}”{_did_you_mean(new, dialogue.steps)}"
    for step in dialogue.steps.values():
        where = f"step “{step.name}”"
        for problem in (
            *_names(step, dialogue, names),
            *_ways(step, dialogue),
            *_shape(step),
            *_texts(step, dialogue),
        ):
            yield f"{where} {problem}"
    if all(_known(step, dialogue) for step in dialogue.steps.values()):
        yield from unreachable(dialogue)


def _known(step: Step, dialogue: Dialogue) -> bool:
    return all(way.to in (*dialogue.steps, END) for way in step.next)


def _names(step: Step, dialogue: Dialogue, names: Collection[str]) -> Iterator[str]:
    """Every name a step uses must be on its closed list."""
    if step.runs:
        if step.runs not in names:
            yield f"runs unknown dialogue “{step.runs}”{_did_you_mean(step.runs, names)}"
    elif step.reply not in REPLIES:
        yield f"has reply “{step.reply}”{_did_you_mean(step.reply, REPLIES)}"
    if step.saves and step.saves not in FIELDS:
        yield f"saves unknown field “{step.saves}”{_did_you_mean(step.saves, FIELDS)}"
    if step.phase and step.phase not in dialogue.phases:
        yield f"stands in unknown phase “{step.phase}”{_did_you_mean(step.phase, dialogue.phases)}"
    for name in step.actions:
        if name not in actions.names():
            yield f"does unknown action “{name}”{_did_you_mean(name, actions.names())}"
    for name in (*step.listens, *step.probe):
        if name not in GAPS:
            yield f"listens for unknown gap “{name}”{_did_you_mean(name, GAPS)}"
    for name in filter(None, (step.choices_from, step.for_each)):
        if name not in LISTS:
            yield f"uses unknown list “{name}”{_did_you_mean(name, LISTS)}"
    for name in step.without:
        if name not in CONTROLS:
            yield f"is without unknown control “{name}”{_did_you_mean(name, CONTROLS)}"
    ids = [id_ for id_, _ in step.choices]
    if step.words and step.words not in ids and not step.choices_from:
        yield f"gives own words to unknown choice “{step.words}”{_did_you_mean(step.words, ids)}"
    for name, condition in step.only:
        if name not in ids:
            yield f"restricts unknown choice “{name}”{_did_you_mean(name, ids)}"
        yield from _condition(step, condition)
    for name in step.danger:
        if name not in ids:
            yield f"marks unknown choice “{name}” as danger{_did_you_mean(name, ids)}"


def _ways(step: Step, dialogue: Dialogue) -> Iterator[str]:
    for way in step.next:
        if way.to not in (*dialogue.steps, END):
            yield f"goes to unknown step “{way.to}”{_did_you_mean(way.to, dialogue.steps)}"
        if way.when and way.unless:
            yield f"has both when and unless on its way to “{way.to}”; make it two ways"
        for name in filter(None, (way.when, way.unless)):
            yield from _condition(step, name)
    plain = [number for number, way in enumerate(step.next) if not (way.when or way.unless)]
    if plain and plain[0] < len(step.next) - 1:
        yield "has a way that is never taken, behind one that always is"


ANYWHERE = ("unsure", "located", "misread")


def _condition(step: Step, name: str) -> Iterator[str]:
    try:
        conditions.condition(name)
    except KeyError:
        yield f"asks for unknown condition “{name}”{_did_you_mean(name, conditions.names())}"
        return
    choice = name.removeprefix(conditions.CHOSE)
    if choice != name and not step.choices_from and choice not in ANYWHERE:
        ids = [id_ for id_, _ in step.choices] or ["yes", "no"]
        if choice not in ids:
            yield f"asks for choice “{choice}”, which it does not offer{_did_you_mean(choice, ids)}"


def _shape(step: Step) -> Iterator[str]:
    if step.name == END:
        yield f"is called like the end of every dialogue, “{END}”; give it another name"
    if step.reply == "say" or step.runs:
        return
    if not step.ask:
        yield "asks, but has no wording in its ask table"
    if step.reply == "choice" and not (step.choices or step.choices_from):
        yield "offers a choice without choices"
    if len(step.choices) > CHOICES:
        yield f"offers {len(step.choices)} choices; {CHOICES} are the limit on a phone"
    for id_, label in (*step.choices, *step.offers):
        if len(label) > LABEL:
            yield f"has a label of {len(label)} characters, “{label}”; {LABEL} fit on a button"
        if len(id_.encode()) > DATA or ":" in id_ or id_.startswith("_"):
            yield f"has a choice id “{id_}” that does not fit into a button"
    if not step.why:
        yield "has no why: /why would have nothing to say"
    if step.reply == "list" and not step.saves:
        yield "collects a list and saves it nowhere"


def _texts(step: Step, dialogue: Dialogue) -> Iterator[str]:
    tables = {"ask": step.ask, "again": step.again, "easier": step.easier, "echo": step.echo}
    for name, wordings in tables.items():
        yield from _words(f"({name})", wordings)
    yield from _words("(lines)", step.lines)
    if step.ask and step.reply != "say":
        yield from _has_sure("(ask)", step.ask)
    recurs = dialogue.name not in ONCE and not step.runs
    needed = AGAIN if dialogue.kind == "aside" else RECURRING
    if step.ask and step.reply != "say" and recurs and len(step.ask) < needed:
        yield f"recurs and has {len(step.ask)} wordings; it needs {needed}"
    if step.ask and step.reply != "say" and recurs and len(step.again) < AGAIN:
        yield f"has {len(step.again)} wordings for a second asking; it needs {AGAIN}"


def _words(where: str, wordings: Iterable[Wording], limit: int = WORDS) -> Iterator[str]:
    for wording in wordings:
        if wording.words > limit:
            yield f"{where} wording {wording.id} has {wording.words} words; {limit} are the limit"
        for name in sorted(wording.needs):
            if not is_known(name):
                yield f"{where} wording {wording.id} has unknown placeholder {{{name}}}"


def _has_sure(where: str, wordings: tuple[Wording, ...]) -> Iterator[str]:
    """One wording must be possible on every path, skips included: it needs nothing that may be missing."""
    if not any(wording.needs <= SURE | ENGINE for wording in wordings):
        yield f"{where} has no wording without placeholders that could be missing; add one"


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f", did you mean “{close[0]}”?" if close else ", which is unknown"
