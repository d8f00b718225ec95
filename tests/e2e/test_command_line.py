"""The command line as scripts and newcomers use it, bad input included."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import DONE, FAILED, WRONG_USAGE, run
from bot.cli import MODULES
from tests.fakes.logs import log_restored
from tests.fakes.telegram import FakeTelegram, RefusedError

METRIC_KEYS = [
    *("id", "article", "article_id", "section", "page", "issue", "subject", "indicator", "value", "unit"),
    *("base_value", "base_unit", "period", "start", "end", "kind", "approx", "forecast", "sentence"),
]


class Result(NamedTuple):
    code: int
    out: str
    err: str


Hangxun = Callable[..., Result]


@pytest.fixture
def hangxun(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hangxun]:
    """Run one command line in this process."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str, stdin: str = "", **environment: str) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        code = run(list(arguments))
        return Result(code, *capsys.readouterr())

    with log_restored():
        yield call


def spawn(
    settings: dict[str, str], *arguments: str, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **settings}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=60, check=False)


def assert_one_line(result: Result, *words: str) -> None:
    lines = [line for line in result.err.splitlines() if line.startswith("hangxun:")]
    assert len(lines) == 1, result.err
    assert "Traceback" not in result.err
    for word in words:
        assert word in lines[0]


def test_the_three_example_lines_are_answered_with_their_sources(settings: dict[str, str]) -> None:
    typed = "5G基站有多少\n河北 数字经济\n订阅 半导体\n"
    done = spawn(settings, "run", stdin=typed.encode())
    shown = done.stdout.decode()
    assert done.returncode == DONE, done.stderr.decode()
    greeting, base_stations, hebei, subscribed = re.split(r"^> .*$", shown, flags=re.MULTILINE)
    assert "行讯" in greeting
    assert "364.7" in base_stations
    assert "337.7" in base_stations
    assert "第3页" in base_stations
    assert "1.51" in hebei
    assert "河北" in hebei
    assert "第20页" in hebei
    assert "已订阅 半导体" in subscribed
    assert "No platform is configured" in done.stderr.decode()


def test_a_question_is_answered_as_one_line_of_json(hangxun: Hangxun) -> None:
    result = hangxun("ask", "5g基站有多少", "--json")
    (line,) = result.out.splitlines()
    answer = json.loads(line)
    assert list(answer) == ["id", "articles", "metrics", "did_you_mean", "ms"]
    assert list(answer["articles"][0]) == ["id", "title", "section", "page", "issue", "score"]
    assert list(answer["metrics"][0]) == METRIC_KEYS
    assert answer["metrics"][0]["unit"] == "万个"


def test_a_batch_gives_one_line_for_each_query_in_order(hangxun: Hangxun) -> None:
    queries = [{"id": "a", "q": "半导体"}, {"id": "b", "q": "特斯拉股价"}, {"id": "c", "q": ""}]
    result = hangxun("ask", "--batch", stdin="".join(json.dumps(query) + "\n" for query in queries))
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[0]["articles"]
    assert answers[1]["articles"] == answers[1]["metrics"] == []
    assert answers[2]["articles"] == []


def test_articles_and_metrics_are_listed_as_json_lines(hangxun: Hangxun) -> None:
    articles = [json.loads(line) for line in hangxun("articles", "--jsonl").out.splitlines()]
    metrics = [json.loads(line) for line in hangxun("metrics", "--jsonl").out.splitlines()]
    assert list(articles[0]) == ["id", "title", "section", "page", "issue", "published", "characters"]
    assert len(articles) == 34
    assert list(metrics[0]) == METRIC_KEYS
    assert len(metrics) > 200
    assert {metric["article_id"] for metric in metrics} <= {article["id"] for article in articles}


def test_explain_tells_how_a_text_is_read_and_which_pattern_found_a_figure(hangxun: Hangxun) -> None:
    result = hangxun("explain", "前10月电信业务收入12252亿元")
    assert result.code == DONE
    assert "12252" in result.out
    assert "电信业务收入" in result.out


@pytest.mark.parametrize("name", MODULES)
def test_every_subcommand_has_help_with_an_example(hangxun: Hangxun, name: str) -> None:
    result = hangxun(name, "--help")
    assert result.code == DONE
    assert "Usage: hangxun" in result.out
    assert "Example: " in result.out


