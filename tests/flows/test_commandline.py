"""The command line as its users meet it: arguments and lines in, text and an exit code out."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from flows.commandline.commands import main
from flows.commandline.terminal import numbered
from flows.effects import Button
from flows.loader import load

NAMES = tuple(load().dialogues)
MONDAY = ("--clock", "2026-11-23T09:00+01:00", "--seed", "1")
TINY = """
name = "tiny"
version = {version}
title = "A tiny talk"
{head}
[[step]]
name = "{first}"
reply = "text"
saves = "topic"
why = "It is small."
[step.ask]
a = "{words}?"
b = "What now?"
c = "What then?"
d = "What else?"
[step.again]
a = "What?"
b = "Which?"
"""


def run(*arguments: str, lines: str = "") -> tuple[int, str]:
    """The exit code and the output of one command."""
    out = io.StringIO()
    return main(arguments, io.StringIO(lines), out), out.getvalue()


def played(name: str, *lines: str, options: tuple[str, ...] = ()) -> str:
    """The output of a play with these lines, on a Monday morning."""
    return run("play", name, *MONDAY, *options, lines="".join(f"{line}\n" for line in lines))[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shared phrases and one tiny dialogue, and its list of structures."""
    place = tmp_path / "dialogues"
    place.mkdir()
    packaged = Path(__file__).parents[2] / "flows" / "dialogues"
    (place / "common.toml").write_text((packaged / "common.toml").read_text())
    rewrite(place)
    assert run("check", "--update-structure", "--folder", str(place))[0] == 0
    return place


def rewrite(
    folder: Path, *, version: int = 1, first: str = "start", words: str = "What is it", head: str = ""
) -> None:
    """The tiny dialogue anew, with changes."""
    text = TINY.format(version=version, first=first, words=words, head=head)
    (folder / "tiny.toml").write_text(text)


def test_check_counts_what_is_in_order() -> None:
    """One line with the number of dialogues, steps and wordings."""
    code, text = run("check")

    assert code == 0, text
    assert text.count("\n") == 1
    assert f"{len(NAMES)} dialogues, " in text


def test_check_lists_every_problem_and_fails(folder: Path) -> None:
    """Two mistakes in two files are told at once."""
    rewrite(folder, head='colour = "red"')
    (folder / "other.toml").write_text('name = "other"\nversion = 1\ntitle = "Other"\n')

    code, text = run("check", "--folder", str(folder))

    assert code == 1
    assert "tiny: has a key “colour”" in text
    assert "other: has no step" in text


def test_check_accepts_changed_words_in_the_same_version(folder: Path) -> None:
    """Words are no structure."""
    rewrite(folder, words="And what may it be")

    assert run("check", "--folder", str(folder))[0] == 0


def test_check_names_the_remedy_for_a_changed_structure(folder: Path) -> None:
    """A renamed step needs a new version, and the update does not get round it."""
    rewrite(folder, first="begin")

    for options in ((), ("--update-structure",)):
        code, text = run("check", *options, "--folder", str(folder))

        assert code == 1
        assert "raise version to 2 in tiny.toml, then run python -m flows check --update-structure" in text


def test_check_takes_a_raised_version_onto_the_list(folder: Path) -> None:
    """First it asks for the update, then all is well."""
    rewrite(folder, first="begin", version=2)

    assert "the list of structures knows 1" in run("check", "--folder", str(folder))[1]
    assert run("check", "--update-structure", "--folder", str(folder))[0] == 0
    assert run("check", "--folder", str(folder))[0] == 0


def test_check_refuses_a_version_that_went_back(folder: Path) -> None:
    """Versions only go up."""
    rewrite(folder, version=3)
    run("check", "--update-structure", "--folder", str(folder))
    rewrite(folder, version=2)

    assert "went back from version 3 to 2" in run("check", "--folder", str(folder))[1]


def test_check_misses_a_file_that_is_gone(folder: Path) -> None:
    """A dialogue on the list without a file is told."""
    (folder / "tiny.toml").unlink()

    assert "tiny: is on the list of structures and has no file" in run("check", "--folder", str(folder))[1]


@pytest.mark.parametrize("command", ["script", "play", "draw"])
def test_unknown_dialogue_is_answered_with_a_guess(command: str) -> None:
    """A misspelt name costs nobody a traceback."""
    code, text = run(command, "grwo")

    assert code == 1
    assert "did you mean “grow”?" in text


@pytest.mark.parametrize("command", ["script", "play", "draw"])
def test_broken_files_are_listed_by_every_command(command: str, folder: Path) -> None:
    """What check would say is said before anything is played."""
    rewrite(folder, head='colour = "red"')

    code, text = run(command, "tiny", "--folder", str(folder))

    assert code == 1
    assert "colour" in text


@pytest.mark.parametrize("name", NAMES)
def test_script_holds_every_word_of_a_dialogue(name: str) -> None:
    """Whoever reads the page has read all questions, buttons and reasons."""
    text = run("script", name)[1].replace("*", "")
    dialogue = load().dialogues[name]

    for step in dialogue.steps.values():
        tables = (*step.ask, *step.again, *step.easier, *step.lines, *step.echo)
        for wording in tables:
            assert wording.source.replace("\n", "\n  ") in text
        for label in (label for _, label in (*step.choices, *step.offers)):
            assert f"[{label}]" in text
        assert step.why in text


def test_script_says_where_a_step_leads_in_words() -> None:
    """Conditions and actions are told, not named."""
    text = run("script", "grow")[1]

    assert "- Next: *success* if the short way was chosen.\n" in text
    assert "- Otherwise: *goal*." in text
    assert "- Next: *resource* if “Nothing yet” was chosen." in text
    assert "is_express" not in text
    assert "keep_action" not in run("script", "action")[1]


