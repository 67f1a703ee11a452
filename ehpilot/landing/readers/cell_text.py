"""Typed cells of a workbook as texts, a column at a time.

Numbers as the shortest text that reads back as the same number ("3", "0.1"), dates ISO, booleans TRUE and FALSE.
Does not belong here: reading of texts as values (``ehpilot.landing.values``).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_NULL = pa.scalar(None, pa.string())


def text_column(cells: Sequence[Any]) -> pa.Array:
    """One column of cells as texts; an empty text is null."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return _null_if_empty(pa.array(cells, pa.string()))
    if kinds == {float}:
        return number_texts(np.array(cells, dtype=np.float64))
    objects = np.empty(len(cells), dtype=object)
    objects[:] = cells
    type_ids = np.fromiter(map(id, map(type, cells)), dtype=np.int64, count=len(cells))
    if kinds == {str, float}:
        return _null_if_empty(_words_and_numbers(objects, type_ids == id(float)))
    texts = np.empty(len(cells), dtype=object)
    for kind in kinds:
        rows = np.flatnonzero(type_ids == id(kind))
        texts[rows] = _texts_of_kind(kind, objects[rows])
    return _null_if_empty(pa.array(texts, pa.string()))


def _null_if_empty(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), _NULL, texts)


def _words_and_numbers(cells: np.ndarray, is_number: np.ndarray) -> pa.Array:
    """A column of numbers under a header, or with a word here and there, without a Python object for each text."""
    numbers = np.zeros(len(cells))
    numbers[is_number] = cells[is_number].astype(np.float64)
    return pc.if_else(pa.array(is_number), number_texts(numbers), pa.array(cells, pa.string(), mask=is_number))


def _texts_of_kind(kind: type, cells: np.ndarray) -> Any:
    if kind is str:
        return cells
    if kind is float:
        return np.array(number_texts(cells.astype(np.float64)).to_pylist(), dtype=object)
    if kind is bool:
        return np.where(cells.astype(bool), "TRUE", "FALSE").astype(object)
    if kind is datetime.datetime:
        return [_moment_text(cell) for cell in cells]
    if kind is datetime.timedelta:
        return [_duration_text(cell) for cell in cells]
    if kind in (datetime.date, datetime.time):
        return [cell.isoformat() for cell in cells]
    return [None if cell is None else str(cell) for cell in cells]


def number_texts(numbers: np.ndarray) -> pa.Array:
    """Shortest texts of float64 numbers; whole numbers without a point, up to 2^63 without an exponent."""
    with np.errstate(invalid="ignore"):
        whole = (np.abs(numbers) < 2.0**63) & (numbers == np.trunc(numbers))
    integers = pa.array(np.where(whole, numbers, 0.0).astype(np.int64)).cast(pa.string())
    if whole.all():
        return integers
    return pc.if_else(pa.array(whole), integers, pa.array(numbers).cast(pa.string()))


def percent_text(number: float) -> str:
    """A fraction as a percent text without rounding: 0.07 is ``7%``."""
    return f"{(Decimal(repr(float(number))) * 100).normalize():f}%"


def _moment_text(moment: datetime.datetime) -> str:
    """ISO with a blank; rounded to the second, which is what a sheet's day fraction can hold."""
    if moment.microsecond:
        moment = (moment + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
    return moment.isoformat(sep=" ")


def _duration_text(duration: datetime.timedelta) -> str:
    """Elapsed time as ``24:00:00``."""
    seconds = round(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
