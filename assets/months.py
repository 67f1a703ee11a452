"""Months of hourly series as partitions: every build tells their rows, a backfill has months read anew.

A build reads all files, so no month is made alone: materializing one marks it, and the next whole build parses the
files that speak of it, whatever it has kept of them.

Does not belong here: which files a build takes over (``ehpilot.landing.kept``), the files of an edition
(``ehpilot.publish.series``).
"""

import warnings
from collections.abc import Iterator

import dagster as dg

from assets.run import BuildRun
from ehpilot.publish.marts import PublishedTable
from ehpilot.register import Register, Table

MONTHS = dg.DynamicPartitionsDefinition(name="month_of_series")
BY_MONTH = ("made_by", "backfill")  # tag of assets that are no part of a build
MARTS = dg.AssetKey(["edition", "marts"])
OWNERS = ["team:data_engineering"]


def months_assets(register: Register) -> list[dg.AssetsDefinition]:
    """An asset of months for each hourly series."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # one run for all months of a backfill; said on every build
        return [_months_of(table) for table in register.public_tables.values() if table.is_series]


def _months_of(table: Table) -> dg.AssetsDefinition:
    @dg.asset(
        key=months_key(table.full_name),
        deps=[MARTS],
        partitions_def=MONTHS,
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name="edition",
        owners=OWNERS,
        tags=dict([BY_MONTH]),
        kinds={"parquet"},
        description=f"{table.full_name}，按月一个文件；物化一个月即请下次完整构建重读该月文件。One Parquet file a "
        "month, with its rows; materializing a month has the next whole build read its files anew.",
    )
    def months(context: dg.AssetExecutionContext, run: BuildRun) -> Iterator[dg.MaterializeResult]:
        rows = run.build.read_anew(table.full_name, context.partition_keys)
        for month, count in rows.items():
            facts = {"is_stale": True, "dagster/row_count": count}
            context.add_asset_metadata(facts, asset_key=context.asset_key, partition_key=month)
        yield dg.MaterializeResult()

    return months


def months_key(table: str) -> dg.AssetKey:
    """Asset of the months of a series ``schema.table``."""
    return dg.AssetKey(["edition", table.split(".")[1]])


def tell_months(context: dg.AssetExecutionContext, table: PublishedTable) -> None:
    """Say of each month of a published series how many rows it has and whether its file is the previous edition's."""
    months = [month for month in table.months if month.rows]
    if months:
        context.instance.add_dynamic_partitions(str(MONTHS.name), [month.month for month in months])
    for month in months:
        facts = {"dagster/row_count": month.rows, "is_unchanged": month.is_unchanged, "is_stale": False}
        context.log_event(dg.AssetMaterialization(months_key(table.name), partition=month.month, metadata=facts))
