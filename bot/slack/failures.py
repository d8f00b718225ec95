"""What Slack's errors mean for a delivery: codes, statuses and exceptions of its clients -> DeliveryError.

https://docs.slack.dev/reference/methods/chat.postMessage lists the codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import DeliveryError, Outcome

# slack_sdk 3.47 raises AttributeError for a plain text body with status 200, ValueError for a token that
# fits into no header.
CALL_ERRORS = (SlackClientError, aiohttp.ClientError, OSError, AttributeError, ValueError)

BLOCK_ERRORS = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long"}
)
# The app may write but not upload: it was installed before it asked for `files:write`, or the workspace
# allows no files (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
UPLOAD_ERRORS = frozenset(
    {"missing_scope", "file_uploads_disabled", "file_uploads_except_images_disabled", "storage_limit_reached"}
)

_BEFORE_THE_WRITE = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)

_OUTCOMES = {
    Outcome.CREDENTIAL: {
        "account_inactive", "invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type",
        "not_authed", "org_login_required", "team_access_not_granted", "token_expired", "token_revoked",
    },
    Outcome.PERMANENT: {
        "cannot_reply_to_message", "channel_not_found", "ekm_access_denied", "is_archived", "is_inactive",
        "messages_tab_disabled", "not_in_channel", "restricted_action", "thread_not_found", "user_disabled",
        "restricted_action_non_threadable_channel", "restricted_action_read_only_channel",
        "restricted_action_thread_locked", "restricted_action_thread_only_channel", "user_not_found",
    },
    Outcome.AMBIGUOUS: {"fatal_error", "internal_error", "request_timeout", "service_unavailable"},
}  # fmt: skip
_OUTCOME_OF_CODE = {code: outcome for outcome, codes in _OUTCOMES.items() for code in codes}


def delivery_error(error: BaseException) -> DeliveryError:
    """Return what an exception of a Slack client means; its reason holds no token and no text."""
    if isinstance(error, SlackApiError):
        return _of_answer(error.response)
    if isinstance(error, ValueError) and not isinstance(error, aiohttp.ClientError):
        return DeliveryError("not a token", Outcome.CREDENTIAL)
    sent = not isinstance(error, _BEFORE_THE_WRITE)
    return DeliveryError(type(error).__name__, Outcome.AMBIGUOUS if sent else Outcome.NOT_SENT)


def refusal(status: int, code: str | None, headers: Mapping[str, str]) -> DeliveryError:
    """Return what an answer of Slack that is not ok means.

    A code in no table is a refusal of this request in unknown words.
    """
    if status == 429 or code == "ratelimited":
        return DeliveryError("ratelimited", Outcome.NOT_SENT, retry_after=_pause(headers))
    if code is None:
        return DeliveryError(f"status {status} without an error code", Outcome.AMBIGUOUS)
    default = Outcome.AMBIGUOUS if status >= 500 else Outcome.REFUSED
    return DeliveryError(code, _OUTCOME_OF_CODE.get(code, default))


def _of_answer(response: object) -> DeliveryError:
    """Read an AsyncSlackResponse, or the aiohttp response that slack_sdk raises for broken JSON."""
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    return refusal(status, code, getattr(response, "headers", {}))


def _pause(headers: Mapping[str, str]) -> timedelta:
    seconds = headers.get("Retry-After", "")
    return timedelta(seconds=int(seconds) if seconds.isdecimal() else 1)
