"""The edition as assets: public tables, quality page, sealing.

Does not belong here: how an edition is written (``ehpilot.publish``), documents (``assets.reports``).
"""

from collections.abc import Iterator

import dagster as dg

from assets.run import SEALED, BuildRun
from ehpilot.publish import confirmation_sheets
from ehpilot.publish.marts import PublishedTable
from ehpilot.register import Register

MARTS = dg.AssetKey(["edition", "marts"])
QUALITY = dg.AssetKey(["edition", "quality_page"])
SHEETS = dg.AssetKey(["edition", "confirmation_sheets"])
CODES = dg.AssetKey(["edition", "codes"])
MAP = dg.AssetKey(["edition", "offline_map"])
GEOGRAPHIC = dg.AssetKey(["edition", "geographic"])
OWNERS = ["team:data_engineering"]
MONTHS = dg.DynamicPartitionsDefinition(name="month_of_series")


def publish_assets(register: Register, report_keys: list[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """Marts → quality page and documents → sealed edition."""
    public = [dg.AssetKey([table.schema, table.name]) for table in register.public_tables.values()]

    of_codes = [dg.AssetKey(["risk_grade", name]) for name in ("risk_code", "risk_code_ledger")]
    of_sheets = [dg.AssetKey(table.split(".")) for table in confirmation_sheets.TABLES]
    specs = [
        dg.AssetSpec(
            MARTS, deps=public, group_name="edition", owners=OWNERS, kinds={"duckdb", "parquet"},
            description="公开表写入新版次。Public tables copied into the edition under construction.",
        ),
        dg.AssetSpec(
            SHEETS, deps=of_sheets, group_name="edition", owners=OWNERS, kinds={"excel"},
            description="企业核对表。One pre-filled workbook a risk source, to be confirmed and returned.",
        ),
        dg.AssetSpec(
            CODES, deps=of_codes, group_name="edition", owners=OWNERS, kinds={"json"},
            description="风险码。Signed code, QR and list of codes, to be verified offline.",
        ),
    ]  # fmt: skip

    @dg.multi_asset(name="edition_tables", specs=specs)
    def edition_tables(context: dg.AssetExecutionContext, run: BuildRun) -> Iterator[dg.MaterializeResult]:
        tables, sheets, codes = run.build.publish()
        for table in tables:
            tell_months(context, table)
        facts = {"tables": len(tables), "dagster/row_count": sum(table.rows for table in tables)}
        yield dg.MaterializeResult(MARTS, metadata=facts)
        yield dg.MaterializeResult(SHEETS, metadata={"sheets": len(sheets)})
        yield dg.MaterializeResult(CODES, metadata={"files": len(codes)})

    @dg.asset(key=QUALITY, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"html"})
    def edition_quality_page(run: BuildRun) -> dg.MaterializeResult:
        """质量闸结果页。One offline page with the results of all gates and dbt tests."""
        path = run.build.once_sealed(run.build.write_quality_page())
        return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(str(path))})

    @dg.asset(key=GEOGRAPHIC, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"geopackage", "parquet"})
    def edition_geographic(run: BuildRun) -> dg.MaterializeResult:
        """空间数据。GeoPackage and GeoParquet of what has a place, for GIS programs."""
        return dg.MaterializeResult(metadata={"files": len(run.build.write_geographic())})

    @dg.asset(key=MAP, deps=[MARTS, *report_keys], group_name="edition", owners=OWNERS, kinds={"html"})
    def edition_offline_map(run: BuildRun) -> dg.MaterializeResult:
        """离线互动地图。One folder that opens from disk: sources, cells, receptors, sites, earlier editions."""
        return dg.MaterializeResult(metadata={"files": len(run.build.write_map())})

    @dg.asset(
        key=SEALED,
        deps=[MARTS, QUALITY, SHEETS, CODES, GEOGRAPHIC, MAP, *report_keys],
        group_name="edition",
        owners=OWNERS,
        kinds={"python"},
    )
    def edition_sealed(run: BuildRun) -> dg.MaterializeResult:
        """封存并发布版次。The edition summed, renamed, and pointed to by ``latest``; none where nothing changed."""
        folder = run.build.seal()
        return dg.MaterializeResult(metadata={"edition": folder.name, "path": str(folder)})

    return [edition_tables, edition_quality_page, edition_geographic, edition_offline_map, edition_sealed]


def series_specs(register: Register) -> list[dg.AssetSpec]:
    """The months of each hourly series as partitions, told by every build that publishes them: nobody materializes them
    one by one, since a build reads all files."""
    return [
        dg.AssetSpec(
            months_key(table.full_name), deps=[MARTS], partitions_def=MONTHS, group_name="edition", owners=OWNERS,
            kinds={"parquet"}, description=f"{table.full_name}，按月一个文件。One Parquet file a month, with its rows.",
        )
        for table in register.public_tables.values()
        if table.is_series
    ]  # fmt: skip


def months_key(table: str) -> dg.AssetKey:
    """Asset of the months of a series ``schema.table``."""
    return dg.AssetKey(["edition", table.split(".")[1]])


def tell_months(context: dg.AssetExecutionContext, table: PublishedTable) -> None:
    """Say of each month of a published series how many rows it has and whether its file is the previous edition's."""
    months = [month for month in table.months if month.rows]
    if months:
        context.instance.add_dynamic_partitions(MONTHS.name, [month.month for month in months])
    for month in months:
        facts = {"dagster/row_count": month.rows, "is_unchanged": month.is_unchanged}
        context.log_event(dg.AssetMaterialization(months_key(table.name), partition=month.month, metadata=facts))
