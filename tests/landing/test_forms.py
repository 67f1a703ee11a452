"""Forms: a slip of the pen is an error that names file, form and key; headers are compared as people mean them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.landing.forms import bracket_of, check_against_register, load_forms, normalise, without_bracket
from tests.landing.intake_kit import column, raw_table

FORM = """
source: site
forms:
  - form_id: a
    files: ["*名单*"]
    parts:
      - table: site_entry
        columns:
          name: {aliases: [名称], required: true}
"""


def _write(folder: Path, text: str, name: str = "site.yml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_form_is_read_with_its_defaults(tmp_path: Path) -> None:
    (form,) = load_forms([_write(tmp_path, FORM)])
    assert (form.form_id, form.source, form.formats) == ("a", "site", ["xlsx", "xls", "csv"])
    assert form.parts[0].header.rows == 1
    assert form.parts[0].columns["name"].required


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("required: true", "requird: true", "requird: unknown key"),
        ("aliases: [名称]", "pick: 'x'", "one origin"),
        ("aliases: [名称]", "aliases: [名称], position: 2", "one origin"),
        ("files: [", "encoding: gbk\n    files: [", "encoding: unknown key"),
        ("aliases: [名称]", "aliases: [名称], pick: '(['", "not a regular expression"),
        ("- table: site_entry", "- table: site_entry\n        layout: matrix", "layout matrix"),
        ("source: site", "source: [", "not YAML"),
    ],
)
def test_a_wrong_form_is_an_error_on_one_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = _write(tmp_path, FORM.replace(old, new, 1))
    with pytest.raises(UsageError) as error:
        load_forms([folder])
    assert told in str(error.value)
    assert "site.yml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_form_of_the_area_replaces_the_national_one(tmp_path: Path) -> None:
    own = _write(tmp_path / "own", FORM.replace("名单", "名册"))
    national = _write(tmp_path / "national", FORM + FORM.split("forms:")[1].replace("form_id: a", "form_id: b"))
    forms = load_forms([own, national])
    assert [(form.form_id, form.files) for form in forms] == [("a", ["*名册*"]), ("b", ["*名单*"])]


def test_the_same_form_id_twice_in_a_file_is_an_error(tmp_path: Path) -> None:
    folder = _write(tmp_path, FORM + FORM.split("forms:")[1])
    with pytest.raises(UsageError, match="stands twice"):
        load_forms([folder])


@pytest.mark.parametrize("name", ["2025名单.xlsx", "名单（终稿）.XLSX", "名单.csv.gz", "重点名单.xls"])
def test_file_names_fit_whatever_their_width_and_case(tmp_path: Path, name: str) -> None:
    (form,) = load_forms([_write(tmp_path, FORM)])
    assert form.takes_name(name)
    assert not form.takes_name("名册.xlsx")


def test_forms_that_name_unknown_tables_or_columns_are_told(tmp_path: Path) -> None:
    forms = load_forms([_write(tmp_path, FORM)])
    assert check_against_register(forms, {}) == ["a: no raw table site_entry"]
    other = {"site_entry": raw_table("site_entry", ["code"], [column("code")])}
    assert check_against_register(forms, other) == ["a: site_entry has no column name"]


@pytest.mark.parametrize(
    "text", ["流量（m3/h）", "流量(m3/h)", " 流 量(m3/h)", "流量\n(m3/h)", "*流量【M3/H】", "流量(m3/h)*"]
)
def test_header_texts_are_compared_without_width_blanks_and_brackets(text: str) -> None:
    assert without_bracket(normalise(text)) == "流量"


def test_the_unit_in_a_bracket_keeps_its_case() -> None:
    assert bracket_of("浓度（ mg/m3 ）") == "mg/m3"
    assert bracket_of("电导率(mS/cm)") == "mS/cm"
    assert bracket_of("浓度") is None
