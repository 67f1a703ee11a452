"""The manual speaks Chinese: what its seeds say in English has its words in seed ``manual_phrase``."""

from __future__ import annotations

import csv
import re

from ehpilot.project import DBT_DIR

FOLDER = DBT_DIR / "seeds" / "accounting"
PRINTED = {
    "accounting_method": ("variant", "inputs", "conditions", "source_ref"),
    "published_factor": ("product", "region", "source"),
    "treatment_efficiency": ("pollutant_class", "cross_media", "k_formula", "source"),
}
WORD = re.compile("[a-z]{4,}")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_printed_phrase_has_its_chinese() -> None:
    known = {row["phrase"]: row["phrase_cn"] for row in rows("manual_phrase")}
    lacking = set()
    for seed, columns in PRINTED.items():
        for row in rows(seed):
            for column in columns:
                text = row[column]
                if column == "inputs":
                    text = "；".join(part.strip() for part in text.split(";"))
                if row["verified"] != "doubtful" and WORD.search(text) and text not in known:
                    lacking.add((seed, column, text))
    assert lacking == set()
    assert [phrase for phrase, chinese in known.items() if not re.search("[一-鿿]", chinese)] == []


def test_every_technology_that_may_be_chosen_has_a_stage_and_every_class_its_substances() -> None:
    """A legal minimum (REG-…) is no technology."""
    live = [row for row in rows("treatment_efficiency") if row["verified"] != "doubtful"]
    scope = {row["technology_id"] for row in rows("technology_scope")}
    named = {row["pollutant_class"] for row in rows("treatment_class_substance")}
    without = {row["technology_id"] for row in live if not row["technology_id"].startswith("REG-")} - scope
    assert without == {"SCR", "N2O-CAT"}, "nitrogen oxides and nitrous oxide are no pollutants of the manual"
    classes = {row["pollutant_class"] for row in live if row["technology_id"] in scope}
    # sums that are no substance: chemical oxygen demand, salts, dust of products
    assert classes - named == {
        "fluorinated", "oil_solids_latex", "refractory_toxic_organics", "salts_cod", "salts_refractory",
    }  # fmt: skip
