"""What a metric is called, of whom and when it holds, and whether it is a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.citations import joined
from handlers.dates import period_text
from handlers.figures import figure_text
from handlers.regions import subject_name
from handlers.reply import Style, Text, styled
from handlers.request import Language
from handlers.texts import Message, label, say
from handlers.texts import search as texts
from knowledge.metrics.naming import in_english
from knowledge.metrics.question import read_question
from knowledge.metrics.statements import has_words
from knowledge.model import Kind, Metric

_TARGET_WORDS = re.compile("规划|目标|力争|计划|任务")
_NAMES = {Kind.GROWTH: texts.GROWTH_NAME, Kind.CAGR: texts.CAGR_NAME, Kind.RANK: texts.RANK_NAME}


def metric_title(metric: Metric, language: Language) -> Text:
    """Return what is measured, of whom, how much and when; forecasts and targets are marked."""
    return say(
        texts.FIGURE,
        language,
        name=metric_name(metric, language),
        figure=figure_text(metric, language),
        period=styled(joined(metric_period(metric, language), _outlook(metric, language)), Style.DIM),
    )


def metric_name(metric: Metric, language: Language) -> str:
    """Return indicator · subject; a growth, a compound growth and a rank are called so."""
    return joined(indicator_name(metric, language), subject_name(metric.subject, language))


def indicator_name(metric: Metric, language: Language) -> str:
    """Return the indicator; a growth, a change, a compound growth and a rank are called so."""
    kind = _kind_name(metric)
    name = indicator_words(metric.indicator.removesuffix("排名") if kind else metric.indicator, language)
    return label(kind, language, indicator=name) if kind else name


def _kind_name(metric: Metric) -> Message | None:
    if metric.kind is Kind.GROWTH and metric.quantity.base_unit != "%":
        return texts.CHANGE_NAME
    return _NAMES.get(metric.kind)


def indicator_words(name: str, language: Language) -> str:
    """Return the name of an indicator in words of the language, as printed where a word is not known."""
    return (in_english(name) or name) if language is Language.EN else name


def common_name(metrics: Sequence[Metric], asked: str, language: Language) -> str:
    """Return one name for the indicators of figures: a printed one that says all that was asked, or that."""
    shortest_first = sorted(metrics, key=lambda metric: len(metric.indicator))
    words = " ".join(read_question(asked, published=None).terms)
    whole = next((metric for metric in shortest_first if has_words(metric.indicator, words)), None)
    name = replace(metrics[0], indicator=words) if words and whole is None else whole or shortest_first[0]
    return indicator_name(name, language)


def metric_period(metric: Metric, language: Language) -> str:
    """Return the metric's period, or that none is told."""
    return period_text(metric.period, language) or label(texts.NO_PERIOD, language)


def is_target(metric: Metric) -> bool:
    """Tell a plan from a forecast by the words of its sentence."""
    return metric.forecast and _TARGET_WORDS.search(metric.sentence) is not None


def outlook_word(metric: Metric, language: Language) -> str:
    """Return what a figure of the future is called: a forecast or a target."""
    return label(texts.TARGET if is_target(metric) else texts.FORECAST, language)


def _outlook(metric: Metric, language: Language) -> str:
    if not metric.forecast:
        return ""
    word = outlook_word(metric, language)
    return f"{metric.source} {word}" if metric.source else word
