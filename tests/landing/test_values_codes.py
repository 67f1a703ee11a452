"""Codes as typed and as mangled: enterprises, permits, CAS numbers, pollutants, units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.identity import (
    CREDIT_CODE_ALPHABET,
    cas_check_digit,
    credit_code_check_character,
    is_cas_number,
    organisation_code_check_character,
)
from ehpilot.landing.values.aliases import load_aliases
from ehpilot.landing.values.kinds import parse_distinct
from ehpilot.project import DBT_DIR

START = "91330206MA2AFICT0"[:8] + "MA2AF0CT0"  # fiction
CREDIT_CODE = START + credit_code_check_character(START)
OLD_CODE = "12345678" + organisation_code_check_character("12345678")


def read(text, kind, **options):
    return parse_distinct(kind, [text], options).to_pylist()[0]


def wide(text):
    """The text in full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@pytest.mark.parametrize("text", [CREDIT_CODE, CREDIT_CODE.lower(), wide(CREDIT_CODE),
    f" {CREDIT_CODE[:6]} {CREDIT_CODE[6:]}\n",
                                  f"'{CREDIT_CODE}", f"\u200b{CREDIT_CODE}"])  # fmt: skip
def test_a_credit_code_is_cleaned(text):
    found = read(text, "credit_code")
    assert (found["value"], found["flag"], found["error"]) == (CREDIT_CODE, "", "")


@pytest.mark.parametrize("text", [OLD_CODE, f"{OLD_CODE[:8]}-{OLD_CODE[8]}", wide(OLD_CODE)])
def test_a_nine_digit_code_is_loaded_with_its_flag(text):
    found = read(text, "credit_code")
    assert (found["value"], found["flag"], found["error"]) == (OLD_CODE, "CODE-OLD", "")


@pytest.mark.parametrize("text", ["9133", "123456780", "9.13302E+17", CREDIT_CODE + "1", "有限公司"])
def test_wrong_codes_are_quarantined(text):
    assert read(text, "credit_code")["error"] == "CODE-CHECK"


