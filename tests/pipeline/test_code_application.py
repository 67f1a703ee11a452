"""D09 of the demo: its counts are those of codes, problems, supervision and ledger; what bad input comes to."""

from __future__ import annotations

import fcntl
import itertools
from datetime import date

import openpyxl
import pytest

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
    colours = demo.sql("select colour_code, enterprise_count from report.d09_colour")
    assert colours
    for row in colours:
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
    stands = "waiting_count + rectifying_count + closed_count"
    assert not demo.sql(f"select source from report.d09_loop where found_count <> {stands}"), "each problem stands once"
    loops = demo.sql("select closed_count, mean_days from report.d09_loop")
    assert loops
    for row in loops:
        assert (row["mean_days"] is not None) == (row["closed_count"] > 0)


def test_an_overdue_problem_that_nobody_took_up_is_not_issued(demo: Area) -> None:
    """The calendar escalates it; only a step on record says that it was sent out."""
    told = one(demo, "select sum(issued_count) as issued, sum(found_count) as found from report.d09_loop")
    taken = one(
        demo,
        "select count(distinct problem_id) as n from risk_grade.problem_event inner join risk_grade.problem "
        "using (problem_id) where refusal is null and event <> 'detected' and (not is_inferred or rule_id is null)",
    )
    assert told["issued"] == taken["n"] <= told["found"]


def test_what_a_clerk_closed_is_closed_though_its_rule_is_met(demo: Area) -> None:
    """Closed with evidence by another than who submitted; what is newer than that comes back by an event."""
    held = demo.sql(
        "select problem_id, closed_at from risk_grade.problem "
        "where rule_id is not null and status = 'closed' and is_rule_met"
    )
    assert len(held) == one(demo, "select held_count as n from report.d09_summary")["n"]
    for row in held:
        steps = demo.sql(
            f"select event, actor_role from risk_grade.problem_event where problem_id = '{row['problem_id']}' "
            "and refusal is null and not is_inferred order by event_no"
        )
        assert [step["event"] for step in steps][-2:] == ["verified", "closed"]
        assert {step["actor_role"] for step in steps if step["event"] == "submitted"} == {"enterprise"}
        assert {step["actor_role"] for step in steps if step["event"] == "verified"} == {"authority"}


def test_the_ledger_table_ends_at_the_ledgers_last_entry(demo: Area) -> None:
    last = demo.sql("select last_entry_no, head from report.d09_ledger order by row_no")[-1]
    entry = one(demo, "select entry_no, entry_hash from risk_grade.risk_code_ledger order by entry_no desc limit 1")
    assert last["last_entry_no"] == entry["entry_no"]
    assert str(entry["entry_hash"]).startswith(last["head"])


def test_every_enterprise_of_the_supervision_list_is_printed(demo: Area) -> None:
    rows = demo.sql("select name, mode, focus from report.d09_supervision")
    assert len(rows) == one(demo, "select count(*) as n from risk_grade.supervision_list")["n"] > 0
    assert all(row["mode"] in ("非现场监管", "双随机", "重点监管") for row in rows)


def test_the_next_inspection_is_the_earliest_that_is_due_and_not_done(demo: Area) -> None:
    """Of the plan of visits, or of the month where more checks a year are due than there are quarters; D09 selects."""
    rows = demo.sql(
        "select list.enterprise_id, list.as_of, list.inspections_due, list.next_inspection, list.is_left_alone, "
        "printed.next_inspection as printed, (select min(coalesce(due_by, last_day(make_date("
        "cast(period[:4] as integer), 3 * cast(period[6:] as integer), 1)))) from risk_grade.inspection_visit as visit "
        "where visit.enterprise_id = list.enterprise_id) as visit_by from risk_grade.supervision_list as list "
        "inner join report.d09_supervision as printed using (enterprise_id)"
    )
    assert len({row["visit_by"] for row in rows}) > 2
    monthly = [row for row in rows if (row["inspections_due"] or 0) > 4]
    assert monthly
    for row in monthly:
        ahead = date.fromisoformat(row["next_inspection"]) - date.fromisoformat(row["as_of"])
        assert 1 <= ahead.days <= 62 and row["next_inspection"] <= (row["visit_by"] or "9999")
    assert all(row["next_inspection"] == row["visit_by"] for row in rows if row not in monthly)
    assert all(row["printed"] == row["next_inspection"] for row in rows)
    events = "select distinct enterprise_id as e from risk_grade.inspection_visit where not is_routine"
    visited = {row["e"] for row in demo.sql(events)}
    assert all(row["enterprise_id"] not in visited for row in rows if row["is_left_alone"])


