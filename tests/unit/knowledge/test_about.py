from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.about import About
from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.index.opening import open_index
from knowledge.model import Article, Block, BlockKind, Issue, Topic
from knowledge.recent import TopicSearch
from knowledge.rules.expression import AnyOf, Expression, Leaf, Not
from knowledge.search.analysis import fold_article
from knowledge.search.folded import folded_article
from knowledge.topics import TopicTable, load_topics

TABLE = TopicTable(
    (
        Topic("半导体", "semiconductor", ("芯片",)),
        Topic("手机", "phone"),
        Topic("人工智能", "AI", ("machine learning",)),
    ),
    {"鹅厂": ("腾讯",), "subsidy": ("补贴",)},
)
JUNE = Issue("2026-06", "六月", date(2026, 6, 1))
TEXTS = {
    "a": ("芯片厂获补贴", "技术情报", ("补贴到账。", "河北省的厂开工。", "河北省还有别的厂。")),
    "b": ("手机芯片降价", "产业环境", ("手机卖得多。", "补贴手机。", "又有补贴。")),
    "c": ("别的事", "海外借鉴", ("只提一次补贴。", "芯片来了。", "芯片又来了。")),
    "d": ("腾讯的云", "技术情报", ("台湾海峡 Taiwan Strait 通航。", "Taiwan Strait again.", "一部手机。")),
}  # fmt: skip


def article(name: str) -> Article:
    title, section, paragraphs = TEXTS[name]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    return Article(name, title, section, None, JUNE, blocks)


ABOUT = About((folded_article(one, fold_article(one)) for one in map(article, TEXTS)), TABLE.names_of)


def found(line: str, about: About = ABOUT) -> str:
    return "".join(match.citation.article_id for match in about.find(TABLE.find(line)))


@pytest.mark.parametrize(
    ("line", "articles"),
    [
        ("半导体", "abc"),
        ("半导体 AND 补贴", "ab"),
        ("芯片 subsidy -手机", "a"),
        ("半导体 -手机", "ac"),
        ("手机 OR 腾讯", "bd"),
        ("鹅厂 OR (semiconductor -补贴)", "cd"),
        ('"补贴"', "abc"),
        ('半导体 -"补贴"', ""),
        ('"Taiwan Strait"', "d"),
        ("Taiwan Strait AND 鹅厂", "d"),
        ("标题:补贴", "a"),
        ("标题:半导体 -手机", "a"),
        ("栏目:技术情报", "ad"),
        ("栏目:技术", "ad"),
        ("栏目:没有的", ""),
        ("地区:河北", "a"),
        ("芯片 AND 河北", "a"),
        ("人工智能 OR 手机", "b"),
        ("没有的词 OR 也没有", ""),
    ],
)
def test_a_rule_finds_what_its_words_name(line: str, articles: str) -> None:
    assert found(line) == articles


def test_a_match_shows_the_words_of_the_rule_that_it_has_and_the_sentence_with_most_of_them() -> None:
    [match] = ABOUT.find(TABLE.find("(半导体 OR 云) AND 补贴 AND 手机"))
    assert match.words == ("手机", "芯片", "补贴")
    assert match.lead.value == "补贴手机。"
    assert match.lead.spans == ((0, 4),)


def test_a_rule_about_a_place_alone_shows_how_the_article_begins() -> None:
    match = ABOUT.find(TABLE.find("栏目:技术情报"))[0]
    assert (match.words, match.lead.value) == ((), "补贴到账。")


def test_a_region_is_not_the_wider_topic_that_names_it_as_well() -> None:
    table = TopicTable((Topic("京津冀", "", ("北京", "河北")), Topic("上海", "Shanghai", ("浦东",))))
    assert table.find("河北 AND 浦东 AND 上海").name == "地区:河北省 AND 上海"
    assert table.find("河北").name == "京津冀"


def test_words_become_what_they_name() -> None:
    line = "semiconductor 补贴 machine learning Taiwan Strait 河北 -(phone)"
    assert TABLE.find(line).name == "半导体 AND 补贴 AND 人工智能 AND Taiwan Strait AND 地区:河北省 -手机"
    assert TABLE.find("(芯片)") == TABLE.topics[0]
    assert TABLE.find("“芯片”").name == '"芯片"'


@pytest.mark.parametrize("topic", load_topics().topics, ids=lambda topic: topic.name)
def test_every_topic_of_the_table_can_stand_in_a_rule(topic: Topic) -> None:
    table = load_topics()
    rule = table.find(f"{topic.name} OR 某某词")
    assert rule.rule == AnyOf((Leaf(topic.name), Leaf("某某词")))
    assert table.find(rule.name) == rule


