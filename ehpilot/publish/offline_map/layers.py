"""What the map shows, read from an edition: outlines, cells, sources, receptors, monitoring sites, and their words.

Coordinates are metres in the profile's metric system, whole numbers. A column is in the data of a public map only
where the register calls it public; people of cells follow the rules for small numbers (``meta.disclosure_rule``), so
that what may not be shown is not in the file either.

Does not belong here: files (``offline_map``), colours and drawing (``page/map.js``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import numpy as np
import shapely
from pyproj import Transformer

from ehpilot.reading.edition import EditionInfo, code_labels, has_table

GEOGRAPHIC = "EPSG:4490"
DIGITS = 3  # of a number on the map
SIMPLIFIED_M = 5.0  # outlines: below what a screen of the whole area shows
UNKNOWN = 0  # the grade 资料不足
_SMALL = "population"  # name of the rule for people in a cell

# Columns of a layer: (name on the map, table, column). The first two of each are its coordinates.
_SOURCE = (
    ("longitude", "core.dim_enterprise", "longitude"), ("latitude", "core.dim_enterprise", "latitude"),
    ("id", "core.dim_enterprise", "enterprise_id"), ("name", "core.dim_enterprise", "name"),
    ("industry", "core.dim_enterprise", "industry_name"), ("park", "core.dim_enterprise", "park_id"),
    ("grade", "risk_grade.source_grade", "grade"), ("chances", "risk_grade.source_grade", "grade_probabilities"),
    ("reasons", "risk_grade.source_grade", "reason_codes"), ("why", "risk_grade.source_grade", "reason_text"),
    ("next", "risk_grade.source_grade", "to_next_grade"),
    ("confidence", "risk_grade.source_grade", "data_confidence"),
    ("change", "risk_grade.source_grade", "change_reason"),
    ("colour", "risk_grade.risk_code", "colour"), ("open_problems", "risk_grade.risk_code", "open_problems"),
    ("air_kg", "inventory.risk_source", "emission_air_kg"), ("water_kg", "inventory.risk_source", "emission_water_kg"),
    ("toxic_kg", "inventory.risk_source", "toxicity_weighted_kg"),
    ("pollutants", "inventory.risk_source", "key_pollutants"),
)  # fmt: skip
_CELL = (
    ("x_m", "core.dim_grid_cell", "x_m"), ("y_m", "core.dim_grid_cell", "y_m"),
    ("id", "core.dim_grid_cell", "cell_id"), ("grade", "risk_grade.zone_grade", "grade"),
    ("zone", "risk_grade.zone_grade", "zone_kind"), ("people", "risk_grade.zone_grade", "population"),
    ("cancer_risk", "risk_grade.zone_grade", "cancer_risk"),
    ("hazard_index", "risk_grade.zone_grade", "hazard_index"),
    ("reasons", "risk_grade.zone_grade", "reason_codes"),
)  # fmt: skip
_RECEPTOR = (
    ("longitude", "core.dim_receptor", "longitude"), ("latitude", "core.dim_receptor", "latitude"),
    ("name", "core.dim_receptor", "name"), ("kind", "core.dim_receptor", "receptor_kind"),
    ("people", "core.dim_receptor", "population"),
)  # fmt: skip
_SITE = (
    ("longitude", "core.dim_monitoring_site", "longitude"), ("latitude", "core.dim_monitoring_site", "latitude"),
    ("name", "core.dim_monitoring_site", "name"), ("medium", "core.dim_monitoring_site", "medium"),
    ("role", "core.dim_monitoring_site", "site_role"),
)  # fmt: skip
_KEYS = {
    "core.dim_enterprise": "enterprise_id", "risk_grade.source_grade": "enterprise_id",
    "risk_grade.risk_code": "enterprise_id", "inventory.risk_source": "enterprise_id",
    "core.dim_grid_cell": "cell_id", "risk_grade.zone_grade": "cell_id",
    "core.dim_receptor": "receptor_id", "core.dim_monitoring_site": "site_id",
}  # fmt: skip
# Whose rows a layer has, where that is not the table of its coordinates: of all enterprises the risk sources.
_MAIN = {"core.dim_enterprise": "inventory.risk_source"}
# A cell's grade is for everybody: whom it concerns lives in it. Few people are suppressed, the grade stays.
_ALWAYS_PUBLIC = {("risk_grade.zone_grade", "grade"), ("risk_grade.zone_grade", "population")}
# Words of codes on the map, by column.
_CODE_SETS = {
    "reasons": ("grade_reason", "zone_reason"), "zone": ("zone_kind",), "colour": ("colour",),
    "confidence": ("band_and_confidence",), "kind": ("receptor_kind",), "medium": ("medium_of_environment",),
    "role": ("site_role",),
}  # fmt: skip


def read_layers(connection: duckdb.DuckDBPyConnection, *, is_public: bool) -> dict[str, Any]:
    """All layers of the edition that ``connection`` has open, ready for JSON:

    ``about`` (title, issuing unit, as-of date, metric system …), ``outlines`` (kind, label, name, rings in m), and
    ``sources``, ``cells``, ``receptors``, ``sites`` as ``{columns, rows}``, each row beginning with x and y in m."""
    facts = dict(connection.execute("select name, value from meta.edition_fact").fetchall())
    crs = facts["crs_metric"]
    project = Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
    may_show = _columns_to_show(connection, is_public)
    words = _Words(code_labels(connection))
    parks = dict(connection.execute("select area_id, name_cn from core.dim_area").fetchall())
    cells = _layer(connection, _CELL, may_show, words)
    if is_public:
        _suppress_people(connection, cells)
    layers = {
        name: _projected(_layer(connection, columns, may_show, words), project)
        for name, columns in (("sources", _SOURCE), ("receptors", _RECEPTOR), ("sites", _SITE))
    }
    _name_parks(layers["sources"], parks)
    return layers | {
        "cells": cells,
        "cell_m": _cell_size(connection),
        "outlines": _outlines(connection, project, words),
        "about": _about(connection, facts, crs, is_public),
    }


def read_moment(connection: duckdb.DuckDBPyConnection, layers: dict[str, Any], facts: EditionInfo) -> dict[str, Any]:
    """Grades of one edition, in the order of the rows of ``layers``: a digit each, 0 = unknown, - = not there then."""
    return {
        "edition": facts.edition_no,
        "as_of": str(facts.as_of or ""),
        "sources": _grades(connection, "risk_grade.source_grade", "enterprise_id", layers["sources"]),
        "cells": _grades(connection, "risk_grade.zone_grade", "cell_id", layers["cells"]),
    }


def _grades(connection: duckdb.DuckDBPyConnection, table: str, key: str, layer: dict[str, Any]) -> str:
    if not has_table(connection, table) or "id" not in layer["columns"] or "grade" not in layer["columns"]:
        return ""
    grades = dict(connection.execute(f"select {key}, coalesce(grade, {UNKNOWN}) from {table}").fetchall())
    place = layer["columns"].index("id")
    return "".join(str(grades.get(row[place], "-")) for row in layer["rows"])


class _Words:
    """Chinese words of codes; a code without a word stays as it is."""

    def __init__(self, labels: dict[tuple[str, str], str]):
        self._labels = labels

    def of(self, code_sets: Iterable[str], code: str) -> str:
        return next((self._labels[s, code] for s in code_sets if (s, code) in self._labels), code)

    def value(self, column: str, value: Any) -> Any:
        sets = _CODE_SETS.get(column)
        if sets is None or value is None:
            return value
        return [self.of(sets, code) for code in value] if isinstance(value, list) else self.of(sets, str(value))


def _columns_to_show(connection: duckdb.DuckDBPyConnection, is_public: bool) -> set[tuple[str, str]]:
    query = "select table_name, column_name from meta.table_column"
    if is_public:
        query += " where sensitivity = 'public'"
    shown = set(connection.execute(query).fetchall())
    return shown | _ALWAYS_PUBLIC if is_public else shown


def _layer(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[tuple[str, str, str]], may_show: set[tuple[str, str]],
    words: _Words,
) -> dict[str, Any]:  # fmt: skip
    """``{columns, rows}`` of the rows with a place; without columns where the coordinates may not be shown."""
    columns = [item for item in wanted if item[1:] in may_show and has_table(connection, item[1])]
    main = _MAIN.get(wanted[0][1], wanted[0][1])
    if columns[:2] != list(wanted[:2]) or not has_table(connection, main):
        return {"columns": [], "rows": []}
    others = dict.fromkeys(table for _, table, _ in columns if table != main)
    joins = "".join(
        f' left join {table} as "{table}" on "{table}".{_KEYS[table]} = "{main}".{_KEYS[main]}' for table in others
    )
    chosen = ", ".join(f'"{table}"."{column}" as "{name}"' for name, table, column in columns)
    placed = " and ".join(f'"{table}"."{column}" is not null' for _, table, column in wanted[:2])
    query = f'select {chosen} from {main} as "{main}"{joins} where {placed} order by "{main}".{_KEYS[main]}'
    names = [name for name, _, _ in columns]
    rows = [
        [*row[:2], *(_plain(words.value(name, value)) for name, value in zip(names[2:], row[2:], strict=True))]
        for row in connection.execute(query).fetchall()
    ]
    return {"columns": names, "rows": rows}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if not math.isfinite(value) else _rounded(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _rounded(value: float) -> float | int:
    """``DIGITS`` significant digits, and all those of the whole part."""
    return round(value) if abs(value) >= 10**DIGITS else float(f"{value:.{DIGITS}g}")


def _projected(layer: dict[str, Any], project: Transformer) -> dict[str, Any]:
    if not layer["columns"]:
        return layer
    layer["columns"][:2] = ["x_m", "y_m"]
    if layer["rows"]:
        x, y = project.transform([row[0] for row in layer["rows"]], [row[1] for row in layer["rows"]])
        for row, east, north in zip(layer["rows"], x, y, strict=True):
            row[:2] = [round(east), round(north)]
    return layer


def _name_parks(sources: dict[str, Any], parks: dict[str, str]) -> None:
    if "park" in sources["columns"]:
        place = sources["columns"].index("park")
        for row in sources["rows"]:
            row[place] = parks.get(row[place], row[place])


def _suppress_people(connection: duckdb.DuckDBPyConnection, cells: dict[str, Any]) -> None:
    """People of a cell below the threshold of ``meta.disclosure_rule`` become its replacement (``<10``)."""
    if "people" not in cells["columns"]:
        return
    rule = connection.execute(
        "select threshold, replacement from meta.disclosure_rule where column_name = ?", [_SMALL]
    ).fetchone()
    place = cells["columns"].index("people")
    for row in cells["rows"]:
        if rule is None:
            row[place] = None
        elif row[place] is not None and row[place] < rule[0]:
            row[place] = rule[1] or f"<{rule[0]:g}"


def _cell_size(connection: duckdb.DuckDBPyConnection) -> float:
    found = connection.execute("select max(size_m) from core.dim_grid_cell").fetchone()
    return float(found[0]) if found and found[0] else 0.0


def _outlines(connection: duckdb.DuckDBPyConnection, project: Transformer, words: _Words) -> list[dict[str, Any]]:
    rows = [
        (kind, words.of(("area_kind",), kind), name, wkt)
        for kind, name, wkt in connection.execute(
            "select area_kind, name_cn, geometry_wkt from core.dim_area where geometry_wkt is not null "
            "order by area_kind, area_id"
        ).fetchall()
    ]
    if has_table(connection, "core.map_feature"):
        rows += [
            (kind, words.of(("map_feature_kind",), kind), name, wkt)
            for kind, name, wkt in connection.execute(
                "select feature_kind, name_cn, geometry_wkt from core.map_feature order by feature_kind, feature_id"
            ).fetchall()
        ]
    return [
        {"kind": kind, "label": label, "name": name, "is_closed": closed, "lines": lines}
        for kind, label, name, wkt in rows
        for closed, lines in [_lines(wkt, project)]
        if lines
    ]


def _lines(wkt: str, project: Transformer) -> tuple[bool, list[list[list[int]]]]:
    """Whether the shape encloses an area, and its lines as x, y in m. A point has none."""
    shape = shapely.transform(
        shapely.from_wkt(wkt), lambda places: np.column_stack(project.transform(places[:, 0], places[:, 1]))
    )
    shape = shapely.simplify(shape, SIMPLIFIED_M)
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "LineString")]
    lines = [
        line for part in parts for line in ([part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part])
    ]
    return any(part.geom_type == "Polygon" for part in parts), [
        [[round(x), round(y)] for x, y in line.coords] for line in lines
    ]


def _about(
    connection: duckdb.DuckDBPyConnection, facts: dict[str, str], crs: str, is_public: bool
) -> dict[str, Any]:  # fmt: skip
    zone = facts.get("zone_name", "")
    edition_no, as_of, is_fictional = connection.execute(
        "select edition_no, as_of, is_fictional from meta.edition"
    ).fetchall()[0]
    return {
        "title": f"{zone}环境健康风险地图" + ("（公开版）" if is_public else ""),
        "issuing_unit": facts.get("issuing_unit", ""),
        "as_of": str(as_of or ""),
        "edition": edition_no,
        "is_fictional": bool(is_fictional),
        "is_public": is_public,
        "crs": crs,
        "unplaced": _unplaced(connection) if not is_public else 0,
    }


def _unplaced(connection: duckdb.DuckDBPyConnection) -> int:
    """Graded enterprises that have no place, and so no sign on the map."""
    if not has_table(connection, "risk_grade.source_grade"):
        return 0
    query = (
        "select count(*) from risk_grade.source_grade as graded inner join core.dim_enterprise as enterprise "
        "using (enterprise_id) where enterprise.longitude is null"
    )
    return int(connection.execute(query).fetchall()[0][0])