@given(st.text(alphabet=CREDIT_CODE_ALPHABET, min_size=17, max_size=17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_only_the_right_check_character_passes(start, last):
    right = credit_code_check_character(start)
    assert (read(start + last, "credit_code")["error"] == "") == (last == right)


def test_a_typed_letter_o_is_named_in_the_message():
    code = next(c for c in (f"9133{i:013d}" for i in range(50)) if "0" in c)
    right = code + credit_code_check_character(code)
    assert right in read(right.replace("0", "O", 1), "credit_code")["message"]


def test_codes_in_missing_marks():
    assert read("/", "credit_code")["flag"] == "MISSING-MARK"
    assert read("无", "cas_no")["flag"] == "MISSING-MARK"


def test_permit_numbers():
    assert read(CREDIT_CODE.lower() + "001p", "permit_no")["value"] == CREDIT_CODE + "001P"
    assert read(START + "?001P", "permit_no")["error"] == "CODE-CHECK"
    assert read("00012ABC", "permit_no")["error"] == "CODE-CHECK"
    assert read("00012ABC", "permit_no", accept=r"^\d{5}[A-Z]{3}$")["value"] == "00012ABC"


@pytest.mark.parametrize("kind", ["permit_no", "credit_code"])
@pytest.mark.parametrize("tail", ["", "001X", "？"])
def test_a_number_that_begins_with_a_citizens_is_not_printed(kind, tail):
    citizen = "11010519491231002X"  # the worked example of GB 11643-1999
    found = read(f" {citizen.lower()}{tail}", kind)
    assert found["error"] == "CODE-CHECK"
    assert citizen[:17] not in found["message"] and "•••" in found["message"]


@pytest.mark.parametrize("text", ["71-43-2", "７１－４３－２", "71—43—2", "71–43–2", "71‑43‑2", " 71-43-2 ", "71432",
    "0000071432",
                                  "CAS:71-43-2", "000071-43-2"])  # fmt: skip
def test_notations_of_a_cas_number(text):
    found = read(text, "cas_no")
    assert (found["value"], found["flag"], found["error"]) == ("71-43-2", "", "")


@pytest.mark.parametrize(("text", "cas"), [("1975-01-04", "75-01-4"), ("1979-01-06 00:00:00", "79-01-6"), ("1975/1/4",
    "75-01-4"),
                                           ("27398", "75-01-4"), ("1975-09-02", "75-09-2")])  # fmt: skip
def test_a_cas_number_that_excel_made_a_date_is_repaired(text, cas):
    found = read(text, "cas_no")
    assert (found["value"], found["flag"], found["error"]) == (cas, "CAS-REPAIRED", "")


@pytest.mark.parametrize("text", ["71-43-3", "2001-10-07", "2025-11-30", "苯", "71-43-2;108-88-3", "1234"])
def test_wrong_cas_numbers(text):
    assert read(text, "cas_no")["error"] == "CAS-CHECK"


@given(st.integers(10, 9_999_999), st.integers(0, 99))
def test_digits_without_hyphens_are_the_same_number(first, second):
    body = f"{first}{second:02d}"
    cas = f"{first}-{second:02d}-{cas_check_digit(body)}"
    assert is_cas_number(cas)
    assert read(cas.replace("-", "").zfill(10), "cas_no")["value"] == cas


# ---- pollutants and units -------------------------------------------------------------------------------------------


@pytest.fixture
def aliases(tmp_path):
    """A small copy of the seeds' shape."""
    (tmp_path / "chemicals").mkdir()
    (tmp_path / "crosswalks").mkdir()
    (tmp_path / "chemicals" / "chemical.csv").write_text(
        "cas_no,pollutant_id,name_cn,name_en,aliases\n71-43-2,71-43-2,苯,benzene,苯;benzol\n18540-29-9,18540-29-9,六价铬,Cr(VI),\n"
        "7440-47-3,7440-47-3,铬,chromium,\n7664-41-7,7664-41-7,氨,ammonia,氨气\n", "utf-8")  # fmt: skip
    (tmp_path / "crosswalks" / "pollutant_alias.csv").write_text(
        "alias,pollutant_id,source,verified\nVOCs,VOCS,own,own\nTVOC,VOCS,own,own\n非甲烷总烃,NMHC,own,own\nNMHC,NMHC,own,own\n"
        "总氮,TN,own,own\n可吸入颗粒物,PM10,own,own\n", "utf-8")  # fmt: skip
    (tmp_path / "crosswalks" / "unit_alias.csv").write_text(
        "alias,unit,source,verified\n吨,t,own,own\nmg/m³,mg/m3,own,own\n毫克/立方米,mg/m3,own,own\n",
        "utf-8")  # fmt: skip
    (tmp_path / "crosswalks" / "unit_conversion.csv").write_text(
        "unit,quantity,canonical_unit,factor,source_ref,verified\nt,mass,t,1,SI,yes\nmg/m3,concentration,ug/m3,1000,SI,yes\n",
        "utf-8")  # fmt: skip
    return load_aliases(tmp_path).options()


@pytest.mark.parametrize(("text", "pollutant"), [
    ("苯", "71-43-2"), ("Benzene", "71-43-2"), ("BENZOL", "71-43-2"), ("71-43-2", "71-43-2"), (" 苯 ", "71-43-2"),
    ("苯（mg/m³）", "71-43-2"), ("总氮（以N计）", "TN"), ("氨（氨气）", "7664-41-7"), ("VOCs", "VOCS"), ("非甲烷总烃",
    "NMHC"),
    ("非甲烷碳氢化合物（非甲烷总烃）", "NMHC"), ("可吸入颗粒物（空气动力学当量直径10μm以下）", "PM10"), ("108-88-3",
    "108-88-3"),
    ("0000071432", "71-43-2"),
])  # fmt: skip
def test_names_of_pollutants(aliases, text, pollutant):
    found = read(text, "pollutant", **aliases)
    assert (found["value"], found["error"]) == (pollutant, "")


def test_a_bracket_that_names_another_form_is_never_dropped(aliases):
    assert read("铬（六价）", "pollutant", **aliases)["error"] == "POLLUTANT-UNKNOWN"
    assert read("铬", "pollutant", **aliases)["value"] == "7440-47-3"


def test_vocs_and_nmhc_are_two_things(aliases):
    assert read("VOCs", "pollutant", **aliases)["value"] != read("NMHC", "pollutant", **aliases)["value"]


@pytest.mark.parametrize("text", ["某物", "71-43-3", "VOCs（NMHC）"])
def test_unknown_pollutants(aliases, text):
    assert read(text, "pollutant", **aliases)["error"] == "POLLUTANT-UNKNOWN"


def test_a_form_may_accept_further_codes(aliases):
    assert read("N420", "pollutant", accept="^N[0-9]{3}$", **aliases)["value"] == "N420"


@pytest.mark.parametrize(
    ("text", "unit"), [("吨", "t"), ("（吨）", "t"), ("mg/m³", "mg/m3"), ("MG/M3", "mg/m3"), ("毫克/立方米", "mg/m3")]
)
def test_units(aliases, text, unit):
    assert read(text, "unit", **aliases)["value"] == unit


TEQ = ("gTEQ", "g TEQ", "g I-TEQ", "gI-TEQ", "g-TEQ", "克TEQ")


@pytest.mark.parametrize(("text", "unit"), [
    *((text, "g-TEQ") for text in TEQ), ("g TEQ/a", "g-TEQ/a"), ("gTEQ/年", "g-TEQ/a"), ("mgTEQ", "mg-TEQ"),
    ("ngTEQ/m3", "ng-TEQ/m3"), ("ng TEQ/Nm³", "ng-TEQ/m3"), ("ng I-TEQ/m³", "ng-TEQ/m3"), ("TEQ ng/m3", "ng-TEQ/m3"),
    ("I-TEQ ng/Nm3", "ng-TEQ/m3"), ("pg WHO-TEQ/m3", "pg-TEQ/m3"), ("pgTEQ/g", "ng-TEQ/kg"), ("ng-TEQ/kg", "ng-TEQ/kg"),
])  # fmt: skip
def test_units_of_toxic_equivalents(text, unit):
    assert read(text, "unit", **load_aliases(DBT_DIR / "seeds").options())["value"] == unit


@pytest.mark.parametrize(
    "text", ["邻苯二甲酸二辛酯", "DOP", "硝酸盐", "亚硝酸盐", "磷酸盐", "己烷", "丁烯", "二氯乙烯", "硝酸盐（mg/L）"]
)
def test_a_name_that_stands_for_several_substances_is_not_guessed(text):
    found = read(text, "pollutant", **load_aliases(DBT_DIR / "seeds").options())
    assert found["error"] == "POLLUTANT-UNKNOWN" and "可指" in found["message"] and "、" in found["message"]


@pytest.mark.parametrize(("text", "pollutant"), [
    ("邻苯二甲酸二辛酯（DEHP）", "117-81-7"), ("邻苯二甲酸二正辛酯", "117-84-0"), ("硝酸盐（以N计）", "NO3-N"),
    ("硝酸盐(以NO3-计)", "14797-55-8"), ("磷酸盐（以P计）", "PO4-P"), ("活性磷酸盐", "PO4-P"), ("正己烷", "110-54-3"),
    ("1-丁烯", "106-98-9"), ("1,1-二氯乙烯", "75-35-4"), ("1,2-二氯乙烯", "540-59-0"),
    ("非甲烷总烃去除效率", "NMHC-REMOVAL"), ("单位产品非甲烷总烃排放量", "NMHC-PER-PRODUCT"), ("非甲烷总烃", "NMHC"),
    ("CO", "630-08-0"), ("2,3,7,8-TCDF", "51207-31-9"), ("二噁英", "DIOXIN-TEQ"),
])  # fmt: skip
def test_what_a_form_states_is_read(text, pollutant):
    assert read(text, "pollutant", **load_aliases(DBT_DIR / "seeds").options())["value"] == pollutant


def test_unknown_unit(aliases):
    assert read("斗", "unit", **aliases)["error"] == "UNIT-UNKNOWN"


def test_the_compounds_of_online_gas_chromatographs_are_known():
    names = [
        "乙烷", "反-2-丁烯", "异戊二烯", "2,2,4-三甲基戊烷", "间/对二甲苯", "间乙基甲苯", "正十二烷", "二氟二氯甲烷",
        "一氟三氯甲烷", "四氟二氯乙烷", "1,2,2-三氟-1,1,2-三氯乙烷", "顺-1,3-二氯丙烯", "反-1,3-二氯丙烯", "溴二氯甲烷",
        "二溴一氯甲烷", "甲基叔丁基醚", "4-甲基-2-戊酮", "六氯丁二烯", "丙烯醛", "巴豆醛", "甲基丙烯醛", "戊醛",
        "间甲基苯甲醛", "己醛",
    ]  # fmt: skip
    found = parse_distinct("pollutant", names, load_aliases(DBT_DIR / "seeds").options()).to_pylist()
    assert [row["text"] for row in found if row["error"]] == []
    assert len({row["value"] for row in found}) == len(names)
