"""Profiles: what is declared is read, and what can't be true is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.profile import PROFILES_DIR, Profile, load_profile
from ehpilot.project import PROJECT_ROOT


def _profile(folder: Path, text: str) -> Profile:
    (folder / "area.yml").write_text(f"name_cn: 某区\n{text}\n", encoding="utf-8")
    return load_profile(folder)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in PROFILES_DIR.glob("*/area.yml")))
def test_profiles_of_the_repository_load(name: str) -> None:
    assert load_profile(name).name == name


@pytest.mark.parametrize("line", ["time_zone: Asia/Beilun", "country: CN", "licence: {title: 无}", "switches: {}"])
def test_unknown_zones_and_keys_are_refused_in_one_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError) as refused:
        _profile(tmp_path, line)
    assert "\n" not in str(refused.value) and tmp_path.name in str(refused.value)


def _parameter(folder: Path, text: str) -> Profile:
    return _profile(folder, f"parameters:\n  - {{{text}, source_ref: own, verified: own}}")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("screening.cut_scores", "screening.cut_score"),
        ("screening.robust_probabilty", "screening.robust_probability"),
        ("max_data_age", "max_data_age_days"),
    ],
)
def test_a_parameter_that_no_seed_declares_is_refused_with_the_nearest_one(
    tmp_path: Path, misspelt: str, meant: str
) -> None:
    with pytest.raises(UsageError) as refused:
        _parameter(tmp_path, f"parameter_id: {misspelt}, value: 3")
    message = str(refused.value)
    assert f"'{misspelt}'" in message and f"'{meant}'" in message and "未在参数表中登记" in message


@pytest.mark.parametrize("value", ["drei", "true", ".nan", "null", "'3'"])
def test_a_parameter_is_a_number(tmp_path: Path, value: str) -> None:
    with pytest.raises(UsageError, match="value"):
        _parameter(tmp_path, f"parameter_id: screening.cut_score, value: {value}")


def test_a_parameter_stands_once_and_in_the_unit_of_the_seed(tmp_path: Path) -> None:
    assert _parameter(tmp_path, "parameter_id: max_data_age_days, value: 30, unit: d").parameters[0].value == 30
    with pytest.raises(UsageError, match="declared in 'd'"):
        _parameter(tmp_path, "parameter_id: max_data_age_days, value: 1, unit: a")
    twice = "  - {parameter_id: max_data_age_days, value: 1, source_ref: own, verified: own}\n" * 2
    with pytest.raises(UsageError, match="twice"):
        _profile(tmp_path, f"parameters:\n{twice}")


def test_every_key_is_read_somewhere() -> None:
    """A key that no code reads would be a promise: it is not in the model."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for part in ("ehpilot", "assets", "dagster_project")
        for path in (PROJECT_ROOT / part).rglob("*.py")
    )
    unread = [key for key in Profile.model_fields if f"profile.{key}" not in code and f").{key}" not in code]
    assert set(unread) - {"extends", "folder", "parks", "areas"} == set()  # read by the profile itself
