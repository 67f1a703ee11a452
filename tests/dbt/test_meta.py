"""What the meta marts and the reference marts say about the tiny warehouse. Does not belong here: types and keys."""

from __future__ import annotations

import duckdb
import pytest


def test_an_origin_names_the_header_of_the_file(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute(
        "select file_no, sheet, first_row, field, cell_text, role, source_column from meta.origin "
        "where table_name = 'core.dim_enterprise' and row_key = '91330206MA00000011-001' and column_name = 'name'"
    ).fetchall()
    assert (1, "Sheet1", 4, "单位名称", "虚构甲厂", "value", "name") in rows


def test_every_row_next_to_the_files_has_an_origin(marts: duckdb.DuckDBPyConnection) -> None:
    with_rows = marts.execute("select distinct table_name from meta.origin order by 1").fetchall()
    assert ("inventory.emission_claim",) in with_rows
    for table, key in (("core.dim_enterprise", "enterprise_id"), ("core.dim_pollutant", "pollutant_id")):
        bare = marts.execute(
            f"select {key} from {table} where {key} not in (select row_key from meta.origin where table_name = ?)",
            [table],
        ).fetchall()
        assert bare == []


def test_origins_are_numbered_without_gaps(marts: duckdb.DuckDBPyConnection) -> None:
    broken = marts.execute(
        "select table_name, row_key from meta.origin group by all "
        "having max(origin_no) <> count(*) or min(origin_no) <> 1"
    ).fetchall()
    assert broken == []


def test_a_seed_origin_names_the_line_of_the_csv(marts: duckdb.DuckDBPyConnection) -> None:
    line, text = marts.execute(
        "select first_row, cell_text from meta.origin where table_name = 'core.dim_pollutant' "
        "and row_key = '71-43-2' and column_name = 'name_cn'"
    ).fetchone()  # type: ignore[misc]
    from ehpilot.project import DBT_DIR

    lines = (DBT_DIR / "seeds" / "chemicals" / "chemical.csv").read_text(encoding="utf-8").splitlines()
    assert text == "苯"
    assert lines[line - 1].startswith("71-43-2,")


def test_a_substance_that_no_seed_knows_is_kept_with_null_properties(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    row = marts.execute(
        "select cas_no, name_cn, molar_mass_g_mol, is_new_pollutant from core.dim_pollutant "
        "where pollutant_id = '7757-82-6'"
    ).fetchone()
    assert row == ("7757-82-6", "示例物质", None, None)


def test_drafts_and_incomplete_lists_decide_nothing(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute("select list_codes, undecided_list_codes from core.dim_pollutant").fetchall()
    decided = {code for codes, _ in rows for code in codes}
    undecided = {code for _, codes in rows for code in codes}
    assert undecided == {"PCC2025D", "TWP2025"}
    assert decided & undecided == set()
    gaps = {gap for (gap,) in marts.execute("select gap_id from meta.gap").fetchall()}
    assert {"LIST:PCC2025D", "LIST:TWP2025", "SOURCE:beach", "QUARANTINE:XY-FORMAT"} <= gaps


@pytest.mark.parametrize(
    ("day", "standard"),
    [("2026-02-28", "GB 3095-2012"), ("2026-03-01", "GB 3095-2026"), ("2031-06-01", "GB 3095-2026")],
)
def test_one_limit_is_valid_on_a_day(marts: duckdb.DuckDBPyConnection, day: str, standard: str) -> None:
    rows = marts.execute(
        "select standard_code from core.environmental_limit where pollutant_id = 'PM2.5' and standard_class = '二级' "
        "and averaging_time = 'year' and standard_code like 'GB 3095%' and cast(? as date) >= valid_from "
        "and (valid_to is null or cast(? as date) <= valid_to)",
        [day, day],
    ).fetchall()
    assert rows == [(standard,)]


def test_doubtful_values_are_not_shipped(marts: duckdb.DuckDBPyConnection) -> None:
    for table in ("toxicity_value", "environmental_limit", "dim_pollutant"):
        assert marts.execute(f"select count(*) from core.{table} where verified = 'doubtful'").fetchone() == (0,)


def test_at_most_one_value_is_chosen_a_use_and_route(marts: duckdb.DuckDBPyConnection) -> None:
    twice = marts.execute(
        "select pollutant_id, route, use_class from core.toxicity_value "
        "where is_chosen and use_class in ('cancer', 'chronic') group by all having count(*) > 1"
    ).fetchall()
    assert twice == []


def test_every_limit_has_its_value_in_the_canonical_unit(marts: duckdb.DuckDBPyConnection) -> None:
    units = marts.execute(
        "select distinct unit from core.environmental_limit where limit_canonical is null and limit_value is not null"
    ).fetchall()
    assert units == []


def test_parameters_that_models_read_are_said_to_be_used(marts: duckdb.DuckDBPyConnection) -> None:
    used = {name for (name,) in marts.execute("select parameter_id from meta.parameter_used").fetchall()}
    of_each_kind = {"screening.cut_score", "match.name.equal", "screening_bin.release.air.5", "balance_certain_fold"}
    assert of_each_kind | {"molar_volume_0c", "molar_volume_20c", "molar_volume_25c"} <= used
