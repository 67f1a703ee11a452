"""Arguments that several commands share, and what is checked of them before anything is done.

Does not belong here: arguments of one command.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Annotated

import typer

from ehpilot.errors import UsageError

DEFAULT_OUT = Path("build/demo/out")
Out = Annotated[
    Path, typer.Option("--out", envvar="EHPILOT_OUT", help="构建目录 / build folder", show_default=str(DEFAULT_OUT))
]
ProfileName = Annotated[str, typer.Option("--profile", help="profiles/ 下的名称或目录 / name or folder")]
Landing = Annotated[Path, typer.Option("--landing", help="登陆目录 / landing folder")]
Format = Annotated[str, typer.Option("--format", help="table | json")]


def known_format(format: str) -> None:
    """Raise UsageError for a ``--format`` that is none."""
    if format not in ("table", "json"):
        raise UsageError(f"unknown --format {format}; use table or json / 未知的 --format {format}，可用 table 或 json")


def key_folder() -> None:
    """Raise UsageError where ``$EHPILOT_KEY_DIR`` is set and no folder."""
    folder = os.environ.get("EHPILOT_KEY_DIR")
    if folder and not Path(folder).is_dir():
        raise UsageError(
            f"EHPILOT_KEY_DIR names no folder: {folder}; make it or unset the variable / "
            f"EHPILOT_KEY_DIR 所指目录 {folder} 不存在，请新建或取消该变量"
        )


def date(text: str, option: str = "--as-of") -> datetime.date | None:
    """An option's text as a date, None where it was not given. Raises UsageError for what is none."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option} {text!r} is not a date; write YYYY-MM-DD / {option} {text!r} 不是日期，请写 YYYY-MM-DD"
        ) from error
