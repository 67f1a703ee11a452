"""Numbers as they stand in files, one case for each notation and each fault."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.landing.values.kinds import fast_sql, parse_distinct
from ehpilot.landing.values.units import unit_key

UNITS = {unit_key(alias): unit for alias, unit in {
    "mg/m3": "mg/m3", "mg/Nm3": "mg/m3", "毫克/立方米": "mg/m3", "kg": "kg", "千克": "kg", "t": "t", "吨": "t",
    "%": "%",
    "ug/L": "ug/L", "μg/L": "ug/L"}.items()}  # fmt: skip
CONVERSIONS = {"kg": ("mass", "t", 0.001), "t": ("mass", "t", 1.0), "mg/m3": ("concentration", "ug/m3", 1000.0)}


def read(text, kind="measurement", **options):
    return parse_distinct(
        kind, [text], {"unit_aliases": UNITS, "unit_conversions": CONVERSIONS, **options}
    ).to_pylist()[0]


@pytest.mark.parametrize(("text", "value"), [
    ("1.23", 1.23), ("1,234.5", 1234.5), ("1，234.5", 1234.5), ("１２．５", 12.5), ("1 234.5", 1234.5), (" 3 ", 3.0),
    ("1.2×10-3", 0.0012), ("1.2×10⁻³", 0.0012), ("1.2E-3", 0.0012), ("1.2x10^-3", 0.0012), ("1.2*10^(-3)", 0.0012),
    ("3×10^5", 3e5), ("10³", 1000.0), ("10⁻²", 0.01), ("＋5", 5.0), (".5", 0.5), ("5.", 5.0), ("1.2万", 12000.0),
    ("\u200b7", 7.0), ("'8", 8.0), ("15mg/Nm3", 15.0), ("15 mg/m³", 15.0),
])  # fmt: skip
def test_notations_of_a_number(text, value):
    found = read(text, unit="mg/m3")
    assert found["value"] == pytest.approx(value, rel=1e-15)
    assert (found["error"], found["flag"], found["qualifier"]) == ("", "", "")


@pytest.mark.parametrize(("text", "qualifier", "limit"), [
    ("<0.5", "<", 0.5), ("＜0.5", "<", 0.5), ("0.5L", "<", 0.5), ("0.5（L）", "<", 0.5), ("<0.5L", "<", 0.5),
    ("＜1.2×10⁻³", "<", 0.0012), ("ND", "ND", None), ("N.D.", "ND", None), ("未检出", "ND", None), ("ND(0.5)", "ND",
    0.5),
    ("未检出（<0.01）", "ND", 0.01), ("≤3", "≤", 3.0), ("<=3", "≤", 3.0), ("≥ 4", "≥", 4.0), (">16000", "≥", 16000.0),
])  # fmt: skip
def test_a_measurement_beside_its_limit_has_no_value_but_a_limit(text, qualifier, limit):
    found = read(text)
    assert (found["value"], found["qualifier"], found["limit_value"], found["error"]) == (None, qualifier, limit, "")


@pytest.mark.parametrize("text", ["——", "--", "/", "-99", "-99.0", "—", "－－", "NaN", "N/A", "-999", "缺测"])
def test_missing_marks_are_null_and_flagged(text):
    found = read(text, minimum=0)
    assert (found["value"], found["flag"], found["error"]) == (None, "MISSING-MARK", "")


@pytest.mark.parametrize("text", ["", "   ", "\u3000", "\n"])
def test_blank_is_nothing_at_all(text):
    found = read(text)
    assert (found["value"], found["flag"], found["error"]) == (None, "", "")


def test_a_form_may_add_missing_marks_which_compare_as_numbers():
    assert read("-1.0", missing_marks=["-1"])["flag"] == "MISSING-MARK"
    assert read("ST", missing_marks=["st"])["flag"] == "MISSING-MARK"


@pytest.mark.parametrize("text", ["12.3(H)", "12.3（M）", "(M)", "--(H)", "-0.4 (H)"])
def test_an_instrument_flag_takes_the_value_away(text):
    found = read(text, minimum=0)
    assert (found["value"], found["qualifier"], found["flag"], found["error"]) == (None, "flag", "FLAGGED", "")


@pytest.mark.parametrize(("text", "code"), [
    ("abc", "NUMBER"), ("1.2.3", "NUMBER"), ("0,5", "NUMBER"), ("12 34", "NUMBER"), ("约5", "NUMBER"), ("#DIV/0!",
    "NUMBER"),
    ("=cmd|' /C calc'!A0", "NUMBER"), ("2025-03-01", "NUMBER"), ("1/3", "NUMBER"), ("<abc", "NUMBER"),
    ("<script>alert(1)</script>", "NUMBER"), ("1～2", "NUMBER-RANGE"), ("1-2", "NUMBER-RANGE"), ("0.5至0.8",
    "NUMBER-RANGE"),
    ("-0.5", "NUMBER-NEGATIVE"), ("−5", "NUMBER-NEGATIVE"), ("1.1e9", "NUMBER-PHYSICAL"), ("1E400", "NUMBER-PHYSICAL"),
    ("5 furlong", "UNIT-UNKNOWN"), ("5kg", "UNIT-UNKNOWN"),
])  # fmt: skip
def test_faults_have_their_code_and_a_message_that_shows_the_text(text, code):
    found = read(text, minimum=0, unit="mg/m3")
    assert (found["value"], found["error"]) == (None, code)
    assert "“" in found["message"]


def test_the_message_is_for_clerks():
    assert read("abc")["message"] == "“abc”不是数字"


@pytest.mark.parametrize(("how", "value"), [("low", 1.0), ("high", 3.0), ("mid", 2.0)])
def test_a_form_may_say_how_a_range_is_read(how, value):
    assert read("1～3", range=how)["value"] == value


def test_a_bound_in_a_plain_number_column():
    assert read("≤5", kind="number")["error"] == "NUMBER-RANGE"
    assert read("≤5", kind="number", bound="value")["value"] == 5.0
    assert read("ND", kind="number")["error"] == "NUMBER-RANGE"


def test_the_unit_in_the_cell_is_given_back_or_converted():
    assert read("5kg", kind="number", unit="t")["value"] == pytest.approx(0.005)
    found = read("15 毫克/立方米", kind="number", unit_in_cell=True)
    assert (found["value"], found["unit"]) == (15.0, "mg/m3")
    assert read("3 t", kind="number", unit="mg/m3")["error"] == "UNIT-UNKNOWN"


def test_percent():
    assert read("45%", kind="percent")["value"] == 45.0
    assert read("45％", kind="percent")["value"] == 45.0
    assert read("0.45", kind="percent")["value"] == 0.45
    assert read("45%", kind="number")["value"] == 0.45


def test_integers():
    assert read("1,200", kind="integer")["value"] == 1200
    assert read("3.0", kind="integer")["value"] == 3
    assert read("3.5", kind="integer")["error"] == "NUMBER"
    assert read("12345678901234567890", kind="integer")["error"] == "NUMBER-PHYSICAL"


def test_fraction_only_where_the_column_allows_it():
    assert read("1／3", kind="number", fraction=True)["value"] == pytest.approx(1 / 3)
    assert read("1/3", kind="number")["error"] == "NUMBER"


def test_an_assumed_value_is_marked():
    found = read("常温", kind="number", assume={"常温": 20})
    assert (found["value"], found["flag"]) == (20.0, "ASSUMED")


def test_html_cells_give_the_original_value():
    cell = "<span title='原始值：31.37'>31.4</span>"
    assert read(cell)["value"] == 31.37
    assert read(cell, html="text")["value"] == 31.4


def test_scale_counts_before_the_limits():
    assert read("2", kind="number", scale=1000.0, maximum=1500.0)["error"] == "NUMBER-PHYSICAL"
    assert read("2", kind="number", scale=0.5)["value"] == 1.0


def test_wan_in_the_cell_under_a_header_in_wan_is_said_twice():
    assert read("100万", kind="number", scale=1e4)["value"] == 1e6
    assert read("100", kind="number", scale=1e4)["value"] == 1e6
    assert read("2亿", kind="number", scale=1e4)["value"] == 2e12


@given(st.floats(min_value=0, max_value=1e9))
def test_every_number_reads_back_as_written(number):
    assert read(repr(number))["value"] == number


@given(st.integers(-(10**12), 10**12).filter(lambda n: n not in (-99, -999, -9999)), st.integers(0, 999))
def test_thousands_separators_change_nothing(whole, thousandths):
    text = f"{whole:,}.{thousandths:03d}"
    assert read(text, kind="number")["value"] == float(text.replace(",", ""))


NUMBER_LIKE = st.one_of(
    st.text(alphabet="0123456789.,-+eE xX_%<LNDinfa/", max_size=8),
    st.floats().map(repr), st.integers().map(str), st.text(max_size=5),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBER_LIKE, min_size=1, max_size=40), st.sampled_from(["number", "integer", "percent", "measurement"]))
def test_the_fast_sql_never_disagrees_with_the_parser(texts, kind):
    texts = [t.replace("\x00", "") for t in texts]
    options = {"minimum": 0, "maximum": 1e6, "missing_marks": ["-1", "7"]}
    sql = fast_sql(kind, "x", options)
    with duckdb.connect() as con:
        fast = [
            row[0] for row in con.execute(f"select {sql} from (select unnest($1::varchar[]) as x)", [texts]).fetchall()
        ]
    for text, quick, slow in zip(texts, fast, parse_distinct(kind, texts, options).to_pylist(), strict=True):
        if quick is not None:
            assert (quick, "", "", "") == (slow["value"], slow["error"], slow["flag"], slow["qualifier"]), text


def test_the_fast_sql_reads_the_plain_case():
    with duckdb.connect() as con:
        sql = fast_sql("measurement", "x", {"minimum": 0})
        rows = con.execute(f"select {sql} from (values ('1.5'), ('-99'), ('<1'), ('2e3')) as t(x)").fetchall()
    assert rows == [(1.5,), (None,), (None,), (2000.0,)]


def test_no_texts_give_an_empty_table():
    assert parse_distinct("number", []).num_rows == 0


def test_a_bound_is_told_with_all_its_digits():
    """A clerk reads 1000000000, not 1e+09."""
    assert read("5e9", kind="number", maximum=1e9)["message"].endswith("最大可能值1000000000")