def test_a_rule_of_inspection_asks_or_its_lack_is_told(demo: Area) -> None:
    """Rules of colour and grade aside, each either decides a source or a visit, or stands among the gaps."""
    asked = {row["rule_id"] for row in demo.sql("select distinct rule_id from risk_grade.supervision_list")}
    asked |= {row["r"] for row in demo.sql("select distinct unnest(rule_ids) as r from risk_grade.inspection_visit")}
    gaps = demo.sql("select subject_key from meta.gap where gap_id like 'GRADING:INSPECTION:%'")
    lacking = {row["subject_key"] for row in gaps}
    assert not asked & lacking
    assert {"IR-13"} <= lacking, "a first edition knows no source that is new"
    assert "IR-15" in asked, "key units for soil are looked at"


def test_every_newest_platform_code_stands_once_beside_ours(demo: Area) -> None:
    rows = demo.sql("select * from report.d09_platform")
    columns = [f"{colour}_count" for colour in ("red", "orange", "yellow", "green", "grey", "without")]
    assert rows
    for row in rows:
        assert sum(row[column] for column in columns) == row["enterprise_count"]
    newest = one(demo, "select count(*) as n from risk_grade.platform_code where is_latest")["n"]
    assert sum(row["enterprise_count"] for row in rows) == newest
    same = sum(row[f"{row['colour_code']}_count"] for row in rows)
    without = sum(row["without_count"] for row in rows)  # nothing to compare with
    assert one(demo, "select count(*) as n from report.d09_difference")["n"] == newest - same - without


def test_warnings_say_which_became_problems_and_when(demo: Area) -> None:
    rows = demo.sql("select warned_on, problem_id, found_at, outcome from report.d09_platform_warning")
    told = one(demo, "select * from report.d09_summary")
    became = [row for row in rows if row["outcome"] == "转为问题"]
    assert len(rows) == told["platform_warning_count"]
    assert len(became) == told["became_problem_count"] > 0
    assert all(row["problem_id"] and row["found_at"] >= row["warned_on"] for row in became)
    stray = [row for row in rows if row["outcome"] == "不属于企业，按监测预警响应"]
    assert len(stray) == told["stray_warning_count"] > 0


def test_a_landing_folder_with_shares_near_their_line_warns(demo: Area) -> None:
    """Early warnings of stated shares, recounted from the workbook by another reader: a green code whose share is
    within the rule's distance above its line is warned, and no other."""
    sheet = openpyxl.load_workbook(demo.landing / "supervision" / "事实.xlsx", read_only=True).worksheets[0]
    stated = {}
    for row in sheet.iter_rows(values_only=True):
        if row[2] in ("ldar_repair_on_time", "cems_completeness"):
            stated[row[1], row[2]] = float(row[3]) / (100 if row[4] == "%" else 1)
    rules = {
        row["fact"]: row
        for row in demo.sql(
            "select rule_id, fact, cast(threshold as double) as line, warning_distance as near "
            "from risk_grade.colour_rule where fact in ('ldar_repair_on_time', 'cems_completeness')"
        )
    }
    green = demo.sql(
        "select enterprise_id, name, permit_no from risk_grade.risk_code "
        "join core.dim_enterprise using (enterprise_id) where colour = 'green'"
    )
    expected = {}
    for site, fact in itertools.product(green, rules):
        called = site["name"] if (site["name"], fact) in stated else site["permit_no"]  # of two of one name
        left = stated.get((called, fact), -1) - rules[fact]["line"]
        if 0 <= left <= rules[fact]["near"]:
            expected[site["enterprise_id"], rules[fact]["rule_id"]] = left
    ids = ", ".join(f"'{row['rule_id']}'" for row in rules.values())
    found = demo.sql(f"select * from risk_grade.early_warning where rule_id in ({ids})")
    told = {(row["enterprise_id"], row["rule_id"]): row["distance_to_downgrade"] for row in found}
    assert told == {key: pytest.approx(left, abs=1e-9) for key, left in expected.items()} and told
    assert all("个百分点" in row["advice"] and "{" not in row["advice"] for row in found)
    letters = {row["notice_id"] for row in demo.sql("select notice_id from risk_grade.notice where kind = 'warning'")}
    assert {f"warning-{site}-{rule}" for site, rule in told} <= letters
    printed = demo.sql("select enterprise_id, rule_id from report.d09_warning")
    assert told.keys() <= {(row["enterprise_id"], row["rule_id"]) for row in printed}


