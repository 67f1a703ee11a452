"""Text output of AERMOD: head lines are no records, each value line is one; receptors of no network, two heads.

Does not belong here: what the factors are used for (tests of exposure).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ehpilot.demo import names
from ehpilot.landing.books.accounting import create_intake_tables
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.profile import load_profile
from ehpilot.register import Register

# layout and values of the example of the AERMOD User's Guide (EPA-454/B-23-008), appendix C.3: receptors on a polar
# grid; head and columns as of versions 21112 to 23132
PERMIT = names.credit_code(1, "park_jia") + "001P"
HEAD = """* AERMOD ( 23132):  A Simple Example                                                    06/07/22
* AERMET ( 22112):                                                                     14:18:02
* MODELING OPTIONS USED:   NonDFAULT  CONC  FLAT  RURAL
"""
PERIOD = (
    HEAD
    + """*         POST/PLOT FILE OF PERIOD VALUES FOR SOURCE GROUP: STACK1
*         FOR A TOTAL OF     3 RECEPTORS.
*         FORMAT: (3(1X,F13.5),3(1X,F8.2),2X,A6,2X,A8,2X,I8.8,2X,A8)
*        X             Y      AVERAGE CONC    ZELEV    ZHILL    ZFLAG    AVE     GRP       NUM HRS   NET ID
* ____________  ____________  ____________   ______   ______   ______  ______  ________  ________  ________
      30.38843     172.34136       0.21576     0.00     0.00     0.00  PERIOD  STACK1    00000096  POL1
      60.77686     344.68271       0.53162     0.00     0.00     0.00  PERIOD  STACK1    00000096  POL1
      86.82409     492.40388       0.85993     0.00     0.00     0.00  PERIOD  STACK1    00000096
"""
)
HIGH = (
    HEAD
    + """*         PLOT FILE OF  HIGH   1ST HIGH  1-HR VALUES FOR SOURCE GROUP: STACK1
*         FOR A TOTAL OF     2 RECEPTORS.
*         FORMAT: (3(1X,F13.5),3(1X,F8.2),3X,A5,2X,A8,2X,A5,5X,A8,2X,I8)
*        X             Y      AVERAGE CONC    ZELEV    ZHILL    ZFLAG    AVE     GRP       RANK     NET ID   DATE(CONC)
* ____________  ____________  ____________   ______   ______   ______  ______  ________  ________  ________  ________
  359333.28100 6137044.02000       0.05279     0.00     0.00     1.50    1-HR  STACK1    1ST      CAR1      21123124
  359383.28100 6137044.02000  ************     0.00     0.00     1.50    1-HR  STACK1    1ST      CAR1      21123124
  359433.28100 6137044.02000
