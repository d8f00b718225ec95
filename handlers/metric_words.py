"""What a metric is called, of whom and when it holds, and whether it is a fact."""

from __future__ import annotations

import re

from handlers.citations import joined
from handlers.dates import period_text
from handlers.figures import figure_text
from handlers.regions import subject_name
from handlers.reply import Style, Text, styled
from handlers.request import Language
from handlers.texts import label, say
from handlers.texts import search as texts
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
    indicator = metric.indicator
    if kind := _NAMES.get(metric.kind):
        indicator = label(kind, language, indicator=indicator.removesuffix("排名"))
    return joined(indicator, subject_name(metric.subject, language))


def metric_period(metric: Metric, language: Language) -> str:
    """Return the metric's period, or that none is told."""
    return period_text(metric.period, language) or label(texts.NO_PERIOD, language)


def is_target(metric: Metric) -> bool:
    """Tell a plan from a forecast by the words of its sentence."""
    return metric.forecast and _TARGET_WORDS.search(metric.sentence) is not None


def _outlook(metric: Metric, language: Language) -> str:
    if not metric.forecast:
        return ""
    word = label(texts.TARGET if is_target(metric) else texts.FORECAST, language)
    return f"{metric.source} {word}" if metric.source else word
