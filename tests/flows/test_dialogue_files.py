"""The packaged dialogue files, and what the loader says about files that are wrong."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from flows import actions, conditions, loader
from flows.commandline.checking import committed_structures, structures_of
from flows.definitions import CONTROLS, KINDS, REPLIES, Step
from flows.errors import DialogueError
from flows.fields import FIELDS
from flows.gaps import GAPS
from flows.loader import load
from flows.machine import ways_of
from flows.markup import Wording
from flows.named_lists import LISTS
from flows.placeholders import ENGINE, SPECIAL
from flows.probing import PROBES
from flows.structure import problems

LIBRARY = load()
STEPS = [(d.name, step) for d in LIBRARY.dialogues.values() for step in d.steps.values()]
BY_ENGINE = {"dont_know", "shrug"}  # climbed by the engine

# coaching.md 6.1, and stock praise and directives
BANNED = re.compile(
    r"\b(miss(ed|es|ing you)|fail(ed|s|ure)?|overdue|behind|streak|should|still haven['’]t|don['’]t forget"
    r"|last chance|we miss you|you must|you need to|well done|amazing|great job|good job)\b|\bgreat!|!",
    re.IGNORECASE,
)
# A question about a need directs nobody, and what stands behind a program is no reproach.
HARMLESS = re.compile("would you need to|no language model behind it")


def step_wordings(step: Step) -> Iterator[Wording]:
    """Every wording of a step."""
    yield from (*step.ask, *step.again, *step.easier, *step.lines, *step.echo)
    for wordings in step.probe.values():
        yield from wordings


def sentences() -> Iterator[tuple[str, str]]:
    """Everything a person may read, with the place it stands."""
    common = LIBRARY.common
    for dialogue in LIBRARY.dialogues.values():
        yield dialogue.name, dialogue.title
        yield from ((f"{dialogue.name} phases", label) for label in dialogue.phases.values())
    for name, step in STEPS:
        where = f"{name}.{step.name}"
        yield from ((f"{where}/{wording.id}", wording.source) for wording in step_wordings(step))
        yield from ((where, label) for _, label in (*step.choices, *step.offers))
        yield where, step.why
    for kind, tables in (("phrase", common.phrases), ("page", common.pages)):
        for name, wordings in tables.items():
            yield from ((f"{kind} {name}/{wording.id}", wording.source) for wording in wordings)
    for probe in common.probes.values():
        yield from ((f"probe {probe.gap}/{w.id}", w.source) for w in (*probe.ask, *probe.again))
        yield from ((f"probe {probe.gap}", label) for _, label in probe.choices)
    for id_, scale in common.scales.items():
        yield from ((f"scale {id_}", text) for text in (scale.title, scale.low, scale.high))
        yield from ((f"scale {id_}/{wording.id}", wording.source) for wording in scale.ask)
    for texts in (common.labels, dict(common.commands), common.profile):
        yield from (("common", text) for text in texts.values())
    nudges = LIBRARY.nudges
    for tables in (nudges.wordings, nudges.lines):
        yield from ((f"nudge {name}/{w.id}", w.source) for name, ws in tables.items() for w in ws)
    for texts in (nudges.labels, nudges.texts, nudges.scales):
        yield from (("nudges", text) for text in texts.values())


def placeholders_used() -> set[str]:
    """Every placeholder of every wording and label but those of nudges, which have their own."""
    return {
        name
        for where, text in sentences()
        if not where.startswith("nudge")
        for name in re.findall(r"\{(\w+)\}", text)
    }


def undocumented(things: dict[str, object]) -> list[str]:
    """The names of those without a docstring."""
    return sorted(name for name, thing in things.items() if not (thing.__doc__ or "").strip())


def test_structures_change_only_with_their_versions() -> None:
    """A person in the middle of a talk must not be moved by a change that nobody announced."""
    committed = committed_structures(files("flows") / "dialogues")

    assert committed is not None
    assert not (found := list(problems(structures_of(LIBRARY), committed))), "\n".join(found)


def test_conditions_are_all_used() -> None:
    """A condition that no way asks for is deleted."""
    used = {
        name
        for dialogue, step in STEPS
        for way in ways_of(LIBRARY.dialogues[dialogue], step.name)
        for name in (way.when, way.unless)
    } | {name for _, step in STEPS for _, name in step.only}

    assert sorted(set(conditions.names()) - used) == []


def test_actions_are_all_used() -> None:
    """An action that no step does is deleted."""
    assert sorted(set(actions.names()) - {name for _, step in STEPS for name in step.actions}) == []


def test_gaps_are_all_listened_for() -> None:
    """A gap that no step listens for is deleted."""
    heard = {name for _, step in STEPS for name in step.listens}

    assert sorted(GAPS.keys() - heard - BY_ENGINE - set(PROBES)) == []


def test_lists_are_all_offered() -> None:
    """A list that no step offers or repeats is deleted."""
    used = {name for _, step in STEPS for name in (step.choices_from, step.for_each)}

    assert sorted(LISTS.keys() - used) == []


def test_placeholders_are_all_used() -> None:
    """A placeholder that no wording has is deleted."""
    assert sorted((SPECIAL.keys() | ENGINE) - placeholders_used()) == []


def test_fields_are_all_saved_or_set() -> None:
    """A field that nothing writes is deleted; some are written by an action instead of a step."""
    code = "".join(
        path.read_text()
        for path in (Path(__file__).parents[2] / "flows").glob("*.py")
        if path.stem != "fields"
    )
    saved = {step.saves for _, step in STEPS}

    written = set(re.findall(r'(?:\.set|\bAnswer)\([^\n]*?"(\w+)"', code))

    assert sorted(FIELDS.keys() - saved - written) == []


@pytest.mark.parametrize(
    "things",
    [
        {function.__name__: function for function in conditions.CONDITIONS},
        {function.__name__: function for function in actions.ACTIONS},
        {name: gap.holds for name, gap in GAPS.items()},
        dict(LISTS),
        dict(SPECIAL),
    ],
    ids=["conditions", "actions", "gaps", "lists", "placeholders"],
)
def test_named_functions_are_documented(things: dict[str, object]) -> None:
    """The first docstring line is what a coach reads."""
    assert undocumented(things) == []


def test_labels_fit_on_a_button() -> None:
    """Twenty characters, in questions, probes and controls."""
    probes = LIBRARY.common.probes.values()
    labels = [label for _, step in STEPS for _, label in (*step.choices, *step.offers)]
    labels += [label for probe in probes for _, label in probe.choices]
    no_buttons = ("export_caption", "weekday_initials", "months", "weekdays", "resting", "ordinals")
    labels += [label for name, label in LIBRARY.common.labels.items() if name not in no_buttons]
    labels += LIBRARY.nudges.labels.values()

    assert [label for label in labels if len(label) > 20] == []


def test_choices_are_few_and_their_ids_fit_into_callback_data() -> None:
    """Six at most; an id has no colon and does not look like a control."""
    for name, step in STEPS:
        assert len(step.choices) <= 6, f"{name}.{step.name}"
        for id_, _ in (*step.choices, *step.offers):
            assert re.fullmatch(r"[a-z0-9][a-z0-9_]{0,39}", id_), f"{name}.{step.name}: {id_}"


def test_sentences_neither_shame_nor_praise_nor_direct() -> None:
    """No word of the banned list, no exclamation mark, anywhere a person reads."""
    found = [
        f"{where}: “{match[0]}” in {text}"
        for where, text in sentences()
        if (match := BANNED.search(HARMLESS.sub("", text)))
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text", ["You should rest", "Great!", "Well done.", "You’ve missed it", "Don’t forget it"]
)
def test_banned_words_are_found(text: str) -> None:
    """The net has no hole of its own."""
    assert BANNED.search(text)


# ---------------------------------------------------------------- what is wrong is told

HEAD = 'name = "{name}"\nversion = 1\ntitle = "T"\n'
STEP = """
[[step]]
name = "{name}"
reply = "text"
saves = "topic"
why = "It helps."
{more}
[step.ask]
a = "{words}?"
b = "Two?"
c = "Three?"
d = "Four?"
[step.again]
a = "Five?"
b = "Six?"
"""


def step(name: str, more: str = "", words: str = "One") -> str:
    """A step that is in order but for what is put into it."""
    return STEP.format(name=name, more=more, words=words)


GOOD = step("start") + step("will")
BAD_FILES = {
    "unknown step": (
        step("start", 'next = [{ to = "wil" }]') + step("will"),
        "unknown step “wil”, did you mean “will”?",
    ),
    "unreachable": (step("start", 'next = [{ to = "end" }]') + step("will"), "step “will” is never reached"),
    "dead end": (GOOD + step("loop", 'next = [{ to = "loop" }]'), "step “loop” is a dead end"),
    "no wording": (
        '[[step]]\nname = "start"\nreply = "text"\nwhy = "W."\n',
        "has no wording in its ask table",
    ),
    "few wordings": (GOOD.replace('d = "Four?"\n', ""), "has 3 wordings; it needs 4"),
    "no second asking": (GOOD.replace('b = "Six?"\n', ""), "has 1 wordings for a second asking"),
    "unknown placeholder": (step("start", words="So {topicc}"), "unknown placeholder {topicc}"),
    "no sure wording": (
        re.sub(r'"(\w+)\?"', r'"\1 {topic}?"', step("start")),
        "has no wording without placeholders that could be missing",
    ),
    "too long": (step("start", words="word " * 61), "has 61 words; 60 are the limit"),
    "unknown condition": (
        step("start", 'next = [{ to = "end", when = "is_expres" }]'),
        "unknown condition “is_expres”, did you mean “is_express”?",
    ),
    "foreign choice": (
        step("start", 'next = [{ to = "end", when = "chose_blue" }]'),
        "asks for choice “blue”",
    ),
    "unknown action": (step("start", 'actions = ["keep_nam"]'), "did you mean “keep_name”?"),
    "unknown gap": (step("start", 'listens = ["emty"]'), "did you mean “empty”?"),
    "unknown list": (step("start", 'choices_from = "option"'), "did you mean “options”?"),
    "unknown field": (step("start").replace('saves = "topic"', 'saves = "topik"'), "did you mean “topic”?"),
    "unknown reply": (step("start").replace('reply = "text"', 'reply = "txt"'), "did you mean “text”?"),
    "unknown phase": (step("start", 'phase = "goal"'), "unknown phase “goal”"),
    "unknown control": (step("start", 'without = ["bak"]'), "did you mean “back”?"),
    "unknown part": ('[[step]]\nname = "start"\nruns = "xx"\n', "runs unknown dialogue “xx”"),
    "unknown key": (step("start", 'colour = "red"'), "has a key “colour” that means nothing"),
    "duplicate step": (step("start") + step("start"), "step “start” is there twice"),
    "no why": (step("start").replace('why = "It helps."\n', ""), "has no why"),
    "way never taken": (
        step("start", 'next = [{ to = "end" }, { to = "start" }]'),
        "a way that is never taken",
    ),
    "when and unless": (
        step("start", 'next = [{ to = "end", when = "has_due", unless = "has_topic" }]'),
        "both when and unless",
    ),
    "long label": (
        step("start") + '[step.choices]\na = "A label of far too many letters"\n',
        "20 fit on a button",
    ),
    "too many choices": (
        step("start") + "[step.choices]\n" + "".join(f'c{n} = "C{n}"\n' for n in range(7)),
        "offers 7 choices; 6 are the limit",
    ),
    "reserved choice id": (step("start") + '[step.choices]\n_back = "B"\n', "does not fit into a button"),
    "unbalanced star": (step("start", words="A *bold word"), "bold is opened and never closed"),
    "bad TOML": ("[[step\n", "is no TOML"),
    "no step": ("", "has no step"),
    "empty file": (None, "has no step"),
    # Mistakes of form, which TOML accepts: they must be told as well, not end in a traceback.
    "next is a word": (
        step("start", 'next = "end"'),
        'step “start”: “next” takes a list of ways like { to = "end" }, not “end”',
    ),
    "next is a list of words": (step("start", 'next = ["end"]'), 'like { to = "end" }, not ["end"]'),
    "to is a number": (step("start", "next = [{ to = 3 }]"), "step “start”, next: “to” takes a text"),
    "choices are a list": (
        step("start", 'choices = ["Yes", "No"]'),
        'step “start”: “choices” takes a table of id = "text", not ["Yes", "No"]',
    ),
    "offers are a list": (step("start", 'offers = ["Yes", "No"]'), "“offers” takes a table of id"),
    "label is a number": (step("start", "choices = { three = 3 }"), "“choices” takes a table of id"),
    "listens is a word": (step("start", 'listens = "empty"'), "“listens” takes a list of names, not “empty”"),
    "phases are a list": ('phases = ["goal"]\n' + step("start"), "“phases” takes a table of id"),
    "renamed is a word": ('renamed = "will"\n' + step("start"), "“renamed” takes a table of id"),
    "step is one table": (
        step("start").replace("[[step]]", "[step]").replace("[step.", "[other."),
        "“step” takes blocks that begin with [[step]], not a table",
    ),
    "step without a name": (step("start").replace('name = "start"\n', ""), "step 1 needs a name"),
    "step called end": (step("end"), "step “end” is called like the end of every dialogue"),
    "why is a number": (
        step("start").replace('why = "It helps."', "why = 3"),
        "step “start”: “why” takes a text in quotes, not 3",
    ),
    "many is a word": (
        step("start", 'many = "yes"'),
        "step “start”: “many” takes true or false, not “yes”",
    ),
    "wording is a number": (
        step("start").replace('"One?"', "1"),
        "step “start”: “ask” takes a table of id",
    ),
    "probe is a list": (step("start", 'probe = ["empty"]'), "step “start”: “probe” takes a table, not"),
    "probe is a word": (
        step("start", 'probe = { empty = "x" }'),
        "step “start”, probe: “empty” takes a table",
    ),
    "actions hold a number": (step("start", "actions = [3]"), "“actions” takes a list of names, not [3]"),
}


def issues(folder: Path, **texts: str | None) -> tuple[str, ...]:
    """What the loader says about these files, beside the shared phrases; None makes an empty file."""
    common = files("flows") / "dialogues" / "common.toml"
    (folder / "common.toml").write_text(common.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in texts.items():
        head = "" if text is None else HEAD.format(name=name)
        (folder / f"{name}.toml").write_text(head + (text or ""), encoding="utf-8")
    with pytest.raises(DialogueError) as caught:
        load(folder)
    return caught.value.issues


def test_loader_accepts_the_small_dialogue_the_mistakes_are_made_in(tmp_path: Path) -> None:
    """Else the tests below would prove nothing."""
    found = issues(tmp_path, bad="", good=GOOD)

    assert not [issue for issue in found if issue.startswith("good:")]


@pytest.mark.parametrize("mistake", BAD_FILES)
def test_loader_names_file_and_remedy(mistake: str, tmp_path: Path) -> None:
    """Each kind of mistake is told as a sentence that begins with the file."""
    text, said = BAD_FILES[mistake]

    found = issues(tmp_path, bad=text)

    assert [issue for issue in found if issue.startswith("bad: ") and said in issue], found


def test_loader_tells_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    """Nobody has to mend one mistake to hear of the next."""
    wanted = [said for name, (_, said) in BAD_FILES.items() if name in ("unknown step", "too long", "no why")]
    texts = {f"f{n}": BAD_FILES[name][0] for n, name in enumerate(("unknown step", "too long", "no why"))}

    found = "\n".join(issues(tmp_path, **texts, broken="[[step\n"))

    assert "broken: is no TOML" in found
    for said in wanted:
        assert said in found


SCALE = """
[scales.mood]
title = "{title}"
low = "grey"
high = "bright"
{more}
[scales.mood.ask]
a = "{first}"
b = "1 is grey, 10 is bright. Which one?"
c = "How bright is it, 1 to 10?"
{last}
"""
GOOD_SCALE = {"title": "Mood", "more": "", "first": "From 1 to 10?", "last": 'd = "1 to 10?"'}
BAD_SCALES = {
    "no title": ({"title": ""}, "scale “mood” has a title of 0 characters"),
    "long title": ({"title": "Mood on an ordinary day"}, "has a title of 23 characters"),
    "few wordings": ({"last": ""}, "has 3 wordings; it needs 4"),
    "no question": ({"first": "From 1 to 10."}, "wording a does not end in a question for a number"),
    "no number": ({"first": "How is your mood?"}, "wording a does not end in a question for a number"),
    "unknown placeholder": ({"first": "{nam}, 1 to 10?"}, "wording a has unknown placeholder {nam}"),
    "ends unsaid": ({"more": "reversed = true"}, "wording c does not say that 1 is grey and 10 is bright"),
    "care off the scale": ({"more": "care = 11"}, "has care 11"),
    "care is a word": ({"more": 'care = "yes"'}, "“care” takes a whole number, not “yes”"),
    "unknown key": ({"more": "colour = 3"}, "has a key “colour” that means nothing"),
}


def scale_issues(folder: Path, block: str) -> tuple[str, ...]:
    """What the loader says about this scale, beside all that is in order."""
    for file in (files("flows") / "dialogues").iterdir():
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    common = (folder / "common.toml").read_text(encoding="utf-8")
    (folder / "common.toml").write_text(common + block, encoding="utf-8")
    try:
        load(folder)
    except DialogueError as error:
        return error.issues
    return ()


def test_loader_accepts_the_scale_the_mistakes_are_made_in(tmp_path: Path) -> None:
    """Else the tests below would prove nothing."""
    assert scale_issues(tmp_path, SCALE.format(**GOOD_SCALE)) == ()


@pytest.mark.parametrize("mistake", BAD_SCALES)
def test_loader_names_what_is_wrong_with_a_scale(mistake: str, tmp_path: Path) -> None:
    """A scale is checked like the rest."""
    changes, said = BAD_SCALES[mistake]

    found = scale_issues(tmp_path, SCALE.format(**GOOD_SCALE | changes))

    assert [issue for issue in found if issue.startswith("common: ") and said in issue], found


def test_loader_keeps_own_for_scales_of_the_person(tmp_path: Path) -> None:
    """An id that begins with “own” would be taken for one of theirs."""
    found = scale_issues(tmp_path, SCALE.format(**GOOD_SCALE).replace("mood", "own1"))

    assert [issue for issue in found if "scale “own1” needs another id" in issue], found


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('name = "other"\nversion = 1\n', "calls itself “other”"),
        ('name = "bad"\n', "needs a version"),
        ('name = "bad"\nversion = "2"\n', "needs a version"),
        ('name = "bad"\nversion = true\n', "needs a version"),
        ('name = "bad"\nversion = 1\nkind = "asid"\n', "did you mean “aside”?"),
        ('name = "bad"\nversion = 1\n[renamed]\nold = "wil"\n', "did you mean “will”?"),
        ('name = "bad"\nversion = 1\ntitel = "T"\n', "has a key “titel”"),
    ],
)
def test_loader_checks_the_head(head: str, said: str, tmp_path: Path) -> None:
    """Name, version, kind and renamed steps."""
    common = (files("flows") / "dialogues" / "common.toml").read_text(encoding="utf-8")
    (tmp_path / "common.toml").write_text(common, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(head + GOOD, encoding="utf-8")

    with pytest.raises(DialogueError) as caught:
        load(tmp_path)

    assert [issue for issue in caught.value.issues if issue.startswith("bad: ") and said in issue]


def test_loader_misses_shared_phrases(tmp_path: Path) -> None:
    """Without common.toml nothing works, and the list says what is needed."""
    (tmp_path / "good.toml").write_text(HEAD.format(name="good") + GOOD)

    with pytest.raises(DialogueError) as caught:
        load(tmp_path)

    assert "common: phrase “progress” is missing" in caught.value.issues


def test_loader_says_nothing_of_a_file_beyond_its_wrong_form(tmp_path: Path) -> None:
    """A way that cannot be read would make steps seem unreachable, and its runner seem to run nothing."""
    runner = '[[step]]\nname = "start"\nruns = "{name}"\n'

    found = issues(
        tmp_path,
        broken="[[step\n",
        crooked=step("start", 'next = "will"') + step("will"),
        runner=runner.format(name="broken"),
        other=runner.format(name="crooked"),
    )

    assert len(found) == 2, found
    assert found[0].startswith("broken: is no TOML")
    assert found[1].startswith("crooked: step “start”: “next” takes")


TWICE = '[[probe]]\ngap = "empty"\nreply = "text"\n[probe.ask]\na = "One?"\n'
BAD_COMMON = {
    "bad TOML": ("[phrases.why]", "[phrases.why", "is no TOML"),
    "phrase is a word": (
        '[phrases.why]\na = "{why}"',
        '[phrases]\nwhy = "W"',
        'phrases: “why” takes a table of id = "text", not “W”',
    ),
    "labels are lists": ('yes = "Yes"', 'yes = ["Yes"]', "“labels” takes a table of id"),
    "probe without a gap": ('gap = "empty"\n', "", "probe 1 needs a gap"),
    "probe twice": ("[commands]", f"{TWICE}[commands]", "probe “empty” is there twice"),
    "key without meaning": (
        'gap = "which_one"\n',
        'gap = "which_one"\nchoices_from = "named"\n',
        "probe “which_one” has a key “choices_from” that means nothing",
    ),
    "unknown reply": (
        'gap = "empty"\nreply = "text"',
        'gap = "empty"\nreply = "txt"',
        "probe “empty” has reply “txt”, did you mean “text”?",
    ),
    "words never said": (
        'gap = "empty"\nreply = "text"\n',
        'gap = "empty"\nreply = "text"\nagain = { a = "Two?" }\n',
        "probe “empty” has again wordings",
    ),
    "names are a word": (
        'also = ["oz"]',
        'also = "oz"',
        "country “AU”: “also” takes a list of names, not “oz”",
    ),
}


@pytest.mark.parametrize("mistake", BAD_COMMON)
def test_loader_tells_one_mistake_of_what_is_shared_once(mistake: str, tmp_path: Path) -> None:
    """One wrong line makes one sentence: not every phrase is missing because none could be read."""
    old, new, said = BAD_COMMON[mistake]
    common = (files("flows") / "dialogues" / "common.toml").read_text(encoding="utf-8")
    assert common.count(old) == 1
    (tmp_path / "common.toml").write_text(common.replace(old, new), encoding="utf-8")

    with pytest.raises(DialogueError) as caught:
        load(tmp_path)

    (found,) = caught.value.issues
    assert found.startswith(f"common: {said}")


def test_loader_tells_of_a_file_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are a mistake in a file like any other."""
    (tmp_path / "common.toml").write_bytes(b'title = "\xff"\n')

    with pytest.raises(DialogueError) as caught:
        load(tmp_path)

    (found,) = caught.value.issues
    assert found.startswith("common: is no TOML")


