"""Rules of the seeds as files: sources, relations, codes, no line breaks. Not here: what marts make of them."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from ehpilot.project import DBT_DIR, PROJECT_ROOT

LIBRARY = PROJECT_ROOT / "ehpilot"
SEEDS = {path.stem: path for path in sorted((DBT_DIR / "seeds").rglob("*.csv"))}
STATUS = {"yes", "memory", "doubtful", "own"}
VOCABULARY = yaml.safe_load((Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))


def rows(seed: str) -> list[dict[str, str]]:
    """All rows of a seed as texts."""
    with SEEDS[seed].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def normalised(text: str) -> str:
    """The form in which words of files are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def declared() -> dict[str, dict]:
    """Seeds of the YAML files by name."""
    found = {}
    for path in (DBT_DIR / "seeds").rglob("*.yml"):
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]:
            found[seed["name"]] = seed
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_has_a_source_and_a_status(seed: str) -> None:
    faults = [
        line
        for line, row in enumerate(rows(seed), start=2)
        if not (row.get("source") or row.get("source_ref") or "").strip() or row.get("verified") not in STATUS
    ]
    assert faults == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_is_a_line(seed: str) -> None:
    """Origins name the line of the csv, so no cell may hold a line break."""
    assert len(SEEDS[seed].read_bytes().splitlines()) == len(rows(seed)) + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_yaml_describes_all_columns_with_types(seed: str) -> None:
    described = declared()[seed]
    header = list(rows(seed)[0])
    assert [column["name"] for column in described["columns"]] == header
    assert set(described["config"]["column_types"]) == set(header)
    assert described["description"].startswith("一行 =")


@pytest.mark.parametrize(
    ("seed", "column", "parent", "key"),
    [
        ("pollutant_alias", "pollutant_id", "chemical", "pollutant_id"),
        ("toxicity", "cas_no", "chemical", "pollutant_id"),
        ("environmental_standard", "pollutant_id", "chemical", "pollutant_id"),
        ("chemical", "parent_cas_no", "chemical", "pollutant_id"),
        ("unit_alias", "unit", "unit_conversion", "unit"),
        ("unit_conversion", "canonical_unit", "unit_conversion", "unit"),
        ("regulatory_list", "list_code", "regulatory_list_status", "list_code"),
    ],
)
def test_relations_hold(seed: str, column: str, parent: str, key: str) -> None:
    known = {row[key] for row in rows(parent)}
    assert {row[column] for row in rows(seed) if row[column]} - known == set()