def test_an_impossible_course_is_refused_kept_and_counted(demo: Area) -> None:
    """Problems of a hostile file whose record can't be: the guard that refused each step, and the state that stands."""
    found = demo.sql(
        "select problem_id, event, refusal from risk_grade.problem_event where problem_id like 'WTX%' and refusal "
        "is not null order by problem_id, event_no"
    )
    assert [(row["problem_id"], row["event"], row["refusal"]) for row in found] == [
        ("WTX01", "closed", "LOOP-TRANSITION"),
        ("WTX02", "verified", "LOOP-VERIFIER"),
        ("WTX02", "closed", "LOOP-TRANSITION"),
        ("WTX03", "acknowledged", "LOOP-TIME"),
        ("WTX04", "closed", "LOOP-EVIDENCE"),
        ("WTX05", "归档", "LOOP-EVENT"),
    ]
    states = demo.sql(
        "select problem_id, status, closed_at from risk_grade.problem where problem_id like 'WTX%' order by 1"
    )
    assert [row["status"] for row in states] == ["detected", "submitted", "issued", "verified", "detected"]
    assert all(row["closed_at"] is None for row in states)
    gaps = {row["gap_id"] for row in demo.sql("select gap_id from meta.gap where gap_id like 'GRADING:%'")}
    codes = ("TRANSITION", "VERIFIER", "TIME", "EVIDENCE", "EVENT")
    assert {f"GRADING:REFUSED:LOOP-{code}" for code in codes} | {"GRADING:ORPHAN:event"} <= gaps


def test_the_charts_are_those_of_the_rules(demo: Area) -> None:
    arrows = demo.sql("select * from report.d09_flow")
    colours = {row["label_cn"] for row in demo.sql("select label_cn from meta.code_label where code_set = 'colour'")}
    worse = [row for row in arrows if row["condition_cn"].startswith("立即")]
    counted = one(demo, "select count(*) as n from risk_grade.colour_rule where kind in ('veto', 'downgrade')")["n"]
    assert sum(int(row["condition_cn"].split("（")[1].split("条")[0]) for row in worse) == counted
    reached = {row["target"] for row in arrows if row["chart"] == "code" and row["source"] == "按等级赋码"}
    assert reached == colours
    states = {
        row["label_cn"] for row in demo.sql("select label_cn from meta.code_label where code_set = 'problem_status'")
    }
    assert {word for row in arrows if row["chart"] == "loop" for word in (row["source"], row["target"])} == states


def test_every_interface_that_is_a_file_is_there(demo: Area) -> None:
    rows = demo.sql("select name_cn, direction_cn, place from report.d09_interface")
    given = [row["place"] for row in rows if row["direction_cn"] == "提供" and not row["place"].startswith("ledger")]
    for place in [part for text in given for part in text.split("，")]:
        pattern = place.replace("<平台>", "*").replace("<企业编号>", "*")
        assert list(demo.latest.glob(pattern)) or pattern.endswith("delta.json"), place
    assert (demo.out / "ledger" / "ledger.jsonl").is_file()
    for row in rows:
        if row["direction_cn"] == "接收":
            assert list(demo.landing.glob(row["place"] + "*")), row["place"]
    assert len(demo.sql("select * from report.d09_user")) >= 5
    steps = demo.sql("select event_code, states_before from report.d09_step")
    assert len(steps) == 14 and all(row["states_before"] for row in steps)


def test_a_second_build_at_once_is_told_who_builds(demo: Area) -> None:
    """While somebody holds the lock, ``build`` ends with 2 and names pid and time; readers do not wait."""
    lock = demo.out / "work" / "warehouse.lock"
    before = lock.read_text(encoding="utf-8")
    with lock.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = demo.build("--no-reports")
        read = demo.says("sql", "select count(*) as n from risk_grade.risk_code", "--format", "json")
        fcntl.flock(held, fcntl.LOCK_UN)
    assert refused.returncode == 2, refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1 and "pid" in refused.stderr
    assert read.returncode == 0 and lock.read_text(encoding="utf-8") == before