def test_script_has_a_heading_for_each_phase() -> None:
    """The phases structure the page."""
    text = run("script", "grow")[1]

    assert text.startswith("# A GROW session\n")
    for phase in ("Goal", "Reality", "Options", "Will", "Close"):
        assert f"\n## {phase}\n" in text


@pytest.mark.parametrize("name", NAMES)
def test_draw_has_a_node_for_each_step(name: str) -> None:
    """Nothing of the dialogue is missing, and every edge joins two nodes."""
    text = run("draw", name)[1]
    nodes = {line.strip().split("[")[0].split("(")[0].split("{")[0] for line in text.splitlines()}

    assert text.startswith("flowchart TD\n")
    for step in load().dialogues[name].steps:
        assert f"s_{step}" in nodes
    for line in (line for line in text.splitlines() if "-->" in line):
        assert line.split()[-1] in nodes


def test_draw_puts_conditions_on_the_edges() -> None:
    """An edge says when it is taken."""
    text = run("draw", "grow")[1]

    assert '  s_topic -->|"if the short way was chosen"| s_success\n' in text
    assert "  s_topic --> s_goal\n" in text


def test_play_prints_questions_with_numbered_buttons() -> None:
    """The first question of a full talk asks for its length."""
    text = played("grow")

    assert "[1 5 minutes]" in text
    assert "[2 15 minutes]" in text


def test_play_is_the_same_for_the_same_seed() -> None:
    """A fixed clock and a seed leave nothing to chance."""
    lines = ("My boss", "A plan", "Talk, write")

    assert played("grow", *lines, options=("--express",)) == played("grow", *lines, options=("--express",))


def test_play_takes_a_number_as_a_tap() -> None:
    """The number shown taps the button; the answer is shown in the question."""
    text = played("grow", "1")

    assert "· ✓ 5 minutes" in text


def test_play_takes_a_label_as_a_tap() -> None:
    """Also without the signs that nobody types."""
    text = played("grow", "!5 Minutes", "!back", "!no such thing")

    assert text.count("[1 5 minutes]") == 2
    assert "there is no button “no such thing” here" in text


def test_play_takes_a_command() -> None:
    """/why explains and puts the question again."""
    text = played("grow", "/why", options=("--express",))

    assert load().dialogues["grow"].steps["topic"].why in text


def test_play_number_on_a_scale_is_that_number() -> None:
    """The controls of a scale are numbered after 10."""
    rows = (
        tuple(Button(str(n), str(n)) for n in range(1, 6)),
        (Button("‹ Back", "_back"), Button("·", "_none")),
    )

    assert {key: button.choice for key, button in numbered(rows).items()} == {
        **{str(n): str(n) for n in range(1, 6)},
        "6": "_back",
    }


def test_play_follows_what_a_dialogue_begins() -> None:
    """The menu leads into a talk."""
    text = played("menu", "!a talk, 5 minutes", "My boss")

    assert "· begins: A GROW session" in text
    assert "“My boss”" in text or "My boss" in text


def test_play_comes_back_to_a_talk_that_rests() -> None:
    """A pause leaves the talk; the next line takes it up again."""
    text = played(
        "grow",
        "My boss",
        "/pause",
        "!no message",
        "A plan of three lines by Friday",
        "keep",
        "She moved our meeting twice",
        options=("--express",),
    )

    assert "· the talk rests at Goal" in text
    assert "\nOptions · " in text.partition("the talk rests")[2]


EXPRESS_WITH_REMINDER = (
    "My boss",
    "A sentence to say to her",
    "She moved our meeting twice",
    "Talk to her, write to her, wait",
    "!That's all",
    "I will write to her",
    "tomorrow at 10",
    "8",
)


def test_play_goes_through_an_express_talk_to_its_end() -> None:
    """Whatever is asked, skipping on leads to the end, and the play ends with the talk."""
    text = played(
        "grow", *EXPRESS_WITH_REMINDER, *["!skip", "!no", "!no, stay silent"] * 12, options=("--express",)
    )

    assert "· the talk is over (done)" in text
    assert "Tue" in text


@pytest.mark.parametrize("name", NAMES)
def test_play_takes_any_dialogue_on_piped_lines(name: str) -> None:
    """Each can be played by itself, and odd lines do no harm."""
    lines = (
        "",
        "hm",
        "1",
        "!yes",
        "/help",
        "@Europe/Berlin",
        "@nowhere",
        "Berlin",
        "/menu",
        "2",
        "skip",
        "/back",
    )

    assert "· " in played(name, *lines)


def test_play_finds_a_city_by_the_name_of_its_zone() -> None:
    """Without bot's file of places, the cities that zones are named after are known."""
    text = played("zone", "berlin")

    assert "Berlin, Europe" in text
    assert "09:01" in text


def test_play_tells_a_planned_reminder() -> None:
    """What would be sent later is shown as a dim line, with its local time."""
    text = played("grow", *EXPRESS_WITH_REMINDER, *REMINDER, options=("--express",))

    assert "· reminder planned for" in text


REMINDER = (
    "I forget about it",
    "I will set an alarm",
    "!at that moment",
    "!yes, you may",
    "Berlin",
    "1",
    *["!skip", "1"] * 4,
)


@pytest.mark.parametrize("moment", ["2026-11-23T09:00", "today"])
def test_play_needs_a_clock_with_an_offset(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A moment without offset is refused in words."""
    with pytest.raises(SystemExit):
        run("play", "grow", "--clock", moment)

    assert "2026-11-23T09:00+01:00" in capsys.readouterr().err


def test_module_runs_with_piped_input() -> None:
    """The real thing once: a process, a pipe, an exit code."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "flows", "play", "grow", "--express", *MONDAY],
        input="My boss\n/why\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "> My boss" in done.stdout
