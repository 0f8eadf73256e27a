"""Settings: one list, one meaning, all problems in one message; and how a start that cannot be ends."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import PUBLIC_API, Settings, SettingsError, load_settings
from storage.database import open_database

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAE-not-a-real-one"
WRONG = {
    "TELEGRAM_BOT_TOKEN": "hello",
    "TELEGRAM_API_URL": "api.telegram.org",
    "TELEGRAM_RATE": "-3",
    "DATABASE_URL": "mysql://root@localhost/cairn",
    "PHONE_PORT": "99999",
    "LOG_LEVEL": "LOUD",
}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set, and the folder is empty."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def example() -> dict[str, str]:
    """The lines of .env.example."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def plain(value: object) -> str:
    """A default as it stands in the file."""
    if value is None:
        return ""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_the_example_lists_exactly_the_settings_with_their_defaults() -> None:
    """Whoever reads the file knows them all."""
    known = {name.upper(): plain(field.default) for name, field in Settings.model_fields.items()}

    assert example() == known


def test_the_example_as_it_stands_means_the_defaults(tmp_path: Path) -> None:
    """Copying the file changes nothing."""
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")

    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own switch


def test_an_empty_value_means_not_set(tmp_path: Path) -> None:
    """As the file says of every setting."""
    (tmp_path / ".env").write_text("".join(f"{name}=\n" for name in example()))

    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]  # as above


def test_all_wrong_settings_are_told_at_once_and_none_of_their_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One message names them all; a value may be a secret."""
    for name, value in WRONG.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()

    lines = str(caught.value).splitlines()
    assert sorted(line.split()[0].rstrip(":") for line in lines) == sorted(WRONG)
    assert "root@localhost" not in str(caught.value)
    assert "hello" not in str(caught.value)


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_setting_is_named_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """And the others are not accused."""
    monkeypatch.setenv(name, WRONG[name])
    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert [other for other in WRONG if other in str(caught.value)] == [name]


@pytest.mark.parametrize("token", ["", "abc", "123:", ":abc", "12 3:abc", "123:a b", "123:a/b", "123:äöü"])
def test_a_token_that_cannot_be_one_is_refused_or_unset(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """It becomes part of an address."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    if not token:
        assert load_settings().telegram_bot_token is None
        return
    with pytest.raises(SettingsError):
        load_settings()


def test_the_rate_has_a_default_at_telegram_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty a second there, no limit at another server, and what is set counts everywhere."""
    assert load_settings().telegram_api_url == PUBLIC_API
    assert load_settings().rate == 30.0
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    assert load_settings().rate is None
    assert load_settings().telegram_api_url == "http://127.0.0.1:8081"
    monkeypatch.setenv("TELEGRAM_RATE", "5")

    assert load_settings().rate == 5.0


def test_no_secret_shows_in_a_printed_settings_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects end up in tracebacks."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("CAIRN_SECRET_KEY", "5a" * 32)
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://cairn:hunter2@db/cairn")
    shown = repr(load_settings())

    assert TOKEN not in shown
    assert "5a5a" not in shown
    assert "hunter2" not in shown


def run(
    folder: Path, *arguments: str, code: Path = ROOT, prefix: tuple[str, ...] = (), **env: str
) -> tuple[int, str]:
    """Run the bot's command in this folder; its exit code and what it wrote to standard error."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(code)} | env,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stderr


def one_message(stderr: str) -> str:
    """The message, which comes without a traceback."""
    assert "Traceback" not in stderr
    assert stderr.strip()
    return stderr


@pytest.mark.slow
class TestMain:
    """The command's exit codes."""

    def test_wrong_settings_end_with_2_and_create_nothing(self, tmp_path: Path) -> None:
        """Checked before anything is made."""
        code, stderr = run(tmp_path, LOG_LEVEL="LOUD", TELEGRAM_RATE="x")

        assert code == 2
        assert "LOG_LEVEL" in one_message(stderr)
        assert "TELEGRAM_RATE" in stderr
        assert list(tmp_path.iterdir()) == []

    def test_run_without_a_token_ends_with_2(self, tmp_path: Path) -> None:
        """Only the phone can do without."""
        code, stderr = run(tmp_path, "run")

        assert code == 2
        assert "TELEGRAM_BOT_TOKEN" in one_message(stderr)

    def test_a_wrong_key_ends_with_3(self, tmp_path: Path) -> None:
        """The data are there and stay as they are."""
        open_database(f"sqlite:///{tmp_path}/data/cairn.db", "5a" * 32, 1).close()
        before = (tmp_path / "data" / "cairn.db").read_bytes()
        code, stderr = run(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, CAIRN_SECRET_KEY="6b" * 32)

        assert code == 3
        assert "key" in one_message(stderr)
        assert (tmp_path / "data" / "cairn.db").read_bytes() == before

    def test_a_newer_database_ends_with_3(self, tmp_path: Path) -> None:
        """A later version wrote it."""
        open_database(f"sqlite:///{tmp_path}/data/cairn.db", None, 1).close()
        with sqlite3.connect(tmp_path / "data" / "cairn.db") as link:
            link.execute("UPDATE alembic_version SET version_num = 'ffff_from_the_future'")
        link.close()
        code, stderr = run(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN)

        assert code == 3
        assert "newer" in one_message(stderr) or "later" in stderr

    @pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody")
    def test_a_folder_that_cannot_be_written_ends_with_3(self, tmp_path: Path) -> None:
        """As somebody who owns nothing here."""
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        prefix = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not installed")
        code, stderr = run(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, prefix=prefix)

        assert code == 3
        assert "data" in one_message(stderr)

    def test_a_broken_dialogue_file_ends_with_6_and_says_where(self, tmp_path: Path) -> None:
        """In a copy of the program; nothing is created."""
        for room in ("bot", "flows", "storage"):
            shutil.copytree(
                ROOT / room, tmp_path / "copy" / room, ignore=shutil.ignore_patterns("__pycache__")
            )
        file = tmp_path / "copy" / "flows" / "dialogues" / "grow.toml"
        file.write_text(file.read_text().replace('{ to = "will", unless', '{ to = "wil", unless', 1))
        work = tmp_path / "work"
        work.mkdir()
        code, stderr = run(work, code=tmp_path / "copy", TELEGRAM_BOT_TOKEN=TOKEN)

        assert code == 6
        assert "grow" in one_message(stderr)
        assert "wil" in stderr
        assert list(work.iterdir()) == []

    def test_a_port_that_another_uses_ends_with_2(self, tmp_path: Path) -> None:
        """The phone cannot be opened there."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            code, stderr = run(tmp_path, "phone", PHONE_PORT=str(taken.getsockname()[1]))

        assert code == 2
        assert "phone" in one_message(stderr)

    def test_a_token_that_telegram_does_not_know_ends_with_4(self, tmp_path: Path) -> None:
        """Answered 401 by a server on loopback that knows another token."""
        script = (
            "import asyncio, sys\n"
            "from bot.phone.server import BotApiServer\n"
            "async def main():\n"
            "    async with BotApiServer(token='1:another') as server:\n"
            "        print(server.url, flush=True)\n"
            "        await asyncio.sleep(30)\n"
            "asyncio.run(main())\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        ) as server:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            code, stderr = run(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url)
            server.terminate()

        assert code == 4
        assert "TELEGRAM_BOT_TOKEN" in one_message(stderr)
        assert TOKEN not in stderr
