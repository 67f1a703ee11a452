"""dbt as three assets, one invocation a gate: staging, marts, report.

Does not belong here: SQL (``dbt/``), keys and groups of the models (``dagster_project.translator``).
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from sqlglot.errors import SqlglotError
from sqlglot.schema import MappingSchema

from assets.run import BuildRun
from assets.shapes import table_shapes
from ehpilot.column_lineage import column_lineage, warehouse_columns
from ehpilot.dbt_run import DbtRun
from ehpilot.gates import dbt_outcomes, record_outcomes
from ehpilot.register import Register

LAYERS = {
    "staging": "resource_type:seed fqn:ehpilot.staging",
    "marts": "fqn:ehpilot.intermediate fqn:ehpilot.marts",
    "report": "fqn:ehpilot.report",
}

# Tests of tables that a later invocation makes wait for it; unit tests look at SQL, not data: `make test` runs them.
OPTIONS = ["--indirect-selection", "buildable", "--exclude-resource-type", "unit_test"]


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
    def build(context: dg.AssetExecutionContext, run: BuildRun) -> Iterator[Any]:
        selected = get_updated_cli_invocation_params_for_context(context, register.manifest, translator)
        done = run.build.run_dbt(layer, [*OPTIONS, *selected.selection_args])
        _record_tests(done.results, layer, run, register)
        with run.build.open() as con:
            yield from _described(
                _events(done, context, register, translator),
                con,
                register.manifest["nodes"],
                _queries(done.results, register),
            )
        if not done.success:
            raise dg.Failure(f"dbt build of {layer} failed: {done.error}")

    return build


def _events(
    done: DbtRun, context: dg.AssetExecutionContext, register: Register, translator: DagsterDbtTranslator
) -> Iterator[Any]:
    """What dagster-dbt makes of dbt's messages: outputs of models and seeds, results of tests."""
    for message in done.messages:
        event = DbtCoreCliEventMessage(raw_event=message, event_history_metadata={})
        yield from event.to_default_asset_events(register.manifest, translator, context)


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
    """The same events with row count, columns and their sources, read once dbt has let go of the file."""
    columns, shapes = warehouse_columns(con), table_shapes(con)
    for event in events:
        if isinstance(event, dg.Output):
            unique_id = str(event.metadata["unique_id"].value)
            node = nodes[unique_id]
            known = {**shapes.get((node["schema"], node["alias"]), {}), **_lineage(queries.get(unique_id), columns)}
            yield event.with_metadata({**event.metadata, **known})
        else:
            yield event


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
