"""The five commands and their options. Knows how each is called, not what it does."""

from __future__ import annotations

import datetime as dt
import random
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TextIO

from flows.commandline.checking import check, update_structure
from flows.commandline.drawing import draw
from flows.commandline.lab import command as lab
from flows.commandline.lab.reading import people
from flows.commandline.player import Player
from flows.commandline.script import script
from flows.commandline.terminal import Terminal, play
from flows.errors import DialogueError
from flows.library import Library
from flows.loader import load

OK, WRONG = 0, 1


def main(arguments: Sequence[str], entrance: TextIO, out: TextIO) -> int:
    """Run one command; the result is the exit code."""
    options = _parser().parse_args(arguments)
    folder = options.folder or files("flows") / "dialogues"
    if options.command == "check":
        return _check(folder, options, out)
    try:
        library = load(folder)
    except DialogueError as error:
        return _refuse(error.issues, out)
    if options.command == "lab":
        return _lab(library, options, out)
    if options.name not in library.dialogues:
        return _refuse((_unknown(options.name, library),), out)
    if options.command == "play":
        play(_player(library, options), Terminal(entrance, out), options.name, express=options.express)
        return OK
    page = script if options.command == "script" else draw
    out.write(page(library, options.name))
    return OK


def _check(folder: Traversable, options: Namespace, out: TextIO) -> int:
    try:
        if options.update_structure:
            out.write(update_structure(folder) + "\n")
        out.write(check(folder) + "\n")
    except DialogueError as error:
        return _refuse(error.issues, out)
    return OK


def _lab(library: Library, options: Namespace, out: TextIO) -> int:
    try:
        who = lab.chosen(people(library, options.people), options.person)
    except DialogueError as error:
        return _refuse(error.issues, out)
    walked = lab.walks(who, library, options.weeks, options.seed)
    if options.out is not None:
        lab.write(walked, options.out)
    out.write(lab.report(walked, only_counts=options.counts or options.out is not None))
    return OK


def _refuse(issues: Sequence[str], out: TextIO) -> int:
    out.write("".join(f"{issue}\n" for issue in issues))
    return WRONG


def _unknown(name: str, library: Library) -> str:
    close = get_close_matches(name, library.dialogues, n=1)
    remedy = f"did you mean “{close[0]}”?" if close else f"there are {', '.join(library.dialogues)}"
    return f"There is no dialogue “{name}”; {remedy}"


def _player(library: Library, options: Namespace) -> Player:
    seed = options.seed if options.seed is not None else random.SystemRandom().getrandbits(64)
    start = options.clock
    return Player(library, random.Random(seed), start or dt.datetime.now(dt.UTC), is_fixed=start is not None)


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m flows", description="Check, read, play and draw the dialogues.")
    commands = parser.add_subparsers(dest="command", required=True)
    check_ = commands.add_parser("check", help="list everything that is wrong with the dialogue files")
    update = "write the list of structures anew (refused where a version must go up first)"
    check_.add_argument("--update-structure", action="store_true", help=update)
    script_ = commands.add_parser("script", help="print a dialogue as a page to read")
    draw_ = commands.add_parser("draw", help="draw a dialogue as a Mermaid flowchart")
    play_ = commands.add_parser("play", help="play a dialogue in the terminal")
    play_.add_argument("--express", action="store_true", help="choose the short way beforehand")
    play_.add_argument("--clock", type=_moment, help="begin at this moment; every line takes a minute")
    play_.add_argument("--seed", type=int, help="the same seed gives the same wordings")
    lab_ = commands.add_parser("lab", help="let scripted people talk for weeks: transcripts and counts")
    lab_.add_argument("--person", help="one of them only, such as terse")
    lab_.add_argument("--weeks", type=int, default=3, help="how many weeks they come (3)")
    lab_.add_argument("--out", type=Path, help="write the transcripts into this folder")
    lab_.add_argument("--seed", type=int, default=1, help="another seed gives other wordings (1)")
    lab_.add_argument("--counts", action="store_true", help="print the table only")
    lab_.add_argument("--people", type=_folder, help="read the people of this folder instead")
    for named in (script_, draw_, play_):
        named.add_argument("name", help="the dialogue, such as grow")
    for command in (check_, script_, draw_, play_, lab_):
        command.add_argument("--folder", type=_folder, help="read the files of this folder instead")
    return parser


def _moment(text: str) -> dt.datetime:
    """A moment with its offset: without one, nobody could tell which instant is meant."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no moment like 2026-11-23T09:00+01:00") from error
    if moment.tzinfo is None:
        raise ArgumentTypeError(f"“{text}” lacks its offset, as in 2026-11-23T09:00+01:00")
    return moment.astimezone(dt.UTC)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ArgumentTypeError(f"“{text}” is no folder")
    return Path(text)