# ---------------------------------------------------------------- the guide

GUIDE = (Path(__file__).parents[2] / "docs" / "dialogues.md").read_text(encoding="utf-8")


def unexplained(names: Iterable[str]) -> list[str]:
    """The names that neither a table of the guide nor an example has."""
    found = r'`"?{0}"?`|^{0} = |^\[+(?:\w+\.)?{0}\]'
    return sorted(name for name in names if not re.search(found.format(name), GUIDE, re.MULTILINE))


@pytest.mark.parametrize(
    "names",
    [loader.HEAD, loader.STEP, loader.WAY, loader.PROBE, loader.COMMON, REPLIES, LISTS, CONTROLS, KINDS],
)
def test_guide_explains_every_key_and_short_list(names: Iterable[str]) -> None:
    """What the loader reads is explained in docs/dialogues.md."""
    assert unexplained(names) == []


def test_guide_does_not_explain_what_is_not_there() -> None:
    """The search above finds what is missing."""
    assert unexplained(["keeps"]) == ["keeps"]


def test_examples_of_the_guide_are_in_order(tmp_path: Path) -> None:
    """Whoever copies them is not told of mistakes that are not theirs."""
    talk, probe, scale = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    common = (files("flows") / "dialogues" / "common.toml").read_text(encoding="utf-8")
    shared = re.sub(r'\[\[probe\]\]\ngap = "which_moment".*?(?=\[\[probe)', probe, common, flags=re.DOTALL)
    assert shared != common
    whole = re.sub(r"\[scales\.energy\]\n.*?(?=\[scales\.\w+\]\n)", scale, shared, flags=re.DOTALL)
    assert whole != shared
    (tmp_path / "common.toml").write_text(whole, encoding="utf-8")
    (tmp_path / "talk.toml").write_text(talk, encoding="utf-8")

    load(tmp_path)
