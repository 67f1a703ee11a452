"""dbt as three assets, one invocation a gate: staging, marts, report.

Does not belong here: SQL (``dbt/``), keys and groups of the models (``dagster_project.translator``).
"""

import contextlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from sqlglot.errors import SqlglotError
from sqlglot.schema import MappingSchema

from assets.run import BuildRun
from ehpilot.column_lineage import column_lineage, warehouse_columns
from ehpilot.gates import dbt_outcomes, record_outcomes
from ehpilot.register import Register

LAYERS = {
    "staging": "resource_type:seed fqn:ehpilot.staging",
    "marts": "fqn:ehpilot.intermediate fqn:ehpilot.marts",
    "report": "fqn:ehpilot.report",
}

# Tests of tables that a later invocation makes wait for it; unit tests look at SQL, not data: `make test` runs them.
BUILD = ["build", "--indirect-selection", "buildable", "--exclude-resource-type", "unit_test"]


def dbt_layers(register: Register, translator: DagsterDbtTranslator) -> list[dg.AssetsDefinition]:
    """One ``dbt build`` a layer, so that a gate can stand between two."""
    return [_layer(layer, select, register, translator) for layer, select in LAYERS.items()]


def _layer(layer: str, select: str, register: Register, translator: DagsterDbtTranslator) -> dg.AssetsDefinition:
    @dbt_assets(
        manifest=register.manifest,
        select=select,
        name=f"dbt_{layer}",
        dagster_dbt_translator=translator,
    )
    def build(context: dg.AssetExecutionContext, dbt: DbtCliResource, run: BuildRun) -> Iterator[Any]:
        invocation = dbt.cli(BUILD, context=context, raise_on_error=False)
        with _words_to(run.build.workspace.work / f"dbt_{layer}.log"):
            events = list(invocation.stream())
        results = _run_results(invocation)
        _record_tests(results, layer, run, register)
        with run.build.open() as con:
            yield from _described(events, con, register.manifest["nodes"], _queries(results, register))
        if not invocation.is_successful():
            raise invocation.get_error() or dg.Failure(f"dbt build of {layer} failed")

    return build


@contextlib.contextmanager
def _words_to(path: Path) -> Iterator[None]:
    """dbt's own words go to a file of the build folder, not between the lines of progress."""
    with path.open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        yield


def _run_results(invocation: Any) -> list[dict[str, Any]]:
    """What dbt says of each node it ran; nothing when it failed before the first."""
    path = invocation.target_path / "run_results.json"
    return json.loads(path.read_text(encoding="utf-8"))["results"] if path.exists() else []


def _record_tests(results: list[dict[str, Any]], layer: str, run: BuildRun, register: Register) -> None:
    """Results of dbt's tests stand beside those of the gates, in ``meta.check_result``."""
    with run.build.open() as con:
        outcomes = dbt_outcomes({"results": results}, register.manifest, f"dbt:{layer}", con=con)
        record_outcomes(con, outcomes, run.build.run_id, run.build.started_at, replace_gate=f"dbt:{layer}")
    run.build.gate_results.extend(outcomes)


def _queries(results: list[dict[str, Any]], register: Register) -> dict[str, str]:
    """Compiled SQL by node; Python models have none."""
    nodes = register.manifest["nodes"]
    models = {key for key, node in nodes.items() if node["resource_type"] == "model" and node["language"] == "sql"}
    return {item["unique_id"]: item["compiled_code"] or "" for item in results if item["unique_id"] in models}


def _described(
    events: Iterable[Any], con: duckdb.DuckDBPyConnection, nodes: Mapping[str, Any], queries: Mapping[str, str]
) -> Iterator[Any]:
    """The same events with row count, columns and their sources, read once dbt's process has let go of the file."""
    columns = warehouse_columns(con)
    for event in events:
        if isinstance(event, dg.Output):
            unique_id = str(event.metadata["unique_id"].value)
            node = nodes[unique_id]
            known = {**_shape(node["schema"], node["alias"], con), **_lineage(queries.get(unique_id), columns)}
            yield event.with_metadata({**event.metadata, **known})
        else:
            yield event


def _shape(schema: str, name: str, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Row count (of tables) and columns of a model or seed as it stands in the warehouse."""
    found = con.execute(
        "select estimated_size from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
    ).fetchone()
    rows = found[0] if found else None
    columns = con.execute(
        "select column_name, data_type, comment from duckdb_columns() where schema_name = ? and table_name = ?",
        [schema, name],
    ).fetchall()
    shape = [dg.TableColumn(column, kind.lower(), description=note) for column, kind, note in columns]
    counted = {} if rows is None else {"dagster/row_count": dg.MetadataValue.int(rows)}
    return {**counted, "dagster/column_schema": dg.TableSchema(columns=shape)}


def _lineage(sql: str | None, columns: MappingSchema) -> dict[str, Any]:
    """Column lineage of a model; none for seeds and Python models. SQL that can't be read costs a warning, no build."""
    if not sql:
        return {}
    try:
        found = column_lineage(sql, columns)
    except SqlglotError as error:
        logging.getLogger(__name__).warning("column lineage unknown: %s", error)
        return {}
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey([item.schema, item.table]), item.column) for item in sources]
        for column, sources in found.items()
        if sources
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(deps_by_column=deps)}
