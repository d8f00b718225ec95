from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.figure_rules import (
    Rule,
    RuleError,
    find_track,
    follow_action,
    follow_question,
    kept_rule,
    read_rule,
    rule_name,
    settle,
)
from handlers.request import Language
from knowledge.model import Kind
from tests.fakes.library import METRICS, FakeLibrary


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("指标 充电桩", "指标 充电桩"),
        ("指标：充电桩 > 1500万", "指标 充电桩 > 1500万"),
        ("指标  山东   充电桩 超过 100万个", "指标 山东 充电桩 > 100万个"),
        ("充电桩数超过1500万", "指标 充电桩数 > 1500万"),
        ("指标充电桩 >= 1500万", "指标 充电桩 >= 1500万"),
        ("figure charging piles > 15 million", "指标 charging piles > 1500万"),
        ("Metric charging piles", "指标 charging piles"),
        ("指标 收入超过亿元企业数", "指标 收入超过亿元企业数"),
    ],
)
def test_a_rule_is_read_however_it_is_written(line, text):
    rule = read_rule(line)
    assert rule is not None
    assert rule.text == text
    assert read_rule(rule.text) == rule


@pytest.mark.parametrize("line", ["充电桩", "指标体系", "收入超过亿元的企业", "speech", "metrics2", ""])
def test_a_line_without_figure_or_threshold_is_a_topic(line):
    assert read_rule(line) is None


@pytest.mark.parametrize("line", ["指标", "指标 > 3", "指标 充电桩 > 很多", "指标 多少", "指标 " + "长" * 61])
def test_what_cannot_be_understood_is_refused_and_never_kept_as_a_rule(line):
    with pytest.raises(RuleError):
        read_rule(line)
    assert kept_rule(line) is None


@given(st.text(max_size=100))
def test_whatever_is_read_reads_back_as_the_same_rule(line):
    for typed in (line, f"指标 {line}", f"指标 充电桩 > {line}"):
        try:
            rule = read_rule(typed)
        except RuleError:
            continue
        if rule:
            assert read_rule(rule.text) == rule


@pytest.mark.parametrize("line", ["指标 充电桩 有多少", "指标 中国 充电桩数", "指标 充电桩数"])
def test_one_figure_is_followed_under_one_wording(line):
    rule = read_rule(line)
    assert rule is not None
    settled, track = settle(FakeLibrary(), rule)
    assert settled == Rule("中国 充电桩数")
    assert track is not None
    assert track.best == METRICS[0]
    assert rule_name(settled, track, Language.ZH) == "充电桩数 · 中国"


def test_a_question_that_names_more_than_the_figure_stays_as_it_is():
    market = replace(METRICS[12], indicator="市场规模")
    library = FakeLibrary(printed=(market,))
    rule, track = settle(library, Rule("钠电池市场规模"))
    assert rule == Rule("钠电池市场规模")
    assert track is None or rule_name(rule, track, Language.ZH) == "钠电池市场规模"


def test_a_figure_that_is_nowhere_is_followed_in_the_words_that_were_typed():
    rule = Rule("低空经济规模")
    assert settle(FakeLibrary(), rule) == (rule, None)
    assert rule_name(rule, None, Language.ZH) == "低空经济规模"


def test_the_threshold_is_part_of_the_name():
    rule, track = settle(FakeLibrary(), read_rule("指标 充电桩 > 1500万") or Rule(""))
    assert rule_name(rule, track, Language.ZH) == "充电桩数 · 中国 > 1500万"
    assert rule_name(rule, track, Language.EN) == "charging points · China > 1500万"


@pytest.mark.parametrize(
    ("metric", "action"),
    [
        (METRICS[0], "subscribe 指标 中国 充电桩数"),
        (METRICS[1], "subscribe 指标 中国 充电桩数 增速"),
        (METRICS[8], "subscribe 指标 山东省 充电桩数 排名"),
        (METRICS[11], "subscribe 指标 钠电池交付周期"),
        (replace(METRICS[1], indicator="营收增速"), "subscribe 指标 中国 营收增速"),
        (replace(METRICS[1], kind=Kind.CAGR), "subscribe 指标 中国 充电桩数 年均复合增速"),
    ],
)
def test_a_button_follows_the_figure_that_it_stands_under(metric, action):
    assert follow_action(metric) == action
    assert kept_rule(action.removeprefix("subscribe ")) == Rule(follow_question(metric))


def test_the_track_of_a_rule_is_of_its_figure_alone():
    track = find_track(FakeLibrary(), Rule("中国 充电桩数"))
    assert track is not None
    assert {metric.subject for metric in (*track.facts, *track.forecasts)} == {"中国"}
    assert [metric.id for metric in track.facts] == ["m15", "m01"]
    assert [metric.id for metric in track.forecasts] == ["m04"]
