"""The coefficient manual as files for machines and desks: CSV, datapackage.json, one workbook of all coefficients.

``coefficients/`` of an edition. ``factors.csv`` holds what may be published and nothing of any single plant; another
area puts it into its profile's ``factors/`` and its next build knows the factors as published before
(``ehpilot.facts.factors``). The file is the release: its version is the as-of date of the edition.

Does not belong here: deriving factors (dbt, kernels), the printed manual (``quarto_reports``)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from ehpilot.reading import edition as reading
from ehpilot.reading.edition import has_table, open_marts

FOLDER = "coefficients"
FACTORS_FILE, WORKBOOK, PACKAGE = "factors.csv", "系数手册.xlsx", "datapackage.json"
FICTION = f"{reading.FICTION_MARK}，不得引用 / fictional demonstration data, not to be cited"
COPYRIGHT = (
    "储罐公式（AP-42第7.1节）版权属美国石油学会，商业使用受限 / "
    "the tank equations of AP-42 section 7.1 are the American Petroleum Institute's; commercial use is restricted"
)
FACTOR_COLUMNS = (
    "factor_id", "version", "process_id", "product", "feedstock", "scale_class", "stage", "medium", "pollutant_id",
    "control_state", "technology_id", "factor", "unit", "ci_low", "ci_high", "prediction_low", "prediction_high", "gsd",
    "factor_activity_weighted", "weighted_low", "weighted_high", "n_enterprises", "n_observations",
    "nondetect_rate", "method", "interval_method", "rating", "representativeness", "factor_quality_index",
    "applicability", "reference_factor", "reference_source",
)  # fmt: skip
# file → title, table, columns, which rows, order
TABLES: dict[str, tuple[str, str, Sequence[str], str, str]] = {
    FACTORS_FILE: (
        "产排污系数", "emission_factor.factor", FACTOR_COLUMNS, "is_published and factor is not null",
        "process_id, stage nulls first, medium, pollutant_id, control_state, technology_id nulls first, factor_id",
    ),
    "reference_factors.csv": (
        "已发布系数", "emission_factor.reference_factor",
        (
            "factor_id", "version", "origin_kind", "process_id", "product", "stage", "medium", "pollutant_id",
            "control_state", "factor", "unit", "factor_low", "factor_high", "is_interval_stated", "rating",
            "representativeness", "region", "source", "verified",
        ),
        "true", "process_id, pollutant_id, factor_id, version",
    ),
    "abatement.csv": (
        "去除效率", "emission_factor.abatement",
        (
            "technology_id", "name_cn", "medium", "pollutant_class", "pollutant_id", "efficiency", "efficiency_low",
            "efficiency_high", "n", "k_formula", "cross_media", "cost_class", "source", "verified",
        ),
        "true", "technology_id, pollutant_class, pollutant_id",
    ),
    "reduction_options.csv": (
        "减排技术", "emission_factor.reduction_option",
        (
            "process_id", "stage", "medium", "pollutant_id", "name_cn", "technology_id", "technology", "measure_stage",
            "efficiency", "efficiency_low", "efficiency_high", "n", "efficiency_basis", "cost_class", "cross_media",
            "k_formula", "is_new_pollutant", "source", "verified",
        ),
        "true", "process_id, stage, medium, pollutant_id, technology_id",
    ),
    "accounting_methods.csv": (
        "核算方法", "emission_factor.accounting_method",
        (
            "process_id", "stage", "medium", "method", "variant", "priority", "equation", "conditions",
            "uncertainty_class", "source_ref", "verified",
        ),
        "true", "process_id, stage, medium, priority, method, variant",
    ),
}  # fmt: skip
_KINDS = {"DOUBLE": "number", "INTEGER": "integer", "BOOLEAN": "boolean"}


def write_of(building: Path) -> list[Path]:
    """Write ``coefficients/`` of a building edition; returns its files, none where the edition has no manual."""
    facts = reading.info(building)
    with open_marts(building) as connection:
        if not has_table(connection, "emission_factor.factor"):
            return []
        found = {name: _rows(connection, *parts[1:]) for name, parts in TABLES.items()}
    folder = Path(building) / FOLDER
    folder.mkdir(exist_ok=True)
    paths = [_write_csv(folder / name, header, rows) for name, (header, _, rows) in found.items()]
    package = _package(folder, found, facts)
    (folder / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    book = _write_workbook(folder / WORKBOOK, found, facts.as_of, facts.is_fictional)
    return [*paths, folder / PACKAGE, book]


def _rows(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], which: str, order: str
) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
    """Names, types and rows of one file."""
    answer = connection.execute(f"select {', '.join(columns)} from {table} where {which} order by {order}")
    kinds = [_KINDS.get(str(column[1]), "string") for column in answer.description or ()]
    return list(columns), kinds, answer.fetchall()


def _write_csv(path: Path, header: list[str], rows: list[tuple[Any, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_text(value) for value in row] for row in rows)
    return path


def _text(value: Any) -> str:
    """A value that reads back as the same: shortest exact form of a number, '' for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _package(folder: Path, found: dict[str, tuple[list[str], list[str], list[tuple[Any, ...]]]], facts: Any) -> dict:
    mark = f"{FICTION}. " if facts.is_fictional else ""
    resources = []
    for name, (header, kinds, _) in found.items():
        fields = [{"name": column, "type": kind} for column, kind in zip(header, kinds, strict=True)]
        resources.append(
            {
                "name": name.removesuffix(".csv"), "title": TABLES[name][0], "path": name, "format": "csv",
                "encoding": "utf-8", "profile": "tabular-data-resource",
                "hash": f"sha256:{hashlib.sha256((folder / name).read_bytes()).hexdigest()}",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )  # fmt: skip
    return {
        "name": f"ehpilot-factors-{facts.profile}".lower().replace("_", "-"),
        "title": "合成材料制造行业新污染物产排污系数 / emission factors of synthetic materials",
        "description": f"{mark}{COPYRIGHT}",
        "version": str(facts.as_of),
        "profile": "tabular-data-package",
        "resources": resources,
    }


def _write_workbook(
    path: Path, found: dict[str, tuple[list[str], list[str], list[tuple[Any, ...]]]], as_of: Any, is_fictional: bool
) -> Path:
    """All tables in one workbook, a sheet each; the date in it is the edition's, so that bytes repeat."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    day = dt.date.fromisoformat(str(as_of)[:10])
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "系数手册", "created": dt.datetime(day.year, day.month, day.day)})
        bold = book.add_format({"bold": True})
        notes = book.add_worksheet("说明")
        lines = [
            f"版本 {day}",
            *([FICTION] if is_fictional else []),
            COPYRIGHT,
            "空白为未知；标注 memory 的为凭记忆，待核",
        ]
        for number, line in enumerate(lines):
            notes.write_string(number, 0, line)
        for name, (header, _, rows) in found.items():
            sheet = book.add_worksheet(TABLES[name][0])
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(header):
                sheet.write_string(0, place, column, bold)
            for line_no, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    _write_cell(sheet, line_no, place, value)
    return path


def _write_cell(sheet: Any, line: int, place: int, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        sheet.write_string(line, place, _text(value))
    else:
        sheet.write_number(line, place, value)
