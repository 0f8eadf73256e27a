"""``python -m flows listen``: lines in, lines out."""

import io
import json
from pathlib import Path

import pytest

from flows.commandline.commands import main

GOOD = '{"text": "I want more money", "context": "goal.aspiration", "note": "kept out"}'


def run(lines: str, *options: str) -> tuple[int, list[str]]:
    """The exit code and the lines written."""
    out = io.StringIO()
    code = main(["listen", *options], io.StringIO(lines), out)
    return code, out.getvalue().splitlines()


def test_each_line_is_answered_by_a_line() -> None:
    """With signals, probe and acknowledgement, and nothing else."""
    code, lines = run(GOOD + '\n\n{"text": "so tired", "context": "grow.reality"}\n', "-")

    assert code == 0
    assert [json.loads(line) for line in lines] == [
        {"signals": ["vague"], "probe": "P_SPECIFY", "ack": None},
        {"signals": ["feeling"], "probe": None, "ack": "P_ACK"},
    ]


@pytest.mark.parametrize(
    "bad", ["{", "[]", "7", '{"text": 7, "context": "x"}', '{"text": "x"}', '{"context": "x"}', "\x00"]
)
def test_a_bad_line_is_named_and_the_others_are_judged(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails, after its work."""
    code, lines = run(f"{GOOD}\n{bad}\n{GOOD}\n")
    errors = capsys.readouterr().err.splitlines()

    assert code == 1
    assert len(lines) == 2
    assert len(errors) == 1
    assert errors[0].startswith("line 2: ")


def test_a_file_is_read(tmp_path: Path) -> None:
    """By its name, with or without a byte order mark."""
    path = tmp_path / "answers.jsonl"
    path.write_text(GOOD, encoding="utf-8-sig")

    assert run("", str(path)) == run(GOOD)


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    assert run("", "nowhere.jsonl") == (1, [])
    assert capsys.readouterr().err.startswith("nowhere.jsonl cannot be read")


def test_scores_are_given_for_each_split_and_context() -> None:
    """The answers that were misjudged are listed, and the time it took."""
    rows = [
        {"text": "more money", "context": "grow.goal", "probe": "P_SPECIFY", "split": "a"},
        {"text": "more money", "context": "grow.goal", "probe": None, "split": "b"},
    ]
    code, lines = run("\n".join(map(json.dumps, rows)), "--score")

    assert code == 0
    assert lines[0].startswith("a ")
    assert "precision 1.00  recall 1.00" in lines[0]
    assert "needless 1.00" in next(line for line in lines if line.startswith("b "))
    assert any("'more money': None wanted, P_SPECIFY heard" in line for line in lines)
    assert lines[-1].startswith("milliseconds: median")


def test_a_line_without_label_cannot_be_scored(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named like any other bad line."""
    assert run(GOOD, "--score")[0] == 1
    assert "line 1" in capsys.readouterr().err