@pytest.mark.parametrize("seed", ["pollutant_alias", "unit_alias"])
def test_a_word_means_one_thing(seed: str) -> None:
    words = [normalised(row["alias"]) for row in rows(seed)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_a_word_of_a_code_set_means_one_code() -> None:
    words = [(row["code_set"], row["word"].strip().lower()) for row in rows("crosswalk_code")]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_every_seed_word_names_a_code_that_exists() -> None:
    labels = {(row["code_set"], row["code"]) for row in rows("code_label")}
    sets = {code_set for code_set, _ in labels}
    unknown = {
        (row["code_set"], row["code"])
        for row in rows("crosswalk_code")
        if row["code_set"] in sets and (row["code_set"], row["code"]) not in labels
    }
    assert unknown == set()


def test_every_code_of_the_vocabulary_has_labels() -> None:
    labels = {(row["code_set"], row["code"]): row for row in rows("code_label")}
    wanted = {
        (code_set, "yes" if code is True else code)
        for code_set, codes in VOCABULARY["codes"].items()
        if isinstance(codes, list)
        for code in codes
    }
    assert wanted - set(labels) == set()
    assert [key for key, row in labels.items() if not (row["label_cn"] and row["label_en"])] == []


def test_every_reason_code_is_explained() -> None:
    explained = {row["reason_code"]: row for row in rows("reason_code")}
    assert set(VOCABULARY["reason_codes"]) - set(explained) == set()
    assert [code for code, row in explained.items() if not row["label_cn"]] == []


def test_voc_total_and_non_methane_hydrocarbons_are_two_things() -> None:
    aliases = {normalised(row["alias"]): row["pollutant_id"] for row in rows("pollutant_alias")}
    assert {aliases[normalised(word)] for word in ("VOCs", "TVOC", "挥发性有机物")} == {"TVOC"}
    assert {aliases[normalised(word)] for word in ("非甲烷总烃", "NMHC")} == {"NMHC"}
    assert aliases["co"] == "630-08-0"


def test_cas_numbers_have_the_right_check_digit() -> None:
    wrong = []
    for row in rows("chemical"):
        digits = row["cas_no"].replace("-", "")
        if digits and sum(i * int(d) for i, d in enumerate(reversed(digits[:-1]), start=1)) % 10 != int(digits[-1]):
            wrong.append(row["cas_no"])
    assert wrong == []


def test_factors_convert_to_a_unit_of_the_same_quantity() -> None:
    units = {row["unit"]: row for row in rows("unit_conversion")}
    for row in units.values():
        target = units[row["canonical_unit"]]
        assert target["quantity"] == row["quantity"]
        assert float(target["factor"]) == 1.0
    assert float(units["lb"]["factor"]) == pytest.approx(0.00045359237, rel=1e-12)
    assert units["ppb"]["quantity"] != units["ug/m3"]["quantity"]


def test_drafts_and_incomplete_lists_never_decide() -> None:
    state = {row["list_code"]: (row["list_status"], row["decides"]) for row in rows("regulatory_list_status")}
    assert state["PCC2025D"] == ("draft", "false")
    assert state["TWP2025"] == ("incomplete", "false")
    assert {code for code, (status, decides) in state.items() if (status == "current") != (decides == "true")} == set()


def test_every_entry_of_a_deciding_list_finds_its_substance() -> None:
    """An entry that finds none gates nothing. Antibiotics are no substance."""
    known = {row["pollutant_id"]: row for row in rows("chemical")}
    deciding = {row["list_code"] for row in rows("regulatory_list_status") if row["decides"] == "true"}
    entries = [row for row in rows("regulatory_list") if row["list_code"] in deciding]
    named = {(row["list_code"], number) for row in entries for number in row["cas_no"].split(";") if number in known}
    lost = {row["substance_cn"] for row in entries if not set(row["cas_no"].split(";")) & set(known)}
    assert lost == {"抗生素"}
    assert {("TWP2019", "18540-29-9"), ("PCC2017", "18540-29-9"), ("PCC2017", "7439-92-1")} <= named
    assert known["18540-29-9"]["parent_cas_no"] == "7440-47-3", "铬及其化合物 holds the hexavalent ones"


def test_survey_weights_make_a_hundred() -> None:
    assert sum(float(row["weight"]) for row in rows("site_survey_question")) == 100
    assert len(rows("site_survey_question")) == 20


def test_a_parameter_is_read_or_says_that_nothing_reads_it_yet() -> None:
    """A constant that models, kernels and intake do not name decides nothing; `used_by` says so of it alone."""
    readers = [*(DBT_DIR / "models").rglob("*.sql"), *(DBT_DIR / "models").rglob("*.py")]
    readers += [*(LIBRARY / "kernels").rglob("*.py"), LIBRARY / "landing" / "folder" / "delivery.py"]
    models = "".join(path.read_text(encoding="utf-8") for path in readers)
    groups = re.findall(r"parameter_id like '([a-z_.]+)%'|\bf\"(screening\.[a-z]+_)\{", models)
    prefixes = tuple(prefix for pair in groups for prefix in pair if prefix)
    wrong = []
    for row in rows("parameter"):
        name, is_unread = row["parameter_id"], row["used_by"].startswith("none yet: ")
        is_named = re.search(rf"['\"]{re.escape(name)}['\"]", models) or name.startswith(prefixes)
        if bool(is_named) == is_unread:
            wrong.append(name)
        if not is_unread and not row["value"]:
            wrong.append(f"{name} has no value")
    assert wrong == []


def test_every_medium_of_emissions_says_whose_toxicity_weight_it_takes() -> None:
    media = {row["code"] for row in rows("code_label") if row["code_set"] == "medium_of_emission"}
    routes = {row["medium"]: row["toxicity_route"] for row in rows("emission_medium")}
    assert set(routes) == media
    assert set(routes.values()) <= {"inhalation", "oral", "larger", "none"}


def test_seeds_name_a_true_source() -> None:
    """A page of this project's own planning is no source: the standard, the paper, or “own: …” is."""
    planning = re.compile(r"\bdesign (methods|landing)|\bmethods [a-l]\d?\b|\brule \d|later issue", re.IGNORECASE)
    found = {
        path.name: line
        for path in (DBT_DIR / "seeds").rglob("*.csv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if planning.search(line)
    }
    assert found == {}


def test_every_kind_of_gap_has_words() -> None:
    """The public version counts gaps by kind: the first part of their id."""
    models = (path.read_text(encoding="utf-8") for path in (DBT_DIR / "models").rglob("*.sql"))
    kinds = {kind for text in models for kind in re.findall(r"'([A-Z]+):[a-z:]*' \|\| .* as gap_id", text)}
    assert len(kinds) >= 10
    assert kinds == {row["code"] for row in rows("code_label") if row["code_set"] == "gap_kind"}
