"""Made pairs of news: the same story written again by another source, and stories that only look alike.

The rewriting is that of newsrooms: a title made of another fact, other words for the same, sentences left
out, paragraphs in another order, an opening of one's own. What looks alike: the report of another month or
place in the same words with other figures, and another story in the same frame.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.model import Article, Block, BlockKind

SYNONYMS = (
    ("同比增长", "较上年同期增长"),
    ("同比下降", "较上年同期减少"),
    ("达到", "升至"),
    ("其中", "具体来看"),
    ("目前", "眼下"),
    ("截至", "到"),
    ("全国", "我国"),
    ("公布", "发布"),
    ("介绍", "表示"),
    ("预计", "有望"),
    ("超过", "突破"),
    ("约", "大约"),
    ("主要", "大多"),
    ("此外", "另外"),
    ("同时", "与此同时"),
    ("企业", "公司"),
    ("快速", "迅速"),
    ("推进", "推动"),
    ("首次", "第一次"),
    ("提出", "要求"),
    ("实现", "取得"),
    ("建设", "建造"),
)
OPENINGS = (
    "本报讯 记者近日获悉，",
    "据有关部门消息，",
    "行业观察人士注意到，",
    "从最新披露的数据看，",
    "",
)
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, whether they tell the same news, and how the second was made."""

    one: Article
    other: Article
    same: bool
    how: str


def made_pairs(articles: Sequence[Article], seed: int = 1) -> Iterator[Pair]:
    """Yield pairs of the same news and of news that look alike, from long enough articles."""
    choose = random.Random(seed)
    long = [article for article in articles if article.characters >= 200]
    for number, article in enumerate(long):
        yield Pair(article, _rewritten(article, choose, kept=0.8, swapped=0.3), same=True, how="edited")
        yield Pair(article, _rewritten(article, choose, kept=0.6, swapped=0.8), same=True, how="rewritten")
        yield Pair(article, _rewritten(article, choose, kept=0.4, swapped=0.5), same=True, how="shortened")
        yield Pair(article, _retold(article, choose), same=True, how="retold")
        yield Pair(article, _reprinted(article, choose), same=True, how="reprinted")
        if len(_NUMBER.findall("".join(article.paragraphs))) >= 3:
            yield Pair(article, _with_other_figures(article, choose), same=False, how="another month")
        yield Pair(article, _framed(article, long[number - 1]), same=False, how="the same frame")
        yield Pair(article, long[number - 1], same=False, how="another story")


def _rewritten(article: Article, choose: random.Random, *, kept: float, swapped: float) -> Article:
    sentences = [_SENTENCE.findall(text) for text in article.paragraphs]
    count = max(2, round(kept * sum(map(len, sentences))))
    chosen = set(choose.sample(range(sum(map(len, sentences))), count))
    numbered = iter(range(10_000))
    paragraphs = ["".join(s for s in group if next(numbered) in chosen) for group in sentences]
    paragraphs = [_other_words(text, choose, swapped) for text in paragraphs if text]
    choose.shuffle(paragraphs)
    paragraphs[0] = choose.choice(OPENINGS) + paragraphs[0]
    title = choose.choice(_SENTENCE.findall(choose.choice(paragraphs)))[:24]
    return _article(article, title, paragraphs, days=choose.randint(-1, 1))


def _retold(article: Article, choose: random.Random) -> Article:
    """Tell each sentence in other words, its clauses in another order and some of them left out."""
    paragraphs = [
        "".join(_other_clauses(sentence, choose) for sentence in _SENTENCE.findall(text))
        for text in article.paragraphs
    ]
    return _rewritten(_article(article, article.title, paragraphs, days=0), choose, kept=0.7, swapped=1)


def _other_clauses(sentence: str, choose: random.Random) -> str:
    clauses = sentence.rstrip("。！？").split("，")
    kept = [clause for clause in clauses if choose.random() < 0.8] or clauses[:1]
    choose.shuffle(kept)
    return "，".join(kept) + "。"


def _reprinted(article: Article, choose: random.Random) -> Article:
    paragraphs = [*article.paragraphs, "（责任编辑：本站编辑部）"]
    return _article(article, f"转载：{article.title}", paragraphs, days=choose.randint(0, 2))


def _with_other_figures(article: Article, choose: random.Random) -> Article:
    def other(found: re.Match[str]) -> str:
        return str(round(float(found[0]) * choose.uniform(0.55, 0.95) + 1.3, 1))

    paragraphs = [_NUMBER.sub(other, text) for text in article.paragraphs]
    return _article(article, _NUMBER.sub(other, article.title), paragraphs, days=2)


def _framed(article: Article, other: Article) -> Article:
    """Put another story between the first and the last sentence of this one."""
    opening = _SENTENCE.findall(article.paragraphs[0])[0]
    ending = _SENTENCE.findall(article.paragraphs[-1])[-1]
    return _article(article, other.title, [opening, *other.paragraphs, ending], days=0)


def _other_words(text: str, choose: random.Random, share: float) -> str:
    for word, another in SYNONYMS:
        if choose.random() < share:
            text = text.replace(word, another)
    return text


def _article(article: Article, title: str, paragraphs: Sequence[str], *, days: int) -> Article:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    published = article.published or article.issue.published
    moved = published + timedelta(days=days) if published else None
    return replace(article, id=f"{article.id}-{title}", title=title, blocks=blocks, published=moved)
