"""Dates, times, periods: each notation of the real files, and the calendar's traps."""

from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ehpilot.landing.values.kinds import fast_sql, parse_distinct


def read(text, kind, **options):
    return parse_distinct(kind, [text], options).to_pylist()[0]


@pytest.mark.parametrize("text", [
    "2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "2025年03月01日", "20250301", "45717", "45717.75",
    "２０２５－０３－０１",
    "2025-03-01 13:00:00", "2025-03-01（星期六）", " 2025-03-01 ", "2025-03-01T00:00:00", "2025-03-01 24:00",
])  # fmt: skip
def test_notations_of_a_date(text):
    found = read(text, "date")
    assert (found["value"], found["error"]) == (date(2025, 3, 1), "")


@pytest.mark.parametrize("text", [
    "2025-02-29", "2025-13-01", "2025-3", "25/3/1", "1/31/2015", "9999-12-31", "12", "明天", "2025-03-01 25:00",
    "=today()",
])  # fmt: skip
def test_what_is_no_date(text):
    found = read(text, "date")
    assert (found["value"], found["error"]) == (None, "DATE")
    assert found["message"].startswith("“")


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2009年6月", (2009, 6, 1), (2009, 6, 30)), ("2024-02", (2024, 2, 1), (2024, 2, 29)),
    ("2025.10", (2025, 10, 1), (2025, 10, 31)), ("2027/12", (2027, 12, 1), (2027, 12, 31)),
    ("2026年", (2026, 1, 1), (2026, 12, 31)), ("２００９", (2009, 1, 1), (2009, 12, 31)),
    ("2026年底", (2026, 12, 31), (2026, 12, 31)), ("2026年3月初", (2026, 3, 1), (2026, 3, 1)),
])  # fmt: skip
def test_a_month_is_a_day_where_the_column_says_which(text, first, last):
    for side, day in (("first", first), ("last", last)):
        found = read(text, "date", day_unsaid=side)
        assert (found["value"], found["flag"], found["error"]) == (date(*day), "ASSUMED", "")
    assert read(text, "date")["error"] == "DATE"


@pytest.mark.parametrize("text", ["2025.1", "2025年13月", "6月", "三年", "1809年"])
def test_what_is_no_month_either(text):
    assert read(text, "date", day_unsaid="first")["error"] == "DATE"


def test_29_february():
    assert read("2024-02-29", "date")["value"] == date(2024, 2, 29)
    assert "没有2月29日" in read("2025年2月29日", "date")["message"]


def test_year_last_only_where_the_form_says_the_order():
    assert read("1/31/2015", "date", date_order="mdy")["value"] == date(2015, 1, 31)
    assert read("31/1/2015", "date", date_order="dmy")["value"] == date(2015, 1, 31)
    assert read("31/1/2015", "date", date_order="mdy")["error"] == "DATE"
    assert read("1/31/15", "date", date_order="mdy")["value"] == date(2015, 1, 31)
    assert read("31.1.69", "date", date_order="dmy")["value"] == date(1969, 1, 31)
    assert read("1/31/15", "date")["error"] == "DATE", "the order of a year of two digits is the form's to say"


@pytest.mark.parametrize("text", ["/", "——", "无"])
def test_missing_marks(text):
    assert read(text, "date")["flag"] == "MISSING-MARK"


def test_an_open_end_is_no_date_and_no_fault():
    assert read("长期", "date")["error"] == ""


@pytest.mark.parametrize("text", [
    "2025-03-01 13:30", "2025-03-01 13:30:00", "2025-03-01T05:30:00Z", "2025-03-01T13:30:00+0800",
    "2025/3/1 13:30", "2025年3月1日13时30分",
    "202503011330",
    "20250301 13:30", "2025-03-01 下午1:30", "2025-03-01 1:30 PM", "2025-03-01 13:30:00.000", "45717.5625",
])  # fmt: skip
def test_notations_of_a_time(text):
    assert read(text, "timestamp")["value"] == datetime(2025, 3, 1, 13, 30)


@pytest.mark.parametrize(("text", "expected"), [
    ("2025-03-01 24:00", datetime(2025, 3, 2)), ("2025-02-28 24:00:00", datetime(2025, 3, 1)),
    ("2024-12-31 24:00", datetime(2025, 1, 1)), ("2025-03-01", datetime(2025, 3, 1)), ("2025030113", datetime(2025, 3,
    1, 13)),
    ("2025-03-01 13", datetime(2025, 3, 1, 13)), ("2025年3月1日13时", datetime(2025, 3, 1, 13)),
    ("45717.5416666667", datetime(2025, 3, 1, 13)),
])  # fmt: skip
def test_hours_and_the_midnight_that_ends_a_day(text, expected):
    assert read(text, "timestamp")["value"] == expected


