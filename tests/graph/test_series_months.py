"""Months of an hourly series as partitions in Dagster: their rows, and whether the file is the previous edition's."""

import dagster as dg

from assets.publish import MONTHS, months_key, series_specs, tell_months
from ehpilot.publish.marts import PublishedMonth, PublishedTable
from ehpilot.register import Register

HOURS = PublishedTable(
    "exposure.monitoring_hourly", ("result_id",), {}, 30,
    (PublishedMonth("2025-01", 10, True), PublishedMonth("2025-02", 20, False)),
)  # fmt: skip


def test_every_series_has_an_asset_of_months() -> None:
    (spec,) = series_specs(Register.load())
    assert spec.key == months_key("exposure.monitoring_hourly") and spec.partitions_def == MONTHS


def test_a_build_tells_each_month_with_its_rows() -> None:
    @dg.asset
    def published(context: dg.AssetExecutionContext) -> None:
        for table in (HOURS, PublishedTable("core.dim_area", ("area_id",), {}, 3)):
            tell_months(context, table)

    with dg.DagsterInstance.ephemeral() as instance:
        assert dg.materialize(
            [published, *series_specs(Register.load())], instance=instance, selection=[published]
        ).success
        assert instance.get_dynamic_partitions(MONTHS.name) == ["2025-01", "2025-02"]
        events = instance.fetch_materializations(months_key(HOURS.name), limit=10).records
        told = {event.partition_key: event.asset_materialization.metadata for event in events}
    assert {month: facts["dagster/row_count"].value for month, facts in told.items()} == {"2025-01": 10, "2025-02": 20}
    assert told["2025-01"]["is_unchanged"].value is True
