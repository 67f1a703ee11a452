"""Raw layer: the inventory of the landing folder, one asset op a source, and the facts of the build.

All from the register: a new source needs no line here. Does not belong here: how a file is read (``ehpilot.landing``).
"""

from collections.abc import Iterator

import dagster as dg

from assets.run import INVENTORY, BuildRun
from assets.shapes import exact_count
from ehpilot.register import RawTable, Register

BUILD = dg.AssetKey(["intake", "build"])
CHECK_RESULTS = dg.AssetKey(["intake", "check_result"])
OWNERS = ["team:data_engineering"]


def raw_assets(register: Register) -> list[dg.AssetsDefinition]:
    """Inventory, one multi-asset a source, and the facts of the build."""
    sources = sorted({table.source for table in register.raw_tables.values()})
    loaders = [_source_assets(source, register.raw_tables_of(source)) for source in sources]
    return [landing_inventory, *loaders, _build_facts(register), _check_results(register)]


@dg.asset(
    key=INVENTORY,
    group_name="raw",
    kinds={"python", "duckdb"},
    owners=OWNERS,
    description="登陆目录的文件清单：路径、哈希、版式、状态。Every file under landing/ with hash, form and state.",
)
def landing_inventory(run: BuildRun) -> dg.MaterializeResult:
    """List and hash the files."""
    counts = run.build.start()
    return dg.MaterializeResult(metadata={"files": sum(counts.values()), **counts})


def _source_assets(source: str, tables: list[RawTable]) -> dg.AssetsDefinition:
    @dg.multi_asset(name=f"load_{source}", specs=[_raw_spec(table) for table in tables])
    def load(run: BuildRun) -> Iterator[dg.MaterializeResult]:
        report = run.build.load(source)
        for table in tables:
            rows = report.rows[table.name]
            yield dg.MaterializeResult(asset_key=list(table.asset_key), metadata={"dagster/row_count": rows})

    return load


def _raw_spec(table: RawTable) -> dg.AssetSpec:
    columns = [
        dg.TableColumn(c.name, c.data_type, description=f"{c.label} {c.unit or ''} {c.description}".strip())
        for c in table.columns
    ]
    return dg.AssetSpec(
        key=list(table.asset_key),
        deps=[INVENTORY],
        group_name="raw",
        kinds={"python", "duckdb"},
        owners=[f"team:{table.owner}"] if table.owner else None,
        description=f"{table.label}。{table.description}",
        metadata={"dagster/column_schema": dg.TableSchema(columns=columns)},
        tags={"source": table.source, "sensitivity": table.sensitivity},
    )


def _build_facts(register: Register) -> dg.AssetsDefinition:
    """Facts that are known when all files are read; they stand in tables so that models can join them."""
    known = register.intake_tables.values()
    tables = [dg.AssetKey(list(table.asset_key)) for table in known if table.written_by in ("landing", "build")]
    deps = [INVENTORY, *(dg.AssetKey(list(table.asset_key)) for table in register.raw_tables.values())]
    specs = [_intake_spec(register, key, deps) for key in tables]

    @dg.multi_asset(name="settle_build", specs=specs)
    def settle(run: BuildRun) -> Iterator[dg.MaterializeResult]:
        facts = run.build.settle()
        shown: dict[str, str | int] = {name: str(value) for name, value in facts.items() if value is not None}
        con = run.build.warehouse.open()
        counts = {key: exact_count(con, *key.path) for key in tables}
        for key in tables:
            more = shown if key == BUILD else {}
            yield dg.MaterializeResult(asset_key=key, metadata={"dagster/row_count": counts[key], **more})

    return settle


def _check_results(register: Register) -> dg.AssetsDefinition:
    """Written by every gate and every dbt invocation of a run, so no step of its own makes this table."""
    return dg.AssetsDefinition(specs=[_intake_spec(register, CHECK_RESULTS, [])])


def _intake_spec(register: Register, key: dg.AssetKey, deps: list[dg.AssetKey]) -> dg.AssetSpec:
    """A table of the intake's books as the register declares it."""
    table = register.intake_tables[key.path[-1]]
    columns = [dg.TableColumn(c.name, c.data_type, description=c.description) for c in table.columns]
    return dg.AssetSpec(
        key=key,
        deps=deps,
        group_name="raw",
        kinds={"python", "duckdb"},
        owners=OWNERS,
        description=f"{table.label}。{table.description}",
        metadata={"dagster/column_schema": dg.TableSchema(columns=columns)},
    )
