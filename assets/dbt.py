"""dbt as three assets, one invocation a gate: staging, marts, report.

Does not belong here: SQL (``dbt/``), keys and groups of the models (``dagster_project.translator``).
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets

from assets.run import BuildRun
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
        _record_tests(invocation, layer, run, register)
        with run.build.open() as con:
            yield from (_with_row_count(event, con) for event in events)
        if not invocation.is_successful():
            raise invocation.get_error() or dg.Failure(f"dbt build of {layer} failed")

    return build


@contextlib.contextmanager
def _words_to(path: Path) -> Iterator[None]:
    """dbt's own words go to a file of the build folder, not between the lines of progress."""
    with path.open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        yield


def _record_tests(invocation: Any, layer: str, run: BuildRun, register: Register) -> None:
    """Results of dbt's tests stand beside those of the gates, in ``meta.check_result``."""
    path = invocation.target_path / "run_results.json"
    if not path.exists():
        return
    results = json.loads(path.read_text(encoding="utf-8"))
    with run.build.open() as con:
        outcomes = dbt_outcomes(results, register.manifest, f"dbt:{layer}", con=con)
        record_outcomes(con, outcomes, run.build.run_id, run.build.started_at, replace_gate=f"dbt:{layer}")
    run.build.gate_results.extend(outcomes)


def _with_row_count(event: Any, con: duckdb.DuckDBPyConnection) -> Any:
    """The same event with the table's row count and columns, read once dbt's process has let go of the file."""
    if not isinstance(event, dg.Output):
        return event
    unique_id = str((event.metadata.get("unique_id") or dg.MetadataValue.text("")).value)
    parts = unique_id.split(".")
    name = parts[-1]
    found = con.execute(
        """select schema_name, estimated_size from duckdb_tables() where table_name = ?
        and schema_name not in ('raw', 'intake') union all
        select schema_name, null from duckdb_views() where view_name = ? and not internal""",
        [name, name],
    ).fetchone()
    if found is None:
        return event
    schema, rows = found
    columns = con.execute(
        "select column_name, data_type, comment from duckdb_columns() where schema_name = ? and table_name = ?",
        [schema, name],
    ).fetchall()
    metadata = dict(event.metadata)
    if rows is not None:
        metadata["dagster/row_count"] = dg.MetadataValue.int(rows)
    metadata["dagster/column_schema"] = dg.TableSchema(
        columns=[dg.TableColumn(column, kind.lower(), description=note) for column, kind, note in columns]
    )
    return dg.Output(
        value=event.value, output_name=event.output_name, metadata=metadata, data_version=event.data_version
    )
