"""The edition as assets: public tables, quality page, sealing.

Does not belong here: how an edition is written (``ehpilot.publish``), documents (``assets.reports``).
"""

from collections.abc import Iterator

import dagster as dg

from assets.months import MARTS, OWNERS, tell_months
from assets.run import SEALED, BuildRun
from ehpilot.publish import confirmation_sheets
from ehpilot.register import Register

QUALITY = dg.AssetKey(["edition", "quality_page"])
SHEETS = dg.AssetKey(["edition", "confirmation_sheets"])
CODES = dg.AssetKey(["edition", "codes"])
COEFFICIENTS = dg.AssetKey(["edition", "coefficients"])
MAP = dg.AssetKey(["edition", "offline_map"])
GEOGRAPHIC = dg.AssetKey(["edition", "geographic"])
# of risk_grade: what codes and their pages, packages for other platforms, letters and the supervision list are made of
OF_CODES = (
    "risk_code",
    "risk_code_ledger",
    "source_grade",
    "problem",
    "supervision_list",
    "zone",
    "platform_enterprise",
)


def publish_assets(register: Register, report_keys: list[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """Marts → quality page, products and documents → sealed edition."""
    return [_tables(register), *_products(report_keys), _sealed(report_keys)]


def _tables(register: Register) -> dg.AssetsDefinition:
    """Public tables with what is written while they are copied."""
    public = [dg.AssetKey([table.schema, table.name]) for table in register.public_tables.values()]
    of_codes = [dg.AssetKey(["risk_grade", name]) for name in OF_CODES]
    of_codes.append(dg.AssetKey(["exposure", "monitoring_plan"]))
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
            description="风险码、交换包、函件、监管清单。Signed codes, packages, letters, supervision list.",
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

    return edition_tables


def _products(report_keys: list[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """What is made of the copied tables beside documents."""

    @dg.asset(key=QUALITY, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"html"})
    def edition_quality_page(run: BuildRun) -> dg.MaterializeResult:
        """质量闸结果页。One offline page with the results of all gates and dbt tests."""
        path = run.build.once_sealed(run.build.write_quality_page())
        return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(str(path))})

    @dg.asset(key=COEFFICIENTS, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"csv", "excel"})
    def edition_coefficients(run: BuildRun) -> dg.MaterializeResult:
        """系数手册发布文件。Released factors as CSV, data package and workbook, for another area to load."""
        return dg.MaterializeResult(metadata={"files": len(run.build.write_coefficients())})

    @dg.asset(key=GEOGRAPHIC, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"geopackage", "parquet"})
    def edition_geographic(run: BuildRun) -> dg.MaterializeResult:
        """空间数据。GeoPackage and GeoParquet of what has a place, for GIS programs."""
        return dg.MaterializeResult(metadata={"files": len(run.build.write_geographic())})

    @dg.asset(key=MAP, deps=[MARTS, *report_keys], group_name="edition", owners=OWNERS, kinds={"html"})
    def edition_offline_map(run: BuildRun) -> dg.MaterializeResult:
        """离线互动地图。One folder that opens from disk: sources, cells, receptors, sites, earlier editions."""
        return dg.MaterializeResult(metadata={"files": len(run.build.write_map())})

    return [edition_quality_page, edition_coefficients, edition_geographic, edition_offline_map]


def _sealed(report_keys: list[dg.AssetKey]) -> dg.AssetsDefinition:
    @dg.asset(
        key=SEALED,
        deps=[MARTS, QUALITY, SHEETS, CODES, COEFFICIENTS, GEOGRAPHIC, MAP, *report_keys],
        group_name="edition",
        owners=OWNERS,
        kinds={"python"},
    )
    def edition_sealed(run: BuildRun) -> dg.MaterializeResult:
        """封存并发布版次。The edition summed, renamed, and pointed to by ``latest``; none where nothing changed."""
        folder = run.build.seal()
        return dg.MaterializeResult(metadata={"edition": folder.name, "path": str(folder)})

    return edition_sealed
