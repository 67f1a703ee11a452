"""The edition as assets: public tables, quality page, sealing.

Does not belong here: how an edition is written (``ehpilot.publish``), documents (``assets.reports``).
"""

import dagster as dg

from assets.run import SEALED, BuildRun
from ehpilot.gates import quality_page
from ehpilot.publish import confirmation_sheets
from ehpilot.register import Register

MARTS = dg.AssetKey(["edition", "marts"])
QUALITY = dg.AssetKey(["edition", "quality_page"])
SHEETS = dg.AssetKey(["edition", "confirmation_sheets"])
OWNERS = ["team:data_engineering"]


def publish_assets(register: Register, report_keys: list[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """Marts → quality page and documents → sealed edition."""
    public = [dg.AssetKey([table.schema, table.name]) for table in register.public_tables.values()]

    @dg.asset(key=MARTS, deps=public, group_name="edition", owners=OWNERS, kinds={"duckdb", "parquet"})
    def edition_marts(run: BuildRun) -> dg.MaterializeResult:
        """公开表写入新版次。Public tables copied into the edition under construction."""
        tables = run.build.publish_marts()
        return dg.MaterializeResult(metadata={"tables": len(tables), "dagster/row_count": sum(t.rows for t in tables)})

    @dg.asset(key=QUALITY, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"html"})
    def edition_quality_page(run: BuildRun) -> dg.MaterializeResult:
        """质量闸结果页。One offline page with the results of all gates and dbt tests."""
        path = run.build.building / "quality" / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        quality_page(run.build.gate_results, path, heading=run.build.heading())
        return dg.MaterializeResult(metadata={"path": str(path)})

    @dg.asset(key=SHEETS, deps=[MARTS], group_name="edition", owners=OWNERS, kinds={"excel"})
    def edition_confirmation_sheets(run: BuildRun) -> dg.MaterializeResult:
        """企业核对表。One pre-filled workbook a risk source, to be confirmed and returned."""
        paths = confirmation_sheets.write_all(run.build.building)
        return dg.MaterializeResult(metadata={"sheets": len(paths)})

    @dg.asset(
        key=SEALED, deps=[MARTS, QUALITY, SHEETS, *report_keys], group_name="edition", owners=OWNERS, kinds={"python"}
    )
    def edition_sealed(run: BuildRun) -> dg.MaterializeResult:
        """封存并发布版次。The edition summed, renamed, and pointed to by ``latest``; none where nothing changed."""
        folder = run.build.seal()
        return dg.MaterializeResult(metadata={"edition": folder.name, "path": str(folder)})

    return [edition_marts, edition_quality_page, edition_confirmation_sheets, edition_sealed]