@pytest.mark.parametrize("text", ["2025-03-01 24:01", "2025-03-01 12:60", "2025-03-01 25", "12:00"])
def test_what_is_no_time(text):
    assert read(text, "timestamp")["error"] == "DATE"


def test_hour_ending_times_move_to_the_beginning():
    assert read("2025-03-01 24:00", "timestamp", hour_ending=True)["value"] == datetime(2025, 3, 1, 23)
    assert read("2025-03-01 01:00", "timestamp", hour_ending=True)["value"] == datetime(2025, 3, 1)


def test_a_time_without_a_year_takes_the_forms_year():
    assert read("08-21 20:00", "timestamp", base_year=2026)["value"] == datetime(2026, 8, 21, 20)
    assert read("08-21 20:00", "timestamp")["error"] == "DATE"


@pytest.mark.parametrize(("text", "period"), [
    ("2025年", "2025"), ("2025", "2025"), ("2025年度", "2025"), ("2025年1-12月", "2025"), ("2025年1季度", "2025Q1"),
    ("2025年1月至3月", "2025Q1"),
    ("2025年第一季度", "2025Q1"), ("2025Q1", "2025Q1"), ("2025-Q4", "2025Q4"), ("2025年1-3月", "2025Q1"), ("2025-03",
    "2025-03"),
    ("2025年3月", "2025-03"), ("202503", "2025-03"), ("2025/3", "2025-03"), ("2025-03-01", "2025-03"), ("45717",
    "2025-03"),
])  # fmt: skip
def test_notations_of_a_period(text, period):
    assert read(text, "period")["value"] == period


@pytest.mark.parametrize("text", ["1季度", "2025-13", "2025年上半年", "2025Q5", "2025-03-15", "2025年2-4月"])
def test_what_is_no_period(text):
    assert read(text, "period")["error"] == "DATE"


@pytest.mark.parametrize("text", [
    "2023-05-01至2028-04-30", "2023.05.01-2028.04.30", "2023年5月1日至2028年4月30日止", "20230501-20280430",
    "2023/5/1～2028/4/30",
    "自2023-05-01起 至2028-04-30", "2023-05-01 00:00:00 至 2028-04-30 00:00:00",
])  # fmt: skip
def test_two_dates_in_one_cell(text):
    assert read(text, "date_range_start")["value"] == date(2023, 5, 1)
    assert read(text, "date_range_end")["value"] == date(2028, 4, 30)


def test_faults_of_two_dates():
    assert read("2028-04-30至2023-05-01", "date_range_start")["error"] == "DATE"
    assert read("2023-05-01", "date_range_end")["error"] == "DATE"
    assert read("2023-05-01至2028-02-30", "date_range_end")["error"] == "DATE"
    assert read("2023-05-01至长期", "date_range_end")["value"] is None
    assert read("长期", "date_range_start") | {"text": ""} == read("", "date_range_start")
    assert read("2023-05-01至长期", "date_range_start")["value"] == date(2023, 5, 1)


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back_from_every_notation(day):
    serial = (datetime(day.year, day.month, day.day) - datetime(1899, 12, 30)).days
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
                 str(serial)):  # fmt: skip
        assert read(text, "date")["value"] == day


@given(st.datetimes(datetime(1930, 1, 1), datetime(2099, 12, 31)))
def test_excel_serials_of_every_minute(moment):
    moment = moment.replace(second=0, microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert read(f"{serial:.10f}", "timestamp")["value"] == moment


DATE_LIKE = st.one_of(
    st.from_regex(r"(19|20|21)\d\d-[01]\d-[0-3]\d([ T][0-2]\d:[0-5]\d(:[0-5]\d)?)?", fullmatch=True),
    st.text(alphabet="0123456789-/: T", max_size=19),
    st.from_regex(r"20[0-9\-/ T:+Z]{11}:00", fullmatch=True),  # what the test of full hours lets through to the cast
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@example(["20250-3-01 10:00", "2025-03-01 24:00", "2025/03/01 10:00", "2025-3-1 1+08:00"], "timestamp", True)
@given(st.lists(DATE_LIKE, min_size=1, max_size=40), st.sampled_from(["date", "timestamp"]), st.booleans())
def test_the_fast_sql_never_disagrees_with_the_parser(texts, kind, hour_ending):
    options = {"hour_ending": hour_ending}
    with duckdb.connect() as con:
        sql = f"select {fast_sql(kind, 'x', options)} from (select unnest($1::varchar[]) as x)"
        fast = [row[0] for row in con.execute(sql, [texts]).fetchall()]
    for text, quick, slow in zip(texts, fast, parse_distinct(kind, texts, options).to_pylist(), strict=True):
        assert quick is None or (quick, "") == (slow["value"], slow["error"]), text
