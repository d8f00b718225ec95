"""S19: a new token by SIGHUP or a changed file, without a lost message and without a new process."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.e2e.test_security_process import Process, started
from tests.fakes.telegram import FakeTelegram

NEW_TOKEN = "1234567:AAnew-token_after-the-rotation"


def with_token_file(settings: dict[str, str], telegram: FakeTelegram, file: Path) -> dict[str, str]:
    file.write_text(telegram.token, encoding="utf-8")
    return {
        **settings,
        "HANGXUN_TELEGRAM_TOKEN_FILE": str(file),
        "HANGXUN_TELEGRAM_BASE_URL": telegram.base_url,
    }


async def ready_again(bot: Process) -> None:
    bot.lines.clear()
    await bot.printed(" ready ")


async def test_a_new_token_in_the_file_is_taken_at_once_and_questions_meanwhile_are_answered(
    settings: dict[str, str], tmp_path: Path
) -> None:
    token = tmp_path / "token"
    async with FakeTelegram() as telegram:
        async with started(with_token_file(settings, telegram, token)) as bot:
            await bot.printed(" ready ")
            await telegram.message("5G基站有多少")
            assert "万个" in (await telegram.sent()).text
            telegram.token = NEW_TOKEN
            await telegram.message("5G基站有多少")
            token.write_text(NEW_TOKEN, encoding="utf-8")
            await ready_again(bot)
            assert "万个" in (await telegram.sent()).text
            assert bot.process.returncode is None
        assert bot.process.returncode == 0
        assert telegram.state.shown.empty()


async def test_settings_that_are_wrong_change_nothing(settings: dict[str, str], tmp_path: Path) -> None:
    token = tmp_path / "token"
    async with FakeTelegram() as telegram:
        async with started(with_token_file(settings, telegram, token)) as bot:
            await bot.printed(" ready ")
            token.unlink()
            bot.process.send_signal(signal.SIGHUP)
            await bot.printed("new settings refused")
            await telegram.message("5G基站有多少")
            assert "万个" in (await telegram.sent()).text
            token.write_text(telegram.token, encoding="utf-8")
            bot.process.send_signal(signal.SIGHUP)
            await ready_again(bot)
            await telegram.message("半导体")
            assert "半导体" in (await telegram.sent()).text
