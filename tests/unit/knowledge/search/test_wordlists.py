from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import WordsError
from knowledge.index import index_signature, open_library
from knowledge.index.build import build_index
from knowledge.index.opening import verified_version
from knowledge.index.product import product_inputs
from knowledge.search.wordlists import hash_wordlists, load_wordlists

OWN = {
    "aliases.toml": (
        '[[group]]\nnames = ["水利枢纽", "大坝"]\n[[nickname]]\nof = "长江三峡集团"\nnames = ["峡哥"]\n'
    ),
    "glossary.toml": '[words]\n"sluice gate" = ["闸门"]\n"chip" = ["碎屑"]\n',
    "topics.toml": '[[topic]]\nname = "防汛"\nenglish = "flood control"\naliases = ["抗洪"]\n',
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_own_tables_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    shipped, words = load_wordlists(), load_wordlists(write(tmp_path, OWN))
    assert words.groups == (*shipped.groups, ("水利枢纽", "大坝"))
    assert words.nicknames[-1] == ("长江三峡集团", ("峡哥",))
    assert words.glossary["sluice gate"] == ("闸门",)
    assert words.glossary["chip"] == ("碎屑",)
    assert [topic.name for topic in words.topics] == [*(topic.name for topic in shipped.topics), "防汛"]


def test_each_table_is_optional_and_a_topic_of_the_same_name_takes_the_shipped_ones_place(
    tmp_path: Path,
) -> None:
    assert load_wordlists(tmp_path) == load_wordlists()
    words = load_wordlists(
        write(tmp_path, {"topics.toml": '[[topic]]\nname = "半导体"\naliases = ["硅片"]\n'})
    )
    assert [topic.aliases for topic in words.topics if topic.name == "半导体"] == [("硅片",)]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        (
            "aliases.toml",
            "[[group]]\nnames = ",
            "aliases.toml is no TOML: Invalid value (at end of document)",
        ),
        ("aliases.toml", '[[group]]\nnames = ["甲"]', "[[group]] 1 names must be a list of 2 or more texts"),
        ("aliases.toml", '[[group]]\nname = ["甲", "乙"]', "[[group]] 1 has keys other than names"),
        ("aliases.toml", 'group = "甲"', "[[group]] 1 has keys other than names"),
        (
            "aliases.toml",
            '[[nickname]]\nnames = ["甲"]',
            "[[nickname]] 1 of must be a text of 1 to 64 characters",
        ),
        ("glossary.toml", '[words]\n"dam" = "坝"', "'dam' dam must be a list of 1 or more texts"),
        ("glossary.toml", "words = 3", "[words] is no table"),
        ("topics.toml", '[[topic]]\nname = " "', "[[topic]] 1 name must be a text"),
        ("topics.toml", '[[topic]]\nname = "甲"\naliases = [1]', "[[topic]] 1 aliases must be a list"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_entry(
    tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    with pytest.raises(WordsError) as raised:
        load_wordlists(write(tmp_path, {name: text}))
    assert complaint in str(raised.value)
    assert str(tmp_path / name) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_folder_and_a_file_in_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match="is no folder"):
        load_wordlists(tmp_path / "nowhere")
    (tmp_path / "topics.toml").write_bytes("主题".encode("gb18030"))
    with pytest.raises(WordsError, match="is not UTF-8 text"):
        load_wordlists(tmp_path)


def test_an_index_says_with_which_words_it_was_built_and_is_built_anew_for_others(tmp_path: Path) -> None:
    own, out = write(tmp_path / "words", OWN), tmp_path / "index"
    source = tmp_path / "rivers.jsonl"
    texts = ("水库的大坝提前开闸，抗洪人员到位。", "苹果熟了。", "列车提速。", "银行降息。", "影院重开。")
    rows = ({"id": f"r{n}", "title": text[:5], "text": text} for n, text in enumerate(texts))
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], out)
    assert verified_version(out)[1].words == ""
    assert build_index([source], out, inputs=product_inputs(own)).published
    assert verified_version(out)[1].words == hash_wordlists(own) != ""
    assert not build_index([source], out, inputs=product_inputs(own)).published

    before = index_signature(out)
    broken = write(tmp_path / "words", {"topics.toml": "[[topic]]\n"})
    with pytest.raises(WordsError, match=r"topics\.toml: \[\[topic\]\] 1 name must be"):
        build_index([source], out, inputs=product_inputs(broken))
    assert index_signature(out) == before

    write(tmp_path / "words", OWN)
    library = open_library(out, own)
    assert [hit.article.id for hit in library.answer("水利枢纽").hits] == ["r0"]
    assert library.topic("抗洪").name == "防汛"
    library.close()
