"""Following a figure: the answer to a new rule, and a rule as it stands now."""

from __future__ import annotations

from datetime import datetime

from handlers.citations import joined, source_line
from handlers.clip import clip_text
from handlers.command import Context
from handlers.dates import date_and_time
from handlers.errors import UserError
from handlers.figure_rules import Rule, RuleError, find_track, read_rule, rule_name, settle
from handlers.figures import figure_text, quoted_sentence
from handlers.following import alert_time, keep, newest_date, next_steps
from handlers.metric_words import metric_period
from handlers.reply import Block, Button, Heading, Paragraph, Quote, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.schedule_words import rhythm_text, rhythm_within
from handlers.texts import common, follow, label, say
from handlers.texts import figure_rules as texts
from knowledge.metrics.track import Track, is_since, statement_key
from knowledge.model import Metric

_QUOTE_WIDTH = 140
_LINE_SHOWN = 40


def asked_rule(context: Context, line: str) -> Rule | None:
    """Return the rule that a line means, None for a topic. Raises UserError for one not understood."""
    try:
        return read_rule(line)
    except RuleError as error:
        language = context.language
        example = label(texts.RULE_USAGE, language)
        text = say(texts.NOT_UNDERSTOOD, language, line=line[:_LINE_SHOWN], example=example)
        raise UserError(text) from error


def follow_figure(context: Context, request: Request, asked: Rule) -> Reply:
    """Follow a figure from its newest value on, which the answer shows and no alert repeats."""
    language = context.language
    rule, track = settle(context.library, asked)
    known = _known_keys(context, track)
    added = keep(context, request, rule.text, known)
    title = follow.SUBSCRIBED if added else follow.ALREADY_SUBSCRIBED
    name = rule_name(rule, track, language)
    when = alert_time(context, request)
    return Reply(
        (
            Heading(say(title, language, topic=name, aliases="")),
            *_current(track, language),
            Paragraph(_schedule(context, rule, track, when)),
            *next_steps(context, rule.text, *_read(track, language)),
        )
    )


def figure_blocks(context: Context, rule: Rule) -> tuple[Block, ...]:
    """Return the newest value of a rule's figure, with its sentence and source."""
    language = context.language
    track = find_track(context.library, rule)
    more = Button(label(texts.ALL_FIGURES, language), f"metric {rule.question}")
    return (
        Heading(say(texts.RULE, language, name=rule_name(rule, track, language))),
        *_current(track, language),
        *button_row(*_read(track, language), *((more,) if track else ())),
    )


def figure_line(context: Context, rule: Rule) -> tuple[str, str]:
    """Return the name of a rule and its newest value, for the list of subscriptions."""
    language = context.language
    track = find_track(context.library, rule)
    name = rule_name(rule, track, language)
    if track is None:
        return name, label(texts.NONE_YET, language)
    figure = figure_text(track.latest, language)
    return name, joined(
        label(texts.AT_PRESENT, language, figure=figure), metric_period(track.latest, language)
    )


def known_figures(context: Context, rule: Rule) -> tuple[str, ...]:
    """Return the keys of the figures with which a subscription to a rule begins: they are no news."""
    return _known_keys(context, find_track(context.library, rule))


def _known_keys(context: Context, track: Track | None) -> tuple[str, ...]:
    """Return the keys of what an alert could bring of the issues that are here: the answer shows it."""
    if track is None:
        return ()
    newest = newest_date(context)
    return tuple(statement_key(one) for one in (*track.facts, *track.forecasts) if is_since(one, newest))


def _current(track: Track | None, language: Language) -> tuple[Block, ...]:
    if track is None:
        return (Paragraph(say(texts.NOT_PRINTED, language)),)
    metric = track.latest
    return (
        Paragraph(say(texts.NOW, language, figure=_value(metric, language))),
        Quote(clip_text(quoted_sentence(metric), _QUOTE_WIDTH)),
        Paragraph(source_line(metric.citation, language)),
    )


def _value(metric: Metric, language: Language) -> Text:
    figure, period = figure_text(metric, language), metric_period(metric, language)
    return say(texts.CURRENT, language, figure=figure, period=period)


def _schedule(context: Context, rule: Rule, track: Track | None, when: datetime | None) -> Text:
    """Return the sentence that says what is told, and when at the earliest."""
    language, settings = context.language, context.settings
    if settings.paused:
        return say(follow.PAUSED, language)
    message = texts.EVERY_VALUE
    threshold = rule.threshold
    if threshold:
        is_met = track is not None and bool(track.facts) and threshold.is_met_by(track.latest)
        message = texts.CROSSED_ALREADY if is_met else texts.WHEN_CROSSED
    return say(
        message,
        language,
        threshold=threshold.text if threshold else "",
        rhythm=rhythm_text(settings, language) if threshold is None else rhythm_within(settings, language),
        earliest=label(texts.EARLIEST, language, when=date_and_time(when, language)) if when else "",
    )


def _read(track: Track | None, language: Language) -> tuple[Button, ...]:
    if track is None:
        return ()
    return (Button(label(common.FULL_TEXT, language), f"article {track.latest.citation.article_id}"),)
