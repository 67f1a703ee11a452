"""dbt as one step a stage that has models, one invocation of dbt each.

Does not belong here: which stages there are (``ehpilot.register``) and which a model has (dbt YAML), SQL (``dbt/``),
keys and groups of the models (``dagster_project.translator``).
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

from assets.run import BuildRun, is_whole
from assets.shapes import table_shape
from ehpilot.gates import GateResult
from ehpilot.register import STAGES, Register
from ehpilot.warehouse.column_lineage import add_table, column_lineage, warehouse_columns
from ehpilot.warehouse.dbt_run import DbtNode
from ehpilot.warehouse.steps import LayerResult

# A test runs when all tables that it reads are there; unit tests look at SQL, not data: `make test` runs them.
# dbt looks up the relations of the schemas that it builds in; those of all schemas would double the cost of a stage.
OPTIONS = ["--indirect-selection", "buildable", "--exclude-resource-type", "unit_test", "--cache-selected-only"]


def dbt_stages(register: Register, translator: DagsterDbtTranslator) -> list[dg.AssetsDefinition]:
    """One ``dbt build`` a stage, so that a gate can stand between two."""
    return [_stage(stage, register, translator) for stage in register.stages]


def _tests_apart(stage: str, register: Register) -> list[str]:
    """Tests of a stage's tables that read another table on which no model of the stage rests, such as the codes of a
    column: dbt takes such a test for one that must wait (``buildable``), unless it is named."""
    nodes, parents = register.manifest["nodes"], register.manifest["parent_map"]
    there = set()
    waiting = [table.unique_id for table in register.stages[stage]]
    while waiting:
        key = waiting.pop()
        if key not in there:
            there.add(key)
            waiting += parents.get(key, [])
    stage_of = {table.unique_id: table.stage.key for table in register.tables.values()}
    tests = {key: set(parents[key]) for key, node in nodes.items() if node["resource_type"] == "test"}
    return sorted(
        nodes[key]["name"]
        for key, reads in tests.items()
        if max((stage_of.get(table, "") for table in reads), default="") == stage and not reads <= there
    )


def in_order(gate: str) -> dict[str, str]:
    """Tags of a step of a stage: of the steps that could run, that of the earliest stage does."""
    number = next((stage.number for stage in STAGES if stage.key == gate), 0)
    return {"dagster/priority": str(-number)}


def _stage(stage: str, register: Register, translator: DagsterDbtTranslator) -> dg.AssetsDefinition:
    seeds = ["resource_type:seed"] if stage == STAGES[0].key else []
    select = [*seeds, f"config.meta.stage:{stage}", *_tests_apart(stage, register)]

    @dbt_assets(
        manifest=register.manifest,
        select=" ".join(select),
        name=f"dbt_{stage}",
        dagster_dbt_translator=translator,
        op_tags=in_order(stage),
    )
    def build(context: dg.AssetExecutionContext, run: BuildRun) -> Iterator[Any]:
        refuse_after_a_broken_gate(run)
        if not is_whole(context.run):
            run.build.require_upstream(".".join(key.path) for key in context.selected_asset_keys)
        selected = get_updated_cli_invocation_params_for_context(context, register.manifest, translator)
        steps = run.build.run_dbt(stage, [*OPTIONS, *selected.selection_args])
        columns = warehouse_columns(next(steps))
        done = yield from _events(steps, columns, context, register, translator)
        if not done.success:
            raise dg.Failure(f"dbt build of {stage} failed: {done.error}")

    return build


def refuse_after_a_broken_gate(run: BuildRun) -> None:
    """Raises Failure where a gate of this run found an error: Dagster stops what reads the table that failed, but a
    later stage that reads others is not to be built either."""
    results = [result for result in run.build.gate_results if isinstance(result, GateResult)]
    broken = [result.gate for result in results if not result.passed]
    if broken:
        names = ", ".join(broken)
        raise dg.Failure(f"not built, as the gate {names} is broken / 质量闸 {names} 未通过，不再建设")


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
