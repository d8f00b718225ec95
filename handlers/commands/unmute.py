"""unmute: hear a muted topic again; what it brought meanwhile comes with the next alert."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.commands.mute import unmuted
from handlers.errors import UserError
from handlers.followed import find_followed, offer_buttons, which_one
from handlers.reply import Notice, Reply
from handlers.request import Request
from handlers.texts import commands, follow, say
from handlers.texts import manage as texts

_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Hear the topic that is named again; without one, ask which."""
    language = context.language
    followed = context.chats.subscriptions(request.conversation)
    muted = tuple(one for one in followed if one.is_muted(context.now))
    text = " ".join(argument.split())
    if not muted:
        return Reply((Notice(say(texts.NONE_MUTED, language)),))
    offer = offer_buttons(context, muted, COMMAND.name)
    if not text:
        return which_one(context, muted, texts.WHICH_TO_UNMUTE, *offer)
    named = find_followed(context, followed, text)
    if named is None:
        raise UserError(say(follow.NOT_SUBSCRIBED, language, topic=text[:_SHOWN]), offer)
    return unmuted(context, request, named.topic)


COMMAND = Command(
    name="unmute",
    aliases=("取消静音", "解除静音"),
    summary=commands.UNMUTE_SUMMARY,
    usage=commands.UNMUTE_USAGE,
    run=run,
    glued=True,
    listed=False,
)
