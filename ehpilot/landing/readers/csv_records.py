"""The reference csv engine: records as Python's csv module (strict) reads them, with row numbers and raw texts of
rejects.

Belongs here: records, widths, delimiters, rejects. Does not belong here: files and encodings, DuckDB.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.grid import HEAD_ROWS, REJECT_SCHEMA, FileRefused, table_of

csv.field_size_limit(1 << 25)  # a record may be 16 MB (vocabulary.yml), the module's default is 128 KB

_WRAPPED = re.compile(r'\s*="([^"]*)"\s*')
_NOTHING = " \t\r\n\x0b\x0c\x85\xa0\u3000\u200b\ufeff\x00\x1a"  # blanks, and what old programs end a file with
DELIMITERS = (",", "\t", ";", "|")
OTHER_ENCODING = "本行的编码与文件其余部分不同（UTF-8夹在GBK中），请用同一种编码重新导出"
BROKEN_QUOTES = "引号使用不正确"


@dataclass
class Records:
    """Records of a csv text. ``numbers[i]`` is the row number of ``fields[i]``; blank lines and broken records stand
    apart.
    """

    fields: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    raw: dict[int, str] = field(default_factory=dict)
    blanks: list[int] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)
    n_records: int = 0
    delimiter: str = ","

    def put_aside(self, numbers: Sequence[int]) -> None:
        """Take records in another encoding than the file's out of the fields."""
        wanted = set(numbers)
        rows = [(n, fields) for n, fields in zip(self.numbers, self.fields, strict=True)]
        self.odd = [(n, self.delimiter.join(fields)) for n, fields in rows if n in wanted]
        self.numbers = [n for n, _ in rows if n not in wanted]
        self.fields = [fields for n, fields in rows if n not in wanted]


def truncated() -> FileRefused:
    """The refusal of a csv file whose last quote is never closed."""
    return FileRefused("FILE-TRUNCATED", "文件在引号内中断（不完整或引号未闭合），请重新导出")


def iterate(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | None, str]]:
    """(row number, fields or None if its quotes are broken, raw text) of each record, blank lines as empty lists."""
    current: list[str] = []

    def remember() -> Iterator[str]:
        for line in lines:
            current.append(line)
            yield line

    reader = csv.reader(remember(), delimiter=delimiter, strict=True)
    number = 0
    while True:
        current.clear()
        try:
            fields: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise truncated() from error
            fields = None
        number += 1
        yield number, fields, "".join(current).rstrip("\r\n")


def read_records(lines: Iterable[str], delimiter: str, limit: int | None = None, is_head: bool = False) -> Records:
    """Reads records into memory. ``is_head``: the text is only the beginning, so an open quote at its end is no
    fault.
    """
    records = Records(delimiter=delimiter)
    try:
        for number, fields, raw in iterate(lines, delimiter):
            records.n_records = number
            if fields is None:
                records.broken.append((number, raw))
            elif is_blank(fields):
                records.blanks.append(number)
            else:
                records.fields.append([_unwrapped(text) for text in fields] if '="' in raw else fields)
                records.numbers.append(number)
                if '"' in raw or "\n" in raw or "\r" in raw:
                    records.raw[number] = raw
            if limit is not None and len(records.fields) >= limit:
                break
    except FileRefused:
        if not is_head:
            raise
    return records


def _unwrapped(text: str) -> str:
    """The text of ``="0012"``, by which portals keep Excel from reading a number."""
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1] if wrapped else text


def guess_delimiter(text: str) -> str:
    """The delimiter that splits most of the first lines into the same number (> 1) of fields; a comma if none does."""
    lines = text.splitlines()[:HEAD_ROWS]
    best, best_score = ",", 0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            widths.update(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if fields)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda item: (item[0] > 1) * item[1], default=(1, 0))
        score = count * 1000 + min(width, 999) if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def guess_table(records: Records, width: int | None = None) -> tuple[int, int]:
    """First row and width of the table: the most common width (the greater of equals) of the first records."""
    widths = Counter(len(fields) for fields in records.fields[: HEAD_ROWS * 4])
    if not widths:
        return 1, width or 1
    wanted = width or max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))[0]
    numbered = zip(records.numbers, records.fields, strict=True)
    return next((number for number, fields in numbered if fit(fields, wanted) is not None), 1), wanted


def is_blank(fields: list[str] | None) -> bool:
    """True for a blank line, or one of blanks only."""
    return fields is not None and (not fields or (len(fields) == 1 and not fields[0].strip(_NOTHING)))


def holds_nothing(fields: list[str] | None) -> bool:
    """True for a record of blank fields only: of another width than the table it is a blank line, not a reject."""
    return fields is not None and not any(field.strip(_NOTHING) for field in fields)


def width_message(found: int, expected: int) -> str:
    """A clerk's message for a record of another width."""
    return f"本行有{found}个字段，应为{expected}个"


def fit(fields: list[str], width: int) -> list[str] | None:
    """The fields of a record of the table's width; more are allowed only if they are empty. None: another width."""
    if len(fields) == width:
        return fields
    if len(fields) > width and not any(fields[width:]):
        return fields[:width]
    return None


def text_columns(rows: list[list[str]], width: int) -> list[pa.Array]:
    """Columns of texts; an empty text is null."""
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)] if rows else []
    columns = columns or [pa.array([], pa.string()) for _ in range(width)]
    return [pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column) for column in columns]


def records_table(records: Records, first_row: int, width: int) -> tuple[pa.Table, pa.Table]:
    """The relation of all records from ``first_row`` on that have ``width`` fields, and the rejects. Records of another
    width that hold nothing join ``records.blanks``.
    """
    rows, numbers, rejects, blanks = [], [], [], set(records.blanks)
    for number, fields in zip(records.numbers, records.fields, strict=True):
        if number < first_row:
            continue
        fitted = fit(fields, width)
        if fitted is None and holds_nothing(fields):
            blanks.add(number)
        elif fitted is None:
            raw = records.raw.get(number)
            text = raw if raw is not None else records.delimiter.join(fields)
            rejects.append((number, "FIELD-COUNT", text, width_message(len(fields), width)))
        else:
            rows.append(fitted)
            numbers.append(number)
    rejects += [(number, "FIELD-COUNT", raw, BROKEN_QUOTES) for number, raw in records.broken if number >= first_row]
    rejects += [(number, "ENCODING", raw, OTHER_ENCODING) for number, raw in records.odd if number >= first_row]
    rejects.sort()
    records.blanks = sorted(blanks)
    return table_of(text_columns(rows, width), pa.array(numbers, pa.int64())), rejects_table(rejects)


def rejects_table(rejects: list[tuple[int, str, str, str]]) -> pa.Table:
    """Rejects as the table that ``Grid.rejects`` holds."""
    columns = list(zip(*rejects, strict=True)) or [(), (), (), ()]
    return pa.Table.from_arrays(
        [pa.array(c, t) for c, t in zip(columns, REJECT_SCHEMA.types, strict=True)], schema=REJECT_SCHEMA
    )
