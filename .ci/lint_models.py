"""sqlfluff as ``make lint-sql`` runs it on the files it is given: its own findings, without work that cannot find any.

Does not belong here: what is a finding (``.sqlfluff``).
"""

from __future__ import annotations

from typing import Any

from sqlfluff.cli.commands import cli
from sqlfluff.rules.layout.LT05 import Rule_LT05

from ehpilot.executors import collect_seldom

_look_for_long_lines = Rule_LT05._eval


def _look_where_there_are(self: Any, context: Any) -> Any:
    """The rule lays a whole file out again before it looks at one line: a fifth of the time of a lint."""
    file = context.templated_file
    lines = [line for text in (file.source_str, file.templated_str) for line in text.splitlines()]
    return (
        _look_for_long_lines(self, context)
        if max(map(len, lines), default=0) > context.config.get("max_line_length")
        else None
    )


Rule_LT05._eval = _look_where_there_are
# Trees are garbage in circles; looking for them seldom spares a quarter of the time, and sqlfluff's own workers (-p)
# can't be told to.
collect_seldom()
cli()
