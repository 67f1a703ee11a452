"""Which values of toxicity are chosen, their organs and groups, and what is taken from another substance, against the
sources. Does not belong here: rules of seeds as files (``test_seeds``), what marts make of them."""

from __future__ import annotations

import pytest

from tests.dbt.seed_rows import rows

# substance, type, route → value for residents, for workers: EPA IRIS and HEM5 of 2024-25, per ug/m3, mg/m3, mg/(kg d)
CHOSEN = {
    ("50-00-0", "IUR", "inhalation"): (1.1e-5, 6.4e-6),
    ("50-00-0", "RfC", "inhalation"): (0.007, 0.007),
    ("67-66-3", "RfC", "inhalation"): (0.002, 0.002),
    ("75-01-4", "IUR", "inhalation"): (8.8e-6, 4.4e-6),
    ("79-01-6", "IUR", "inhalation"): (4.8e-6, 4.1e-6),
    ("75-21-8", "IUR", "inhalation"): (5e-3, 3e-3),
    ("50-32-8", "IUR", "inhalation"): (1.016e-3, 6e-4),
    ("56-55-3", "IUR", "inhalation"): (1.016e-4, 6e-5),
    ("100-41-4", "RfC", "inhalation"): (0.3, 0.3),
    ("106-46-7", "RfC", "inhalation"): (0.06, 0.06),
    ("7440-48-4", "RfD", "oral"): (3e-4, 3e-4),
    ("7440-41-7", "RfD", "oral"): (2e-3, 2e-3),
    ("542-88-1", "IUR", "inhalation"): (0.062, 0.062),
}


@pytest.mark.parametrize("key", CHOSEN)
def test_values_are_chosen_by_population(key: tuple[str, str, str]) -> None:
    of_key = [row for row in rows("toxicity") if (row["cas_no"], row["value_type_code"], row["route"]) == key]
    found = [[float(r["value"]) for r in of_key if r[f"preferred_{who}"] == "yes"] for who in ("resident", "worker")]
    assert found == [[value] for value in CHOSEN[key]]


def test_no_set_mixes_conventions_of_early_life() -> None:
    """Workers never hold an adjustment; a PAH set stands on one footing for each population."""
    values = rows("toxicity")
    pah = {row["pollutant_id"] for row in rows("chemical") if row["class"] == "PAH"} - {"91-20-3"}
    assert {r["adaf_status"] for r in values if r["preferred_worker"] == "yes"} == {
        "",
        "not_applicable",
        "not_included",
    }
    for who, route, footing in (
        ("worker", "inhalation", {"not_included"}), ("worker", "oral", {"not_included"}),
        ("resident", "inhalation", {"included"}), ("resident", "oral", {"not_included"}),
    ):  # fmt: skip
        chosen = [
            row for row in values if row["cas_no"] in pah and row["route"] == route
            and row["value_type_code"] in ("IUR", "SF") and row[f"preferred_{who}"] == "yes"
        ]  # fmt: skip
        assert len(chosen) >= 7 and {row["adaf_status"] for row in chosen} == footing


ORGANS = {
    "56-23-5": {"liver"}, "123-91-1": {"respiratory", "liver"}, "71-55-6": {"nervous"}, "7440-48-4": {"respiratory"},
    "75-86-5": {"nervous", "thyroid"}, "120-82-1": {"liver"}, "108-10-1": {"developmental"},
    "67-56-1": {"developmental"}, "110-82-7": {"developmental"}, "107-06-2": {"nervous"},
    "108-90-7": {"liver", "kidney"},
}  # fmt: skip


@pytest.mark.parametrize("substance", ORGANS)
def test_organs_of_the_chosen_concentration(substance: str) -> None:
    (row,) = [
        row for row in rows("toxicity") if row["cas_no"] == substance and row["route"] == "inhalation"
        and row["value_type_code"] in ("RfC", "REL_chronic", "MRL_chronic") and row["preferred_resident"] == "yes"
    ]  # fmt: skip
    assert set(row["target_organ"].split(";")) == ORGANS[substance]


def test_organs_are_words_of_the_code_set_and_every_chosen_value_has_one() -> None:
    words = {row["code"] for row in rows("code_label") if row["code_set"] == "target_organ"}
    values = rows("toxicity")
    assert {organ for row in values for organ in row["target_organ"].split(";") if organ} <= words
    chronic = [row for row in values if row["value_type_code"] in ("RfC", "RfD", "REL_chronic", "MRL_chronic")]
    chosen = [row for row in chronic if "yes" in (row["preferred_resident"], row["preferred_worker"])]
    assert len(chosen) > 200 and [row["cas_no"] for row in chosen if not row["target_organ"]] == []


def test_carcinogens_have_their_group() -> None:
    group = {row["pollutant_id"]: row["iarc_group"].split(" ")[0] for row in rows("chemical")}
    wanted = {"542-88-1": "1", "107-30-2": "1", "302-01-2": "2A", "77-78-1": "2A", "100-44-7": "2A", "101-77-9": "2B"}
    assert {substance: group[substance] for substance in wanted} == wanted
    assert group["DIOXIN-TEQ"] == "1"


def test_a_sum_holds_its_members_without_a_circle() -> None:
    above = {row["pollutant_id"]: row["part_of"] for row in rows("chemical") if row["part_of"]}
    for member in above:
        steps, place = 0, member
        while place in above and steps <= 3:
            place, steps = above[place], steps + 1
        assert steps <= 3, f"{member}: int_core__pollutant_sums_joined follows three steps"
    assert above["18540-29-9"] == "7440-47-3" and above["PM2.5"] == "PM10" and above["95-47-6"] == "1330-20-7"
    assert "N420" not in above, "compounds of lead are reported beside lead, not inside it"


def test_transfers_use_one_set_of_dioxin_factors() -> None:
    transfers = rows("toxicity_transfer")
    who_2005 = {row["member_id"]: float(row["factor"]) for row in transfers if row["rule"] == "tef_who_2005"}
    assert who_2005["40321-76-4"] == 1 and who_2005["57117-31-4"] == 0.3 and len(who_2005) == 29
    metals = {row["member_id"] for row in transfers if row["rule"] == "as_element" and row["member_id"]}
    assert {"N420", "N458", "N078", "N020", "N495", "N096", "N050"} <= metals
    assert [row["rule"] for row in transfers if row["member_id"] == "N090"] == ["speciate_first"]
