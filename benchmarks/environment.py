"""What is made beside the project: environments for peers it must not depend on, the package compiled."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_LIMIT_SECONDS = 600
_CHECKOUT = Path(__file__).parents[1]
_PACKAGE = ("bot", "handlers", "knowledge", "pyproject.toml", "setup.py", "README.md", "LICENSE")


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


def compiled_package(folder: Path) -> Path:
    """Return a folder with the package as the image has it, extraction compiled, made if it is not there.

    Raises RuntimeError with the reason where it cannot be made: a C compiler is needed.
    """
    made = folder / _state_of_sources()
    if not made.exists():
        shutil.rmtree(folder, ignore_errors=True)
        source = folder / "source"
        for name in _PACKAGE:
            _copy(_CHECKOUT / name, source / name)
        install = [
            "install",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            str(folder / "new"),
            str(source),
        ]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
        _run([*pip, *install], {"COMPILE_HANGXUN": "1"})
        (folder / "new").rename(made)
    return made


def _state_of_sources() -> str:
    files = sorted(path for name in _PACKAGE for path in _files_of(_CHECKOUT / name))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _files_of(path: Path) -> list[Path]:
    return [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.toml")]


def _copy(path: Path, copy: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, copy, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _run(command: list[str], variables: Mapping[str, str] | None = None) -> None:
    environment = {**os.environ, **(variables or {})}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_LIMIT_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"{command[-1]}: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(f"{command[-1]}: {lines[-1] if lines else 'failed'}")
