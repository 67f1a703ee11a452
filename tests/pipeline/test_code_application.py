"""D09 of the demo: its counts are those of codes, problems, supervision and ledger."""

from __future__ import annotations

from tests.area import Area


def one(area: Area, query: str) -> dict[str, object]:
    (row,) = area.sql(query)
    return row


def test_every_code_is_counted_under_its_colour(demo: Area) -> None:
    told = {row["colour_code"]: row["enterprise_count"] for row in demo.sql("select * from report.d09_colour")}
    counted = demo.sql("select colour, count(*) as n from risk_grade.risk_code group by 1")
    assert set(told) == {"red", "orange", "yellow", "green", "grey"}
    assert {row["colour"]: row["n"] for row in counted} == {colour: n for colour, n in told.items() if n}


def test_the_text_agrees_with_the_table_of_colours(demo: Area) -> None:
    told = one(demo, "select * from report.d09_summary")
    for row in demo.sql("select colour_code, enterprise_count from report.d09_colour"):
        assert told[f"{row['colour_code']}_count"] == row["enterprise_count"]


def test_the_last_month_has_every_code(demo: Area) -> None:
    last = demo.sql("select * from report.d09_month order by row_no")[-1]
    colours = ("green", "yellow", "orange", "red", "grey")
    assert (
        sum(last[f"{colour}_count"] for colour in colours)
        == one(demo, "select count(*) as n from risk_grade.risk_code")["n"]
    )


def test_every_problem_is_counted_once_by_where_it_was_found(demo: Area) -> None:
    added = one(demo, "select sum(found_count) as found, sum(closed_count) as closed from report.d09_loop")
    told = one(demo, "select problem_count, closed_count from report.d09_summary")
    assert (added["found"], added["closed"]) == (told["problem_count"], told["closed_count"])
    assert told["problem_count"] == one(demo, "select count(*) as n from risk_grade.problem")["n"]


def test_open_problems_are_listed_and_closed_ones_are_not(demo: Area) -> None:
    told = one(demo, "select open_count, closed_count, problem_count from report.d09_summary")
    assert one(demo, "select count(*) as n from report.d09_problem")["n"] == told["open_count"]
    assert told["open_count"] + told["closed_count"] <= told["problem_count"]


def test_a_mean_of_days_needs_a_closed_problem(demo: Area) -> None:
    for row in demo.sql("select closed_count, mean_days from report.d09_loop"):
        assert (row["mean_days"] is not None) == (row["closed_count"] > 0)


def test_the_ledger_table_ends_at_the_ledgers_last_entry(demo: Area) -> None:
    last = demo.sql("select last_entry_no, head from report.d09_ledger order by row_no")[-1]
    entry = one(demo, "select entry_no, entry_hash from risk_grade.risk_code_ledger order by entry_no desc limit 1")
    assert last["last_entry_no"] == entry["entry_no"]
    assert str(entry["entry_hash"]).startswith(last["head"])


def test_every_enterprise_of_the_supervision_list_is_printed(demo: Area) -> None:
    rows = demo.sql("select name, mode, focus from report.d09_supervision")
    assert len(rows) == one(demo, "select count(*) as n from risk_grade.supervision_list")["n"] > 0
    assert all(row["mode"] in ("非现场监管", "双随机", "重点监管") for row in rows)


def test_every_newest_platform_code_stands_once_beside_ours(demo: Area) -> None:
    rows = demo.sql("select * from report.d09_platform")
    columns = [f"{colour}_count" for colour in ("red", "orange", "yellow", "green", "grey", "without")]
    assert rows
    for row in rows:
        assert sum(row[column] for column in columns) == row["enterprise_count"]
    newest = one(demo, "select count(*) as n from risk_grade.platform_code where is_latest")["n"]
    assert sum(row["enterprise_count"] for row in rows) == newest
    same = sum(row[f"{row['colour_code']}_count"] for row in rows)
    assert one(demo, "select count(*) as n from report.d09_difference")["n"] == newest - same


def test_warnings_say_which_became_problems_and_when(demo: Area) -> None:
    rows = demo.sql("select warned_on, problem_id, found_at, outcome from report.d09_platform_warning")
    told = one(demo, "select * from report.d09_summary")
    became = [row for row in rows if row["outcome"] == "转为问题"]
    assert len(rows) == told["platform_warning_count"]
    assert len(became) == told["became_problem_count"] > 0
    assert all(row["problem_id"] and row["found_at"] >= row["warned_on"] for row in became)
    stray = [row for row in rows if row["outcome"] == "不属于企业，按监测预警响应"]
    assert len(stray) == told["stray_warning_count"] > 0
