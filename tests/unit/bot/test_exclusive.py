from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.exclusive import is_shared, only_process


def test_a_second_process_on_one_file_refuses_to_start_with_one_clear_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hangxun.sqlite"
    with only_process(url), pytest.raises(ConfigError, match="another hangxun runs on") as caught:
        with only_process(url):
            pass
    assert str(tmp_path) in str(caught.value)
    assert "PostgreSQL" in str(caught.value)
    with only_process(url):
        pass


def test_any_number_of_processes_share_a_server() -> None:
    url = "postgresql+psycopg://hangxun@localhost/hangxun"
    assert is_shared(url)
    with only_process(url), only_process(url):
        pass


def test_a_folder_that_cannot_be_written_is_locked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.exclusive.SUFFIX", "/no/such/folder")
    (tmp_path / "hangxun.sqlite").touch()
    url = f"sqlite:///{tmp_path}/hangxun.sqlite"
    with only_process(url), pytest.raises(ConfigError, match="another hangxun runs on"):
        with only_process(url):
            pass