SHIPPED = load_topics()
TYPED = st.sampled_from(
    [
        *(name for topic in SHIPPED.topics for name in (topic.name, topic.english, *topic.aliases) if name),
        *("河北", "吉林", "东方", "鹅厂", "subsidy", "Taiwan", "某词", "-3%", "1,000", "“芯”难求"),
        *("AND", "OR", "NOT", "(", ")", "-", "“", "”", "栏目:", "标题:", "地区:", "、"),
    ]
)


@given(st.lists(TYPED, max_size=9), st.sampled_from([" ", ""]))
@settings(max_examples=300, deadline=None)
def test_what_is_kept_means_the_same_when_it_is_read_again(pieces: list[str], between: str) -> None:
    topic = SHIPPED.find(between.join(pieces))
    assert SHIPPED.find(topic.name) == topic


def test_words_that_are_cut_mean_the_same_when_they_are_read_again() -> None:
    long = "“芯”难求" + "半导体" * 6 + "Beijing-Tianjin-Hebei"
    assert SHIPPED.find(SHIPPED.find(long).name) == SHIPPED.find(long)


def naive(rule: Expression, name: str) -> bool:
    """Look at one article alone, leaf by leaf."""
    if isinstance(rule, Leaf):
        return (
            found(
                rule.words,
                About([folded_article(article(name), fold_article(article(name)))], TABLE.names_of),
            )
            == name
        )
    if isinstance(rule, Not):
        return not naive(rule.child, name)
    return (any if isinstance(rule, AnyOf) else all)(naive(child, name) for child in rule.children)


WORDS = st.sampled_from(["半导体", "手机", "补贴", "腾讯", "厂"])
RULES = st.recursive(
    WORDS,
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR", "AND NOT"]), inner).map(
        lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
    ),
    max_leaves=6,
)


@given(RULES)
def test_many_articles_at_once_are_judged_as_each_alone(line: str) -> None:
    topic = TABLE.find(line)
    if topic.rule is not None:
        assert found(line) == "".join(name for name in TEXTS if naive(topic.rule, name))


def row(name: str, month: str) -> str:
    title, section, paragraphs = TEXTS[name]
    values = {"id": name, "title": title, "section": section, "text": "\n".join(paragraphs)}
    return json.dumps(values | {"issue": month, "published": f"{month}-05"}, ensure_ascii=False)


def test_old_articles_are_found_as_new_ones_are(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    rows = [*(row(name, "2026-05") for name in "ab"), *(row(name, "2026-06") for name in "cd")]
    source.write_text("\n".join(rows), encoding="utf-8")
    build_index([source], tmp_path / "index")
    with closing(open_index(tmp_path / "index")) as index:
        everywhere = [TopicSearch(index, TABLE, most_recent) for most_recent in (100, 2, 0)]
        for line in (
            "半导体 -手机",
            "补贴",
            '半导体 AND "补贴"',
            "栏目:技术情报",
            "栏目:海外 OR 鹅厂",
            "没有",
        ):
            for since in (None, date(2026, 5, 5), date(2026, 6, 1)):
                answers = [search.find(TABLE.find(line), since) for search in everywhere]
                assert answers[1:] == answers[:1] * 2, (line, since)
        newest = everywhere[1].find(TABLE.find("半导体"), date(2026, 6, 1))
        assert [match.citation.article_id for match in newest] == ["c"]


def test_the_same_news_names_who_told_it_first(tmp_path: Path) -> None:
    told = (
        "某市的工厂在十月投产，年产电池120万组，是当地最大的一座；市政府将在明年给予补贴3.5亿元，为新线铺路。"
    )
    other = "渔港在冬天清淤，船只要改泊北岸；工期为三个月，港务局将在下周公布泊位，是今年第二次。"
    rows = [
        {"id": name, "title": title, "text": text, "issue": "2026-06", "published": f"2026-06-0{day}"}
        for day, (name, title, text) in enumerate(
            [("first", "电池厂投产", told), ("again", "年产百万组电池", told), ("else", "清淤", other)], 1
        )
    ]
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], tmp_path / "index")
    with closing(open_library(tmp_path / "index")) as library:
        assert [library.told_first(name) for name in ("first", "again", "else", "unknown")] == [
            "first",
            "first",
            "else",
            "unknown",
        ]
