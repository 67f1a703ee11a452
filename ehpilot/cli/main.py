"""The command line: its commands, what stands before a command, the environment of them all.

Does not belong here: a command's own arguments and words (one file a group beside this), exit codes and the form of
errors (``exits``).
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ehpilot.cli import account, build, code, doctor, documents, edition, exits, forms, new, sample, ui
from ehpilot.executors import collect_seldom

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")

COMMANDS = (
    build.demo, build.check, build.build, ui.ui, documents.report, edition.approve, edition.diff, edition.sql,
    edition.trace, account.account, doctor.doctor, forms.forms,
)  # fmt: skip

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(edition.app, name="editions")
app.add_typer(new.app, name="new")
app.add_typer(code.app, name="code")
app.add_typer(sample.app, name="sample")
for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Run a command to its exit code."""
    collect_seldom()
    exits.run(app)


@app.callback()
def options(lang: Annotated[str, typer.Option("--lang", help="zh | en")] = "") -> None:
    """环境与健康试点数据仓库。A warehouse for environment-and-health pilot areas: files in, sealed editions out."""
    if lang:
        exits.choose_language(lang)