def test_a_platform_that_lacks_something_is_named_before_it_is_started(hangxun: Hangxun) -> None:
    assert hangxun("check").out.splitlines()[-1] == "platforms ok: none, run chats here"
    tokens = {"HANGXUN_TELEGRAM_TOKEN": "12345:abc", "HANGXUN_SLACK_BOT_TOKEN": "xoxb-1"}
    lacking = hangxun("check", **tokens)
    assert lacking.code == FAILED
    assert_one_line(lacking, "HANGXUN_SLACK_APP_TOKEN")
    whole = hangxun("check", **tokens, HANGXUN_SLACK_APP_TOKEN="xapp-1")
    assert whole.out.splitlines()[-1] == "platforms ok: telegram, slack"


@pytest.mark.parametrize("group", [[], ["alerts"], ["sources"], ["deliveries"]])
def test_the_list_of_subcommands_says_what_each_does_in_a_whole_sentence(
    hangxun: Hangxun, group: list[str]
) -> None:
    result = hangxun(*group, "--help")
    assert result.code == DONE
    assert "..." not in result.out.partition("Commands:")[2]


def test_a_part_of_the_work_is_named_in_small_letters(hangxun: Hangxun, tmp_path: Path) -> None:
    assert "[bot|worker|planner]" in hangxun("run", "--help").out
    chosen = ("run", "--role", "worker", "--role", "planner")
    assert_one_line(hangxun(*chosen, HANGXUN_INDEX=str(tmp_path / "nowhere")), "hangxun build")


def test_building_twice_adds_nothing(hangxun: Hangxun, tmp_path: Path) -> None:
    out = str(tmp_path / "index")
    first = json.loads(hangxun("build", "--sample", "--out", out, "--json").out.splitlines()[-1])
    again = json.loads(hangxun("build", "--sample", "--out", out, "--json").out.splitlines()[-1])
    assert (first["added"], first["unchanged"]) == (2, 0)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_the_sample_leaves_when_the_own_digests_are_in(hangxun: Hangxun, tmp_path: Path) -> None:
    index = {"HANGXUN_INDEX": str(tmp_path / "index")}
    (tmp_path / "own.md").write_text("# 海州港新开班列\n\n海州港每周发车12列。\n", encoding="utf-8")
    assert hangxun("build", str(tmp_path / "own.md"), "--sample", **index).code == DONE
    assert hangxun("remove", "--sample", **index).code == DONE
    assert [json.loads(line)["title"] for line in hangxun("articles", "--jsonl").out.splitlines()] == [
        "海州港新开班列"
    ]