"""
)
GROUPS = f"""结果文件,源组,许可证编号,排放口编号,排放速率(kg/h),气象年,坐标投影
period.plt,STACK1,{PERMIT},DA001,3.6,2025,EPSG:4550
"""
VALUES = (
    "select run_name, source_group, averaging_time, rank, ended, hours, x_m, concentration_ug_m3, flag_height_m, "
    "network_id from raw.dispersion_model_value order by run_name, _row"
)


@pytest.fixture
def con(tmp_path: Path, key_folder: Path) -> duckdb.DuckDBPyConnection:
    """The folder ``dispersion/`` loaded by the forms of the demo."""
    folder = tmp_path / "landing" / "dispersion"
    folder.mkdir(parents=True)
    (folder / "period.plt").write_text(PERIOD, encoding="ascii")
    (folder / "high.out").write_text(HIGH, encoding="ascii")
    (folder / "两个组.txt").write_text(PERIOD + PERIOD.replace("STACK1", "STACK2"), encoding="utf-8")
    (folder / "没有表头.pst").write_text("* AERMOD ( 23132): no columns\n  1.0 2.0 3.0\n", encoding="ascii")
    (folder / "哪个组.csv").write_text(GROUPS, encoding="utf-8")
    register, profile = Register.load(), load_profile("demo")
    con = duckdb.connect()
    create_intake_tables(con, register)
    inventory = take_inventory(folder.parent, profile, register)
    load_source(con, inventory, "dispersion", IntakeContext.create(profile, register))
    return con


def test_values_are_read_with_group_averaging_time_and_network(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(VALUES).fetchall()
    assert [row for row in rows if row[0] == "period"] == [
        ("period", "STACK1", "PERIOD", None, None, 96, 30.38843, 0.21576, 0.0, "POL1"),
        ("period", "STACK1", "PERIOD", None, None, 96, 60.77686, 0.53162, 0.0, "POL1"),
        ("period", "STACK1", "PERIOD", None, None, 96, 86.82409, 0.85993, 0.0, None),
    ]
    assert [row for row in rows if row[0] == "high"] == [
        ("high", "STACK1", "1-HR", "1ST", "21123124", None, 359333.281, 0.05279, 1.5, "CAR1")
    ]
    assert {row[1] for row in rows if row[0] == "两个组"} == {"STACK1", "STACK2"}


def test_books_are_exact_and_what_cannot_be_read_is_named(con: duckdb.DuckDBPyConnection) -> None:
    books = dict(con.execute(
        "select path, [records_read, records_loaded, records_quarantined, records_skipped] from intake.source_file"
    ).fetchall())  # fmt: skip
    assert books == {
        "dispersion/period.plt": [3, 3, 0, 0], "dispersion/high.out": [3, 1, 2, 0],
        "dispersion/两个组.txt": [6, 6, 0, 0], "dispersion/没有表头.pst": [1, 0, 1, 0],
        "dispersion/哪个组.csv": [1, 1, 0, 0],
    }  # fmt: skip
    faults = con.execute(
        "select path, row_number, reason_code from intake.quarantine join intake.source_file using (file_no)"
    )
    assert set(faults.fetchall()) == {
        ("dispersion/high.out", 10, "NUMBER"), ("dispersion/high.out", 11, "FIELD-COUNT"),
        ("dispersion/没有表头.pst", 0, "NO-HEADER"),
    }  # fmt: skip


def test_a_csv_beside_it_says_which_outlet_a_group_is(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        "select run_name, source_group, outlet_no, emission_rate_g_s, met_year, projection "
        "from raw.dispersion_source_group"
    ).fetchall()
    assert found == [("period", "STACK1", "DA001", pytest.approx(1.0), 2025, "EPSG:4550")]


@pytest.mark.parametrize(("unit", "factor"), [("s/m3", 2.5e-6), ("µg/m3 per g/s", 2.5), ("(μg/m3)/(g/s)", 2.5)])
def test_factors_keep_their_unit(tmp_path: Path, key_folder: Path, unit: str, factor: float) -> None:
    folder = tmp_path / "landing" / "dispersion"
    folder.mkdir(parents=True)
    (folder / "扩散系数_2025.csv").write_text(
        "许可证编号,排放口编号,受体编号,平均时间,系数,单位\n"
        f"{PERMIT},DA001,R001,year,{factor},{unit}\n{PERMIT},DA001,,1h,{factor},{unit}\n",
        encoding="utf-8",
    )
    register, profile = Register.load(), load_profile("demo")
    con = duckdb.connect()
    create_intake_tables(con, register)
    context = IntakeContext.create(profile, register)
    load_source(con, take_inventory(folder.parent, profile, register), "dispersion", context)
    ((year, value, stated),) = con.execute("select met_year, factor, unit from raw.dispersion_factor").fetchall()
    quantity, canonical, scale = context.aliases.conversions[stated]
    assert (year, quantity, canonical, value * scale) == (2025, "dispersion_factor", "s/m3", pytest.approx(2.5e-6))
    assert con.execute("select reason_code from intake.quarantine").fetchall() == [("REQUIRED-EMPTY",)]
