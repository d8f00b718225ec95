"""The console script `hangxun`, also `python -m bot`.

Exit codes: 0 done, 1 failed, 2 wrong usage. An error is one line on stderr that says what to do next.
"""

from __future__ import annotations

import gc
import logging
import os
import sys

import click

from bot.cli import cli
from bot.errors import BotError
from bot.log import new_error_id
from handlers.errors import StoreError
from knowledge.errors import KnowledgeError

LOG = logging.getLogger(__name__)
DONE, FAILED, WRONG_USAGE = 0, 1, 2
OURS = (BotError, KnowledgeError, StoreError)
EXPECTED = (*OURS, OSError, click.ClickException, click.Abort, KeyboardInterrupt)


def main() -> None:
    """Run the command line and exit."""
    code = run(sys.argv[1:])
    gc.freeze()  # Python would look through all memory once more before the system takes it back
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        return int(cli.main(arguments, prog_name="hangxun", standalone_mode=False) or DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "hangxun"
        return _complain(f"{error.format_message().removesuffix('.')}. See: {path} --help", WRONG_USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except EXPECTED as error:
        return _complain(_sentence(error), FAILED)
    except Exception as error:  # noqa: BLE001 -- the border of the command line: a defect gets a number too
        return _complain(_defect(error), FAILED)


def _sentence(error: BaseException) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError):
        return f"{error.filename or 'system'}: {error.strerror or error}"
    return str(error) or "interrupted"


def _defect(error: Exception) -> str:
    error_id = new_error_id()
    LOG.error("command failed id=%s", error_id, exc_info=error)
    return f"a defect of ours, please report it with the line above that has id={error_id}"


def _complain(text: str, code: int) -> int:
    click.echo(f"hangxun: {' '.join(text.split())}", err=True)
    return code


if __name__ == "__main__":
    main()
