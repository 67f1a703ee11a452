"""Rows on the screen, or as JSON for programs.

Does not belong here: sentences (``exits``).
"""

from __future__ import annotations

import json
import sys
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from ehpilot.cli.options import known_format


def emit(rows: list[dict[str, Any]], format: str) -> None:
    """Print rows as ``--format`` says."""
    known_format(format)
    if format == "json":
        print_json(rows)
    else:
        print_rows(rows, list(rows[0]) if rows else [])


def print_json(value: Any) -> None:
    """Print a value for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_rows(rows: list[dict[str, Any]], columns: list[str]) -> None:
    """Print these columns of rows as a table."""
    table = Table(show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(c) is None else str(row.get(c)) for c in columns))
    # Into a pipe or a file there is no screen whose width must be kept.
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 200).print(table)