def test_a_bad_source_costs_only_itself(hangxun: Hangxun, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(
        "风电装机创新高\n\n截至4月底，全国风电装机4.6亿千瓦。\n", encoding="utf-8"
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    result = hangxun("build", str(tmp_path), "--out", str(tmp_path / "index"), "--json")
    summary = json.loads(result.out.splitlines()[-1])
    assert result.code == FAILED
    assert summary["articles"] == 1
    assert {Path(name).name for name, _ in summary["refused"]} == {"empty.txt", "binary.txt"}
    assert result.err.count("refused") == 2


def test_a_missing_index_is_one_line_with_the_repair(hangxun: Hangxun, tmp_path: Path) -> None:
    for arguments in (["ask", "5g"], ["run"], ["articles"], ["check"]):
        result = hangxun(*arguments, HANGXUN_INDEX=str(tmp_path / "nowhere"))
        assert result.code == FAILED
        assert_one_line(result, "hangxun build", str(tmp_path / "nowhere"))


def test_a_damaged_index_is_refused_with_the_repair(
    hangxun: Hangxun, sample_index: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(sample_index, damaged)
    (database,) = damaged.rglob("library.sqlite")
    database.write_bytes(database.read_bytes()[:-100])
    result = hangxun("ask", "5g", HANGXUN_INDEX=str(damaged))
    assert result.code == FAILED
    assert_one_line(result, "hangxun build")


def test_a_missing_source_is_named(hangxun: Hangxun, tmp_path: Path) -> None:
    result = hangxun("build", str(tmp_path / "nothing.txt"), "--out", str(tmp_path / "index"))
    assert result.code == FAILED
    assert "nothing.txt" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["ask"],
        ["build"],
        ["remove"],
        ["alerts", "plan"],
        ["alerts", "plan", "--at", "soon"],
        ["check", "--send", "telegram"],
        ["run", "--role", "cook"],
        ["ask", "a", "--batch"],
    ],
)
def test_wrong_usage_is_one_line_that_points_to_the_help(hangxun: Hangxun, arguments: list[str]) -> None:
    result = hangxun(*arguments)
    assert result.code == WRONG_USAGE
    assert_one_line(result, "--help")


@pytest.mark.parametrize("group", [[], ["alerts"], ["sources"], ["deliveries"]])
def test_a_group_without_a_command_shows_its_help(hangxun: Hangxun, group: list[str]) -> None:
    result = hangxun(*group)
    assert (result.code, result.out) == (WRONG_USAGE, "")
    assert result.err.startswith("Usage: hangxun")
    assert "Commands:\n  " in result.err


def test_a_defect_of_ours_gets_a_number_and_one_line(
    hangxun: Hangxun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("knowledge.library.Library.answer", fail)
    result = hangxun("ask", "5g", "--json")
    assert result.code == FAILED
    logged, told = result.err.splitlines()
    number = told.partition("id=")[2]
    assert told.startswith("hangxun: a defect of ours")
    assert f"id={number}" in logged
    assert "boom" in logged


def test_a_broken_batch_line_is_named_by_its_number(hangxun: Hangxun) -> None:
    result = hangxun("ask", "--batch", stdin='{"id": 1, "q": "5g"}\nnot json\n')
    assert result.code == FAILED
    assert_one_line(result, "line 2")


def test_a_data_folder_that_cannot_be_made_is_one_line(hangxun: Hangxun, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    blocked = f"sqlite:///{tmp_path}/file/state.sqlite"
    result = hangxun("run", HANGXUN_DATABASE_URL=blocked)
    assert result.code == FAILED
    assert_one_line(result, "HANGXUN_DATABASE_URL")


def test_odd_messages_get_a_short_answer_and_the_chat_goes_on(settings: dict[str, str]) -> None:
    typed = b"\n".join(
        [b"   ", b"/frobnicate", "芯".encode() * 34_000, b"\xff\xfe\x00", b"\x1b]0;hi\x07", "目录".encode()]
    )
    done = spawn(settings, "chat", stdin=typed + b"\n")
    shown = done.stdout.decode()
    assert done.returncode == DONE, done.stderr.decode()
    assert "没有“/frobnicate”这个命令" in shown
    assert "太长了" in shown
    assert "库里的 2 期" in shown
    assert "\x1b" not in shown
    assert len(shown) < 20_000
    assert b"Traceback" not in done.stderr


async def test_a_wrong_token_is_one_line_without_the_token(settings: dict[str, str]) -> None:
    async with FakeTelegram() as telegram:
        telegram.fail("getMe", RefusedError(401, "Unauthorized"))
        wrong = {"HANGXUN_TELEGRAM_TOKEN": telegram.token, "HANGXUN_TELEGRAM_BASE_URL": telegram.base_url}
        done = await asyncio.to_thread(spawn, settings | wrong, "run")
    errors = done.stderr.decode()
    assert done.returncode == FAILED
    assert "HANGXUN_TELEGRAM_TOKEN was refused" in errors
    assert telegram.token not in errors
    assert "Traceback" not in errors


def test_a_test_message_says_where_it_went(settings: dict[str, str]) -> None:
    done = spawn(settings, "check", "--send", "terminal:local")
    assert done.returncode == DONE
    assert done.stdout.decode().endswith(
        "行讯的测试消息：推送可以送到这里。\n\ndelivery ok: terminal:local\n"
    )


def test_alerts_are_previewed_then_delivered_once(hangxun: Hangxun, settings: dict[str, str]) -> None:
    assert spawn(settings, "chat", stdin="订阅 半导体\n".encode()).returncode == DONE
    at = ["--at", "2100-01-01T09:00+08:00"]
    preview = hangxun("alerts", "plan", *at)
    assert "terminal:local" in preview.out
    assert "[半导体]" in preview.out
    assert preview.out.splitlines()[-1].startswith("due=1 ")
    sent = hangxun("alerts", "send", *at)
    assert "半导体" in sent.out
    assert "due=1 delivered=1 lost=0 dup=0" in sent.out.splitlines()[-1]
    again = hangxun("alerts", "send", *at)
    assert "due=0 delivered=0 lost=0 dup=0" in again.out.splitlines()[-1]
