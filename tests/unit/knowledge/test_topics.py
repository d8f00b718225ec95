from __future__ import annotations

from collections import Counter

import pytest

from knowledge.about import About
from knowledge.model import Article, Block, BlockKind, Issue, Topic
from knowledge.rules.reading import Problem, Trouble
from knowledge.search.folded import folded_article
from knowledge.search.lexicon import name_key
from knowledge.topics import TopicTable, load_topics, topic_names

CHIPS = Topic("半导体", "semiconductor", ("芯片", "IC"))


def match(topic: Topic, title: str, *paragraphs: str, heading: str | None = None) -> tuple[str, ...] | None:
    heads = (Block(BlockKind.HEADING, heading),) if heading else ()
    blocks = (*heads, *(Block(BlockKind.PARAGRAPH, text) for text in paragraphs))
    article = Article("x", title, "", None, Issue("i", "i", None), blocks)
    folded = "\n".join(text.lower() for text in (title, *(block.text for block in blocks)))
    found = About([folded_article(article, folded)], TopicTable((topic,)).names_of).find(topic)
    return found[0].words if found else None


def test_the_table_has_many_topics_with_a_chinese_and_an_english_name() -> None:
    topics = load_topics().topics
    assert len(topics) >= 50
    assert all(topic.name and topic.english for topic in topics)


def test_no_name_belongs_to_two_topics() -> None:
    counts = Counter(
        key for topic in load_topics().topics for key in {name_key(name) for name in topic_names(topic)}
    )
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    "text", ["半导体", "芯片", "ic", "IC", "ＩＣ", "Semiconductor", "半導體", " 集成电路 "]
)
def test_a_topic_goes_by_each_of_its_names(text: str) -> None:
    assert load_topics().find(text).name == "半导体"


def test_any_other_word_is_a_topic_of_its_own() -> None:
    assert load_topics().find("  某某  公司 ") == Topic("某某 公司")


def test_a_very_long_word_is_cut() -> None:
    assert len(load_topics().find("长" * 9_999).name) <= 40


@pytest.mark.parametrize(
    ("title", "paragraphs", "words"),
    [
        ("芯片短缺", ("别的话。",), ("芯片",)),
        ("别的事", ("只提了一次芯片。",), None),
        ("别的事", ("一句里说芯片又说芯片。",), None),
        ("别的事", ("先说芯片。", "再说半导体。"), ("芯片", "半导体")),
        ("Logic and topics", ("Logic. Music.",), None),
        ("新的 IC 设计", ("别的话。",), ("IC",)),
        ("别的事", (), None),
    ],
)
def test_an_article_is_about_what_its_title_names_or_two_sentences_say(
    title: str, paragraphs: tuple[str, ...], words: tuple[str, ...] | None
) -> None:
    assert match(CHIPS, title, *paragraphs) == words


def test_a_subheading_counts_as_a_title_does() -> None:
    assert match(CHIPS, "别的事", "别的话。", heading="芯片怎么办") == ("芯片",)


def test_a_free_topic_of_two_words_wants_both() -> None:
    topic = Topic("山海省 数字经济")
    assert match(topic, "山海省发展数字经济", "一。") == ("山海省", "数字经济")
    assert match(topic, "山海省发展农业", "一。") is None


@pytest.mark.parametrize("name", ["", "   ", "\x00", "。", "*"])
def test_a_topic_without_a_word_matches_nothing_that_lacks_it(name: str) -> None:
    assert match(Topic(name), "芯片", "一。") is None


@pytest.mark.parametrize("signs", ["。", "...", "👍"])
def test_signs_alone_are_no_topic(signs: str) -> None:
    assert TopicTable((CHIPS,)).read(f" {signs} ") == Problem(Trouble.NO_WORDS, signs)
