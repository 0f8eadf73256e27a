"""The virtual environment of the peers: made once under .bench/, again when their versions change."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.bench.stacks import BENCH, PROJECT

WORKSHOP = PROJECT / ".bench"
_REQUIREMENTS = BENCH / "requirements.txt"
_INSTALL_LIMIT = 600


def ensure_peer_python() -> Path:
    """Give the Python of the peers, installing their pinned packages if they are not there yet."""
    venv = WORKSHOP / "venv"
    python, stamp = venv / "bin" / "python", venv / "requirements.sha256"
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print("installing the peers (once) …", flush=True)
    _run(sys.executable, "-m", "venv", "--clear", str(venv))
    pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "-r", str(_REQUIREMENTS))
    stamp.write_text(wanted)
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=_INSTALL_LIMIT)
