"""dbt as three assets, one invocation a gate: staging, marts, report.

Does not belong here: SQL (``dbt/``), keys and groups of the models (``dagster_project.translator``).
"""

import logging
from collections.abc import Generator, Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from sqlglot.errors import SqlglotError
from sqlglot.schema import MappingSchema

from assets.run import BuildRun
from assets.shapes import table_shape
from ehpilot.register import Register
from ehpilot.warehouse.column_lineage import add_table, column_lineage, warehouse_columns
from ehpilot.warehouse.dbt_run import DbtNode
from ehpilot.warehouse.steps import LayerResult

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
        steps = run.build.run_dbt(layer, [*OPTIONS, *selected.selection_args])
        columns = warehouse_columns(next(steps))
        done = yield from _events(steps, columns, context, register, translator)
        if not done.success:
            raise dg.Failure(f"dbt build of {layer} failed: {done.error}")

    return build


def _events(
    steps: Generator[DbtNode, None, LayerResult], columns: MappingSchema, context: dg.AssetExecutionContext,
    register: Register, translator: DagsterDbtTranslator,
) -> Generator[Any, None, LayerResult]:  # fmt: skip
    """What dagster-dbt makes of dbt's messages while dbt goes on: outputs of models and seeds, with row count, columns
    and their sources; results of tests. ``columns`` learns each model that is made."""
    while True:
        try:
            ended = next(steps)
        except StopIteration as end:
            return end.value
        event = DbtCoreCliEventMessage(raw_event=ended.message, event_history_metadata={})
        for found in event.to_default_asset_events(register.manifest, translator, context):
            if isinstance(found, dg.Output):
                node = register.manifest["nodes"][found.metadata["unique_id"].value]
                known = {**table_shape(ended.columns, ended.rows, node), **_lineage(ended.sql, columns)}
                add_table(columns, (node["database"], node["schema"], node["alias"]), ended.columns)
                yield found.with_metadata({**found.metadata, **known})
            else:
                yield found


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
