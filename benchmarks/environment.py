"""Environments of their own for peers that the project must not depend on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LIMIT_SECONDS = 600


def python_with(requirement: str, folder: Path) -> Path:
    """Return the Python of an environment with a package from PyPI, made in the folder if it is not there.

    Raises RuntimeError with the reason where it cannot be made.
    """
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    if not stamp.exists():
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install", requirement])
        stamp.write_text(requirement, encoding="utf-8")
    return python


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"{command[-1]}: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(f"{command[-1]}: {lines[-1] if lines else 'failed'}")
