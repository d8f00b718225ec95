"""link: one account on both platforms, by a code that is shown here and typed there."""

from __future__ import annotations

import re

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.ports import Linking
from handlers.reply import Button, Copy, Notice, Paragraph, Reply, button_row
from handlers.request import Conversation, Request
from handlers.texts import commands, common, label, say
from handlers.texts import link as texts
from knowledge.normalize import fold

_NEW, _HERE, _OFF = "new", "here", "off"
_WORDS = {
    **dict.fromkeys((_NEW, "新"), _NEW),
    **dict.fromkeys((_HERE, "推送到这里", "这里"), _HERE),
    **dict.fromkeys((_OFF, "解除", "取消", "解除关联", "remove"), _OFF),
}
_CODE = re.compile(r"[a-z0-9]{4}[\s-]?[a-z0-9]{4}")
_TROUBLE = {
    Linking.WRONG_CODE: texts.WRONG_CODE,
    Linking.TOO_OFTEN: texts.TOO_OFTEN,
    Linking.SAME_CHAT: texts.SAME_CHAT,
}


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show a code, take one, or show and change what is linked."""
    if not request.is_private:
        raise UserError(say(texts.PRIVATE_ONLY, context.language))
    text = fold(argument)
    if not text:
        places = context.chats.places(request.conversation)
        return _linked(context, request, places) if len(places) > 1 else _code(context, request)
    if _CODE.fullmatch(text):
        return _link(context, request, re.sub(r"[\s-]", "", text).upper())
    match _WORDS.get(text):
        case "new":
            return _code(context, request)
        case "here":
            context.chats.receive_here(request.conversation)
            return _linked(context, request, context.chats.places(request.conversation))
        case "off":
            is_off = context.chats.unlink(request.conversation)
            return Reply((Notice(say(texts.UNLINKED if is_off else texts.NOT_LINKED, context.language)),))
    raise UserError(say(texts.NO_CODE, context.language))


def _accepts(argument: str) -> bool:
    text = fold(argument)
    return not text or text in _WORDS or _CODE.fullmatch(text) is not None


COMMAND = Command(
    name="link",
    aliases=("关联", "关联账号"),
    summary=commands.LINK_SUMMARY,
    usage=commands.LINK_USAGE,
    run=run,
    accepts=_accepts,
)


def _code(context: Context, request: Request) -> Reply:
    language = context.language
    code = context.chats.link_code(request.conversation, context.settings, context.now)
    line = f"{COMMAND.title(language)} {code[:4]}-{code[4:]}"
    return Reply(
        (
            Paragraph(say(texts.TYPE_THERE, language, line=line)),
            Notice(say(texts.WHAT_IT_DOES, language)),
            *button_row(Copy(label(texts.COPY, language), line)),
        )
    )


def _link(context: Context, request: Request, code: str) -> Reply:
    outcome = context.chats.link(request.conversation, code, context.now)
    if outcome is not Linking.LINKED:
        raise UserError(say(_TROUBLE[outcome], context.language))
    done = Notice(say(texts.LINKED, context.language))
    shown = _linked(context, request, context.chats.places(request.conversation))
    return Reply((done, *shown.blocks))


def _linked(context: Context, request: Request, places: tuple[Conversation, ...]) -> Reply:
    language = context.language
    if len(places) < 2:
        raise UserError(
            say(texts.NOT_LINKED, language), (Button(label(texts.GET_CODE, language), "link new"),)
        )
    receiving, *others = places
    names = label(common.LIST_COMMA, language).join(_name(place) for place in others)
    here = Button(label(texts.RECEIVE_HERE, language), "link here")
    return Reply(
        (
            Paragraph(say(texts.PLACES, language, receiving=_name(receiving), others=names)),
            *button_row(
                *(() if receiving == request.conversation else (here,)),
                Button(label(texts.UNLINK, language), "link off"),
            ),
        )
    )


def _name(place: Conversation) -> str:
    return place.platform.capitalize()
