"""Before a rule is kept: what it would have brought, narrower ones, or what is wrong with it."""

from __future__ import annotations

import re

from handlers.citations import joined
from handlers.clip import clip, highlighted_text
from handlers.command import Context
from handlers.errors import UserError
from handlers.following import newest_date
from handlers.listing import Entry, list_articles
from handlers.narrowing import narrower_items, narrower_rules
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, Text, button_row
from handlers.texts import follow, label, say
from handlers.texts import word_rules as texts
from handlers.topics import aliases_text, topic_name
from knowledge.model import Topic, TopicMatch
from knowledge.rules.expression import Scope, leaves_of
from knowledge.rules.reading import Problem

SAVE, TIGHTEN, CANCEL = "--save", "--tighten", "--cancel"
_LISTED = re.compile(r"[、，；;]|,(?!\d)")
_MOST_LISTED = 8
_LABEL = 30
_TOPICAL = frozenset({Scope.ABOUT, Scope.TITLE})
_TITLES = 3
_LEAD = 56
_SHOWN = 20
_BROAD_FROM = 10
_BROAD_SHARE = 0.5


def problem_error(context: Context, problem: Problem) -> UserError:
    """Return what is wrong with a rule as one line."""
    detail = clip(problem.detail, _SHOWN)
    return UserError(say(texts.TROUBLES[problem.trouble], context.language, detail=detail))


def question_before(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> Reply | None:
    """Return what is to be asked before a topic is followed, None where it is followed at once."""
    if question := _any_or_all(context, topic):
        return question
    is_asked = topic.rule is not None or _is_broad(context, topic, matches)
    return _preview(context, topic, matches) if is_asked else None


def _any_or_all(context: Context, topic: Topic) -> Reply | None:
    """Ask what a list of words means, None for a line that is none."""
    words = [word.strip() for word in _LISTED.split(topic.name) if any(map(str.isalnum, word))]
    if topic.rule or topic.aliases or not 1 < len(words) <= _MOST_LISTED:
        return None
    language = context.language
    buttons = (
        Button(clip(label(message, language, rule=rule), _LABEL), f"subscribe {rule}")
        for message, rule in ((texts.ANY, " OR ".join(words)), (texts.ALL, " AND ".join(words)))
    )
    as_typed = Button(label(texts.AS_TYPED, language), f"subscribe {topic.name} {SAVE}")
    return Reply(
        (Paragraph(say(texts.ANY_OR_ALL, language, text=topic.name)), *button_row(*buttons, as_typed))
    )


def _is_broad(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> bool:
    """Tell a free word that half of the newest issue would be sent for."""
    is_word = topic.rule is None and not topic.aliases and not topic.english
    return is_word and len(matches) > max(_BROAD_FROM, _BROAD_SHARE * _articles(context))


def _preview(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> Reply:
    """Show what a rule would bring of the newest issue, and ask whether to keep it."""
    language = context.language
    steps = [Button(label(texts.SAVE, language), f"subscribe {topic.name} {SAVE}")]
    if len(matches) > 1:
        steps.append(Button(label(texts.TIGHTEN, language), f"subscribe {topic.name} {TIGHTEN}"))
    if len(matches) > _TITLES:
        see = label(follow.SEE_THESE, language, count=len(matches))
        steps.append(Button(see, f"subscriptions {topic.name}"))
    cancel = Button(label(texts.CANCEL, language), f"subscribe {CANCEL}")
    return Reply(
        (
            Heading(say(texts.RULE, language, topic=topic_name(topic, language))),
            *_read_as(context, topic),
            Paragraph(_count(context, topic, matches)),
            *first_titles(context, matches, with_leads=True),
            *button_row(*steps, cancel),
        )
    )


def tighten(context: Context, topic: Topic) -> Reply:
    """Offer narrower rules, each with what it would bring; pressing one shows it before it is kept."""
    language = context.language
    rules = narrower_rules(context, topic)
    take = (Button(str(n), f"subscribe {rule.topic.name}") for n, rule in enumerate(rules, 1))
    as_it_is = Button(label(texts.SAVE_AS_IT_IS, language), f"subscribe {topic.name} {SAVE}")
    cancel = Button(label(texts.CANCEL, language), f"subscribe {CANCEL}")
    count = len(context.library.about(topic, newest_date(context)))
    message = texts.NARROWER if rules else texts.NO_NARROWER
    heading = Heading(say(message, language, topic=topic_name(topic, language), count=count))
    items = (narrower_items(rules, context),) if rules else ()
    return Reply((heading, *items, *button_row(*take, as_it_is, cancel)))


def first_titles(
    context: Context, matches: tuple[TopicMatch, ...], *, with_leads: bool = False
) -> tuple[Block, ...]:
    """Return the first articles as a list, with their best sentences where a rule has to show itself."""
    entries = tuple(
        Entry(match.citation, highlighted_text(match.lead, _LEAD) if with_leads else Text(""))
        for match in matches[:_TITLES]
    )
    return list_articles(entries, context.language, None) if entries else ()


def _read_as(context: Context, topic: Topic) -> tuple[Notice, ...]:
    """Return what else the words of a rule are called, where they are topics."""
    leaves = leaves_of(topic.rule) if topic.rule else ()
    named = (context.library.topic(leaf.words) for leaf in leaves if leaf.scope in _TOPICAL)
    known = (
        f"{topic_name(each, context.language)}{aliases_text(each, context.language)}"
        for each in dict.fromkeys(named)
        if each.aliases
    )
    line = joined(*known)
    return (Notice(Text(line)),) if line else ()


def _count(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> Text:
    language = context.language
    if _is_broad(context, topic, matches):
        return say(texts.IS_BROAD, language, all=_articles(context), count=len(matches))
    return say(texts.WOULD_SEND if matches else texts.WOULD_SEND_NONE, language, count=len(matches))


def _articles(context: Context) -> int:
    """Return how many articles the newest issue has."""
    issue = next(iter(context.library.issues()), None)
    return len(context.library.contents(issue.id)) if issue else 0
