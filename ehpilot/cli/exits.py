"""How a command speaks and ends: words in the user's language, an exit code, and for an error one line on stderr.

Exit codes: 0 done; 1 a gate, a document or the build failed; 2 wrong usage, input or environment. Messages of errors
are written “English / 中文”; the half that the user reads is shown.

Does not belong here: what the commands do (``cli``).
"""

from __future__ import annotations

import atexit
import os
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer

from ehpilot.errors import BuildError, UsageError

LANGUAGES = ("zh", "en")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_chosen = {"lang": "zh" if os.environ.get("LANG", "").lower().startswith("zh") else "en"}


def choose_language(lang: str) -> None:
    """Set the language of messages (``zh`` or ``en``); the environment's stands until then."""
    if lang not in LANGUAGES:
        raise UsageError(f"unknown --lang {lang}; use zh or en / 未知的 --lang {lang}，可用 zh 或 en")
    _chosen["lang"] = lang


def say(chinese: str, english: str, stderr: bool = False) -> None:
    """Print one of the two."""
    typer.echo(chinese if _chosen["lang"] == "zh" else english, err=stderr)


def complain(message: str, about: str = "") -> None:
    """Write an error as one line to stderr; ``about``, in any language, stands before it."""
    sys.stderr.write(" ".join(f"{about} {in_language(message, _chosen['lang'])}".split()) + "\n")


def in_language(message: str, lang: str) -> str:
    """The half of “English / 中文” in this language; a message without a Chinese half as it is."""
    english, slash, chinese = message.rpartition(" / ")
    if not slash or not _CHINESE.search(chinese):
        return message
    return chinese if lang == "zh" else english


def run(app: Callable[..., Any]) -> None:
    """Run a command line to its exit: what a user can mend becomes one line, never a page."""
    try:
        _leave(app(standalone_mode=False) or 0)
    except UsageError as error:
        _end(str(error), 2)
    except BuildError as error:
        _end(str(error), 1)
    except typer.TyperException as error:
        _end(_usage(error), 2)
    except typer.Abort:
        _end("interrupted / 已中断", 1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _end(f"{place}{error.strerror or error} / {place}无法读写：{error.strerror or error}", 2)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the arguments, and where the help is; empty where the help was printed already."""
    words = error.format_message()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ehpilot"
    return f"{words.rstrip('.')}; see {command} --help / 用法有误：{words} 见 {command} --help" if words else ""


def _end(message: str, code: int) -> None:
    if message:
        complain(message)
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process once everything is put away: Python would spend another second or two on taking Dagster and its
    graph apart, object by object."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # its reader is gone, or its disk is full
            code = code or 2
    os._exit(code)
