"""The last published coefficient manual of an area, CSV files in its profile, as rows of ``intake.released_factor``.

The files stand in ``factors/``. A build uses factors of seeds and of a release that was published before, never those
that it derives itself, so that there is no circle. The files are part of the profile and thus of the input hash. A
release is what ``ehpilot.publish.factor_release`` writes; of several the one with the newest version counts.

Does not belong here: writing a release, which factor is used for what (dbt models).
"""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.profile import Profile

FOLDER = "factors"
TEXTS = (
    "factor_id", "version", "process_id", "product", "feedstock", "scale_class", "stage", "medium", "pollutant_id",
    "control_state", "technology_id", "unit", "rating", "representativeness", "interval_method",
)  # fmt: skip
NUMBERS = ("factor", "ci_low", "ci_high", "prediction_low", "prediction_high", "n_enterprises")
REQUIRED = ("factor_id", "version", "process_id", "medium", "pollutant_id", "control_state", "factor", "unit")


def factor_rows(profile: Profile) -> list[dict[str, Any]]:
    """Rows of ``intake.released_factor`` in the order of the file. UsageError for a file without a required column or
    value, a factor that is no number above 0, or one that stands twice."""
    paths = [path for folder in profile.folders for path in sorted((folder / FOLDER).glob("*.csv"))]
    releases = [rows for path in paths if (rows := _read(path))]
    return max(releases, key=lambda rows: str(rows[0]["version"])) if releases else []


def _read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(
                f"{path.name}: a release of factors needs the column {missing[0]} / "
                f"{path.name}：系数发布文件缺少 {missing[0]} 列"
            )
        rows = [_row(path, number, row) for number, row in enumerate(reader, start=2)]
    first: dict[str, int] = {}
    for row in rows:
        before = first.setdefault(row["factor_id"], row["line"])
        if before != row["line"]:
            raise UsageError(
                f"{path.name} line {row['line']}: factor {row['factor_id']} stands in line {before} already / "
                f"{path.name} 第 {row['line']} 行：系数 {row['factor_id']} 与第 {before} 行重复"
            )
    return rows


def _row(path: Path, line: int, row: dict[str, str]) -> dict[str, Any]:
    empty = [name for name in REQUIRED if not (row[name] or "").strip()]
    if empty:
        raise UsageError(f"{path.name} line {line}: {empty[0]} is empty / {path.name} 第 {line} 行：{empty[0]} 为空")
    numbers = {name: _number(path, line, name, row.get(name) or "") for name in NUMBERS}
    if not 0 < (numbers["factor"] or 0) < math.inf:
        raise UsageError(
            f"{path.name} line {line}: the factor must be above 0 / {path.name} 第 {line} 行：系数必须大于0"
        )
    texts = {name: (row.get(name) or "").strip() or None for name in TEXTS}
    return {**texts, **numbers, "file": path.name, "line": line}


def _number(path: Path, line: int, name: str, text: str) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text)
        if name != "factor" and not math.isfinite(number):
            raise ValueError(text)
        return number
    except ValueError as error:
        raise UsageError(
            f"{path.name} line {line}: {name} is no number: {text!r} / "
            f"{path.name} 第 {line} 行：{name} 不是数字：{text!r}"
        ) from error
