"""Small pieces of SQL that the intake builds its queries from.

Belongs here: quoting, and tests on texts that are fast in DuckDB. Does not belong here: queries.
"""

from __future__ import annotations

from collections.abc import Sequence

BLANKS = " \t\r\n\x0b\x0c\u00a0\u3000\u200b\ufeff"


def quote(name: str) -> str:
    """SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """SQL string literal."""
    return "null" if text is None else "'" + text.replace("'", "''") + "'"


def trimmed(expression: str) -> str:
    """SQL: text without blanks of any width at its ends."""
    return f"trim({expression}, {literal(BLANKS)})"


def filled(expression: str) -> str:
    """SQL: the text is not blank (null: not true). Trimming is dear; CASE spares it texts that begin with a visible
    sign."""
    return f"case when {visible_start(expression)} then true else {trimmed(expression)} <> '' end"


def visible_start(expression: str) -> str:
    """SQL: the first letter is ASCII or Chinese and no blank."""
    return f"({expression} between '!' and '~' or {expression} between '一' and '龥')"


def text_list(texts: Sequence[str | None]) -> str:
    """SQL list literal of texts."""
    return "[" + ", ".join(f"{literal(text)}::varchar" if text is None else literal(text) for text in texts) + "]"
