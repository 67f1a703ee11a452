"""Which table names an id, so that the quality page prints the name; of a row without a name the facts that tell it.

Queries run over the tables that an edition, or the working database of an unfinished build, has by then: what is not
there names nothing. Does not belong here: words of codes and of heads (``page_words``).
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

_ENTERPRISES = ("enterprise_id", "held_enterprise_id", "driver_enterprise_id", "candidate_id")
_AREAS = ("area_id", "park_id", "parent_id", "burden_area_id", "street_id")
_PLACES = ("place_id", "max_place_id")
_SITES, _TECHNOLOGIES = ("site_id", "moved_site_id"), ("technology_id", "efficiency_technology_id")
_RECEPTORS = ("receptor_id", "nearest_receptor_id", *_PLACES)
_CELL = "format('网格（东经{:.4f}°，北纬{:.4f}°）', longitude, latitude)"
_OWNER = " left join core.dim_enterprise as enterprise using (enterprise_id)"
_NUMBER = "replace(replace(split_part(outlet_id, ':', 2), 'fugitive', '无组织'), 'site', '全厂')"
_OUTLET = f"concat_ws(' · ', enterprise.name, coalesce(outlet_name, {_NUMBER}))"
_WORKSHOP = "concat_ws(' · ', enterprise.name, split_part(place_id, ':', 3))"
# Id columns, table, its id, the name. A number that an office gives (indicator, station, permit) stays beside it.
_NAMES = (
    (_ENTERPRISES, "core.dim_enterprise", "enterprise_id", "name"),
    (("permit_no",), "core.dim_enterprise", "permit_no", "concat(permit_no, ' ', name)"),
    (_RECEPTORS, "core.dim_receptor", "receptor_id", "name"),
    (("cell_id", *_PLACES), "core.dim_grid_cell", "cell_id", _CELL),
    (_PLACES, "core.dim_monitoring_site", "site_id", "name"),
    (_PLACES, "exposure.occupational" + _OWNER, "place_id", _WORKSHOP),
    (("process_id",), "core.dim_process", "process_id", "name_cn"),
    (_AREAS, "core.dim_area", "area_id", "name_cn"),
    (("indicator_id",), "green_index.indicator", "indicator_id", "concat(indicator_id, ' ', name_cn)"),
    (("deliverable_id",), "pilot.deliverable", "deliverable_id", "concat(deliverable_id, ' ', name_cn)"),
    (_TECHNOLOGIES, "emission_factor.abatement", "technology_id", "name_cn"),
    (("zone_id",), "risk_grade.zone", "zone_id", "name_cn"),
    (("scenario_id",), "risk_grade.scenario_definition", "scenario_id", "scenario_cn"),
    (("project_id",), "exposure.project", "project_id", "concat_ws(' · ', name, scenario)"),
    (("parameter_id",), "meta.parameter_used", "parameter_id", "label_cn"),
    (("limit_id",), "core.environmental_limit", "limit_id", "concat_ws(' · ', standard_code, parameter_cn)"),
    (_SITES, "core.dim_monitoring_site", "site_id", "name"),
    (_SITES, "core.dim_monitoring_site", "site_id[3:]", "concat(site_id[3:], ' ', name)"),
    (("outlet_id",), "core.dim_outlet" + _OWNER, "outlet_id", _OUTLET),
)  # fmt: skip
_OF_FACTOR = ("process_id", "stage", "medium", "pollutant_id", "control_state")
# Of rows that have no name: id column, table, and the columns whose words tell which row it is.
_FACTS = (
    ("factor_id", "emission_factor.factor", (*_OF_FACTOR, "scale_class")),
    ("factor_id", "emission_factor.reference_factor", _OF_FACTOR),
    ("pair_id", "emission_factor.pair", ("enterprise_id", "process_id", "stage", "pollutant_id", "period")),
    ("scenario_id", "emission_factor.technology_scenario", ("process_id", "technology_id")),
    ("problem_id", "risk_grade.problem", ("enterprise_id", "found_at")),
    ("claim_id", "inventory.emission_claim", ("enterprise_id", "outlet_id", "pollutant_id", "year")),
    ("result_id", "exposure.monitoring_result", ("site_id", "pollutant_id", "sampled_at")),
)

Facts = tuple[tuple[str, str], ...]


def names(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Names by id column and id."""
    found: dict[str, dict[str, str]] = {}
    for columns, table, key, name in _NAMES:
        named = {
            id: word for id, word in _rows(con, f"select {key}, any_value({name}) from {table} group by 1") if word
        }
        for column in columns:
            found[column] = {**named, **found.get(column, {})}
    return found


def facts(con: duckdb.DuckDBPyConnection, wanted: dict[str, set[str]]) -> dict[str, dict[str, Facts]]:
    """By id column and id the facts (column, value) that tell the row, of the ``wanted`` ids."""
    found: dict[str, dict[str, Facts]] = {}
    for column, table, told in _FACTS:
        ids = sorted(wanted.get(column, ()))
        query = f"select {column}, {', '.join(told)} from {table} where list_contains(?, {column})"
        for key, *values in _rows(con, query, ids) if ids else ():
            said = tuple((name, str(value)) for name, value in zip(told, values, strict=True) if value is not None)
            found.setdefault(column, {}).setdefault(key, said)
    return found


def _rows(con: duckdb.DuckDBPyConnection, query: str, *values: object) -> Iterator[tuple[str, ...]]:
    try:
        yield from con.execute(query, list(values)).fetchall()
    except duckdb.CatalogException:
        return
