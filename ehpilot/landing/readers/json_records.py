"""JSON files as grids: lists of objects at a path, parents' scalars carried down, thead/tbody arrays.

Belongs here: finding the records of a JSON text. Does not belong here: GeoJSON (``features``), HTML in cells (values).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ehpilot.landing.grid import HEAD_ROWS, FileRefused, Grid, head_of, table_of
from ehpilot.landing.readers.container import open_bytes
from ehpilot.landing.readers.csv_records import text_columns
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.sniffed import Sniffed

_ASSIGNMENT = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*")
Record = dict[str, Any]


def open_json(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """The one grid of a JSON file; row number = index of the record from 1. ``options['json']``: path, thead, tbody.

    ``FileRefused``: FILE-TRUNCATED if the text is no whole JSON, NO-HEADER if nothing stands at the path.
    """
    with open_bytes(path, sniffed.is_gzip) as file:
        document = parse_json(file.read().decode(sniffed.encoding))
    where: Mapping[str, str] = options.get("json") or {}
    names, rows = extract(document, where)
    columns = text_columns([["" if cell is None else cell for cell in row] for row in rows], len(names))
    table = table_of(columns, pa.array(range(1, len(rows) + 1), pa.int64()))
    yield Grid(
        con, "json", "", len(rows), len(names), [list(names), *head_of(table, HEAD_ROWS - 1)],
        list(range(0, min(len(rows), HEAD_ROWS - 1) + 1)), header_is_given=True, encoding=sniffed.encoding,
        _table=lambda: table,
    )  # fmt: skip


def parse_json(text: str) -> Any:
    """The document of a JSON or JavaScript text (``var x = [...];``)."""
    body = text.removeprefix("\ufeff")
    body = _ASSIGNMENT.sub("", body, count=1) if not body.lstrip().startswith(("{", "[", '"')) else body
    try:
        document, end = json.JSONDecoder().raw_decode(body.lstrip())
    except json.JSONDecodeError as error:
        raise FileRefused("FILE-TRUNCATED", f"JSON在第{error.lineno}行中断或有误，请重新下载或导出") from error
    except RecursionError as error:
        raise FileRefused("FILE-TYPE", "JSON嵌套过深，不能读取") from error
    rest = body.lstrip()[end:].strip().strip(";").strip()
    if rest:
        raise FileRefused("FILE-TYPE", "JSON之后还有其他内容，不能读取")
    return document


def extract(document: Any, where: Mapping[str, str]) -> tuple[list[str], list[list[str | None]]]:
    """Column names and rows of texts. Without a path: the document if it is a list, else its longest list of
    objects.
    """
    if where.get("tbody"):
        return _from_arrays(document, where)
    if where.get("path"):
        records = list(_walk(document, _steps(where["path"]), {}))
    else:
        records = [_flat(item) for item in _main_list(document)]
    if not records:
        raise FileRefused("NO-HEADER", "JSON中没有找到记录")
    names = list(dict.fromkeys(name for record in records for name in record))
    return names, [[_text(record.get(name)) for name in names] for record in records]


def _from_arrays(document: Any, where: Mapping[str, str]) -> tuple[list[str], list[list[str | None]]]:
    head, body = _at(document, where.get("thead", "")), _at(document, where["tbody"])
    if not isinstance(body, list) or not isinstance(head, list):
        raise FileRefused("NO-HEADER", "JSON中没有找到表头或表体")
    names = [re.sub(r"<[^<>]*>", "", str(name)).strip() for name in head]
    width = len(names)
    rows = [[_text(cell) for cell in (row if isinstance(row, list) else [row])] for row in body]
    widest = max([width, *(len(row) for row in rows)])
    names += [f"column_{i + 1}" for i in range(width, widest)]
    return names, [row + [None] * (widest - len(row)) for row in rows]


def _at(document: Any, path: str) -> Any:
    for key in filter(None, path.split(".")):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _steps(path: str) -> list[str]:
    """``outlets[].pollutants[]`` as steps; ``[]`` alone is the document's own list."""
    return re.findall(r"\[\]|[^.\[\]]+", path)


def _walk(node: Any, steps: Sequence[str], carried: Record) -> Iterator[Record]:
    """Records at the end of the path, each with the scalars of its parents; a name that both have gets the parent's
    step.
    """
    if isinstance(node, list) and (not steps or steps[0] != "[]"):
        steps = ["[]", *steps]
    if not steps:
        record = _flat(node)
        yield {**{k: v for k, v in carried.items() if k not in record}, **record}
        return
    if steps[0] == "[]":
        for item in node if isinstance(node, list) else []:
            yield from _walk(item, steps[1:], carried)
        return
    if not isinstance(node, dict) or node.get(steps[0]) is None:
        return
    scalars = {key: value for key, value in node.items() if not isinstance(value, dict | list)}
    yield from _walk(node[steps[0]], steps[1:], {**carried, **scalars})


def _flat(item: Any, prefix: str = "") -> Record:
    """An object with nested objects as ``a.b``; a list stays one cell of JSON text."""
    if not isinstance(item, dict):
        return {prefix.rstrip(".") or "value": item}
    flat: Record = {}
    for key, value in item.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _main_list(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        lists = [
            value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        return max(lists, key=len) if lists else [document]
    return []


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
