"""Rules for figures: following one, perhaps beyond a threshold, as a line of text and back.

    订阅 指标 5G基站 > 200万  ->  read_rule  ->  Rule  ->  settle (the wording of the library)  ->  rule.text

The text of a rule is what is kept of a subscription; it reads back as the same rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handlers.metric_words import metric_name
from handlers.ports import Library
from handlers.request import Language
from knowledge.metrics.question import read_question
from knowledge.metrics.threshold import Threshold, split_threshold
from knowledge.metrics.track import Track, is_same_figure, track_of
from knowledge.metrics.wording import units_of
from knowledge.model import Kind, Metric
from knowledge.rules.reading import is_rule

QUESTION_LIMIT = 60
FIGURES_READ = 400
_WORD = "指标"
_NAMED = re.compile(r"(?:指标|figures?|metrics?)(?:[\s:：]+|$)", re.IGNORECASE)
_KIND_WORDS = {Kind.GROWTH: "增速", Kind.CAGR: "年均复合增速", Kind.RANK: "排名"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure that is followed: the question that finds it, and the threshold it is to cross."""

    question: str
    threshold: Threshold | None = None

    @property
    def text(self) -> str:
        """The rule in words, as it is kept: 指标 5G基站 > 200万."""
        text = f"{_WORD} {self.question}"
        return f"{text} {self.threshold.text}" if self.threshold else text


class RuleError(ValueError):
    """A line means to follow a figure and cannot be understood."""


def read_rule(line: str) -> Rule | None:
    """Return the rule that a line means, None where it means a topic or a rule of words. Raises RuleError."""
    line = " ".join(line.split())
    named = _NAMED.match(line)
    if not named and is_rule(line):
        return None
    try:
        question, threshold = split_threshold(line[named.end() :] if named else line)
    except ValueError as error:
        raise RuleError(str(error)) from error
    if not named and not threshold:
        return None
    question = question if named else question.removeprefix(_WORD).strip()
    asked = read_question(question, published=None)
    if len(question) > QUESTION_LIMIT or not (asked.units or asked.subjects):
        raise RuleError(question)
    return Rule(question, threshold)


def kept_rule(topic: str) -> Rule | None:
    """Return the rule that a subscription keeps, None for one to a topic."""
    try:
        return read_rule(topic)
    except RuleError:
        return None


def find_track(library: Library, rule: Rule) -> Track | None:
    """Return all that is printed of the figure of a rule, None where nothing is."""
    return track_of(rule.question, library.figures(rule.question, limit=FIGURES_READ), rule.threshold)


def settle(library: Library, rule: Rule) -> tuple[Rule, Track | None]:
    """Return a rule in the words of the figure that it finds, and the figure's track.

    One figure is so followed under one wording. A question that says more than the figure's name, or whose
    figure its name does not find again, is left as it is.
    """
    track = find_track(library, rule)
    if track is None:
        return rule, None
    named = replace(rule, question=follow_question(track.best))
    if not _is_named_by(rule.question, track.best) or kept_rule(named.text) != named:
        return rule, track
    again = find_track(library, named)
    is_found = again is not None and is_same_figure(again.best, track.best)
    return (named, again) if is_found else (rule, track)


def follow_question(metric: Metric) -> str:
    """Return the question that asks for a figure at any time: 河北省 数字经济规模 增速."""
    kind = _KIND_WORDS.get(metric.kind, "")
    kind = "" if metric.indicator.endswith(kind) else kind
    return " ".join(" ".join((metric.subject, metric.indicator, kind)).split())


def follow_action(metric: Metric) -> str:
    """Return the action of a button that follows a figure."""
    return f"subscribe {Rule(follow_question(metric)).text}"


def rule_name(rule: Rule, track: Track | None, language: Language) -> str:
    """Return what is followed, in the words of the figure where one is printed."""
    is_named = track is not None and rule.question == follow_question(track.best)
    name = metric_name(track.best, language) if track and is_named else rule.question
    return f"{name} {rule.threshold.text}" if rule.threshold else name


def _is_named_by(question: str, metric: Metric) -> bool:
    asked = read_question(question, published=None)
    return asked.period is None and set(asked.units) <= units_of(metric.indicator)
