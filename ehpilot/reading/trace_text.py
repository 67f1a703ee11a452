"""A trace as lines that a person reads: one a row on the way, one an end, indented by level.

Does not belong here: following (``trace``), printing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

KIND_WORDS = {"file": "文件 file", "seed": "参考表 seed", "decision": "决定 decision", "profile": "区域设定 profile"}


def trace_lines(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of the entries of ``ehpilot.reading.trace.trace``; a row is named once, its ends stand under it."""
    last = None
    for entry in entries:
        indent = "  " * int(entry["level"])
        row = (entry["level"], entry["table"], entry["key"])
        if entry["kind"] is None:
            last = row
            yield indent + _row_words(entry)
            continue
        if row != last:
            last = row
            yield indent + _row_words({**entry, "column": None, "text": None})
        yield f"{indent}  ← {_end_words(entry)}"


def _row_words(entry: Mapping[str, Any]) -> str:
    if entry["key"] is None:
        return f"… {entry['table']}: {entry['text']}"
    cell = f"  {entry['column']} = {_value(entry['value'])}" if entry["column"] else ""
    share = f"  ({entry['share']:.1%})" if entry["share"] is not None and entry["level"] else ""
    note = f"  {entry['text']}" if entry["text"] else ""
    return f"{entry['table']} [{entry['key']}]{cell}{share}{note}"


def _end_words(entry: Mapping[str, Any]) -> str:
    place = [KIND_WORDS[entry["kind"]], entry["path"] or ""]
    if entry["sheet"]:
        place.append(f"工作表 {entry['sheet']}")
    if entry["row"] is not None:
        place.append(f"第 {entry['row']}–{entry['last_row']} 行" if "last_row" in entry else f"第 {entry['row']} 行")
    if entry["field"]:
        place.append(f"[{entry['field']}]")
    text = f" “{entry['text']}”" if entry["text"] is not None else ""
    column = f"  → {entry['column']}" if entry["column"] else ""
    return " ".join(place) + text + column


def _value(value: Any) -> str:
    return "null" if value is None else str(value)
