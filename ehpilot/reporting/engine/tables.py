"""Pipe tables of the helpers as pandoc's own tree, so that pandoc need not parse them (0.1 ms a cell, most of the time
of a document) and filters need not walk through them: they see a table without rows, whose place ``tables.lua`` fills.

Only tables of the helpers' strict form are lifted (inert words, bold words, spans with quoted attributes); whatever
else stands in a table leaves that table to pandoc. The tree is the one that pandoc itself reads (a test compares).

Does not belong here: making the tables (``reporting.markdown``), what filters do to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Tree = dict[str, Any]

_PLACE, _COLUMN_COUNT, _ROW_COUNT = "press-table", "press-columns", "press-rows"
_REMEMBERED = 20_000  # cells: labels, sources and states of a series repeat by the hundred
_COLUMNS = 72  # pandoc's default --columns: a table with a longer line has the widths of its separator line
_SEPARATOR = re.compile(r"^\|(?::?-+:?\|)+$")
# What markdown.inert leaves: letters, digits, spaces, references. Possessive, for no other split of a text can match.
_TEXT = r"(?:[^\x00-\x1f!-/:-@\[-`{-~\x7f]++|&#\d{2,3};)"
_SPAN = rf'\[({_TEXT}*+)\]\{{\.([a-z]+)((?: data-[a-z]+="{_TEXT}*+")*)\}}'
_ALIGN = {(False, False): "AlignDefault", (True, False): "AlignLeft", (False, True): "AlignRight",
          (True, True): "AlignCenter"}  # fmt: skip
_CELL = re.compile(rf"(?:{_SPAN}|\*\*({_TEXT}++)\*\*|({_TEXT}*+))")
_MARKS = [(f"&#{number};", chr(number)) for number in range(33, 127) if not chr(number).isalnum()]
_ATTRIBUTE = re.compile(r' (data-[a-z]+)="([^"]*)"')


def lift(text: str) -> tuple[str, list[Tree]]:
    """The Markdown with a numbered place for each lifted table, and the tables."""
    lines = text.split("\n")
    kept: list[str] = []
    tables: list[Tree] = []
    position = 0
    while position < len(lines):
        end = _end(lines, position)
        table = _table(lines[position:end]) if end else None
        if table:
            kept.append(f"::: {{.{_PLACE} number={len(tables)}}}\n:::")
            tables.append(table)
        else:
            end = end or position + 1
            kept += lines[position:end]
        position = end
    return "\n".join(kept), tables


def _end(lines: list[str], start: int) -> int:
    """Line after the table that begins here, 0 where none does."""
    if start + 1 >= len(lines) or not lines[start].startswith("| ") or not _SEPARATOR.match(lines[start + 1]):
        return 0
    return next((n for n in range(start, len(lines)) if not lines[n].startswith("|")), len(lines))


def stub(number: int, table: Tree) -> Tree:
    """What stands for a lifted table while filters work: a table without rows that says which one and how large."""
    empty: Tree = ["", [], []]  # type: ignore[assignment]
    column = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    size = [[_COLUMN_COUNT, str(len(table["c"][2]))], [_ROW_COUNT, str(len(table["c"][4][0][3]))]]
    place = ["", [], [[_PLACE, str(number)], *size]]
    return {"t": "Table", "c": [place, [None, []], [column], [empty, []], [[empty, 0, [], []]], [empty, []]]}


def as_plain(table: Tree) -> Tree:
    """A lifted table whose cells are texts only: no origins, and one word for many, for formats that print no more."""
    attributes, caption, columns, header, bodies, footer = table["c"]
    known: dict[int, Tree] = {}  # by identity: equal cells share their content (_cell)

    def block(item: Tree) -> Tree:
        place = id(item["c"])
        if place not in known:
            known[place] = _plain_block(item)
        return known[place]

    def row(item: list[Any]) -> list[Any]:
        return [item[0], [[*cell[:4], [block(part) for part in cell[4]]] for cell in item[1]]]

    head = [header[0], [row(item) for item in header[1]]]
    body = [[*bodies[0][:3], [row(item) for item in bodies[0][3]]]]
    return {"t": "Table", "c": [attributes, caption, columns, head, body, footer]}


def _plain_block(block: Tree) -> Tree:
    words = block["c"]
    if len(words) == 1 and words[0]["t"] == "Span":
        words = words[0]["c"][1]
    if words and words[0]["t"] == "Strong":
        return {"t": "Plain", "c": [{"t": "Strong", "c": _joined(words[0]["c"])}]}
    return {"t": "Plain", "c": _joined(words)}


def _joined(words: list[Tree]) -> list[Tree]:
    text = "".join(word.get("c", " ") for word in words)
    return [{"t": "Str", "c": text}] if text else []


def put_back(tree: Tree, tables: list[Tree]) -> None:
    """Put each table into its place in a document as pandoc gives it (JSON), in place."""
    for blocks in _lists(tree["blocks"]):
        for position, block in enumerate(blocks):
            if isinstance(block, dict) and block.get("t") == "Div" and _PLACE in block["c"][0][1]:
                blocks[position] = tables[int(dict(block["c"][0][2])["number"])]


def _lists(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        yield node
        for item in node:
            yield from _lists(item)
    elif isinstance(node, dict) and node.get("t") in ("Div", "BlockQuote", "Figure"):
        yield from _lists(node["c"])


def _table(lines: list[str]) -> Tree | None:
    rows = [[_cell(cell) for cell in line[2:-2].split(" | ")] for line in (lines[0], *lines[2:])]
    marks = lines[1].strip("|").split("|")
    if any(len(row) != len(marks) or None in row for row in rows):
        return None
    aligns = [_ALIGN[mark[0] == ":", mark[-1] == ":"] for mark in marks]
    total = sum(len(mark) for mark in marks)
    is_wide = max(len(line) for line in lines[1:2]) > _COLUMNS
    widths = [{"t": "ColWidth", "c": len(mark) / total} if is_wide else {"t": "ColWidthDefault"} for mark in marks]
    made = [_row(row) for row in rows]
    empty: Tree = ["", [], []]  # type: ignore[assignment]
    columns = [[{"t": align}, width] for align, width in zip(aligns, widths, strict=True)]
    body = [empty, 0, [], made[1:]]
    return {"t": "Table", "c": [empty, [None, []], columns, [empty, [made[0]]], [body], [empty, []]]}


def _row(cells: list[Any]) -> list[Any]:
    content = [[["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}] if cell else []]
               for cell in cells]  # fmt: skip
    return [["", [], []], content]


@lru_cache(maxsize=_REMEMBERED)
def _cell(text: str) -> list[Tree] | None:
    """The content of a cell; the same object for the same text, so that nobody may change it."""
    found = _CELL.fullmatch(text.strip())
    if not found:
        return None
    content, css_class, attributes, bold, plain = found.groups()
    if css_class:
        facts = [[name, _unescaped(value)] for name, value in _ATTRIBUTE.findall(attributes)]
        return [{"t": "Span", "c": [["", [css_class], facts], _words(content)]}]
    return [{"t": "Strong", "c": _words(bold)}] if bold else _words(plain)


def _unescaped(text: str) -> str:
    """Plain text of what ``markdown.inert`` made; a chain of replacements is far quicker than html.unescape here."""
    if "&#" in text:
        for reference, mark in _MARKS:
            text = text.replace(reference, mark)
    return text


def _words(text: str) -> list[Tree]:
    words: list[Tree] = []
    for word in text.split(" "):
        words += [{"t": "Space"}, {"t": "Str", "c": _unescaped(word)}] if word else []
    return words[1:]
