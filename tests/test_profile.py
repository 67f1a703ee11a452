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


def test_every_key_is_read_somewhere() -> None:
    """A key that no code reads would be a promise: it is not in the model."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for part in ("ehpilot", "assets", "dagster_project")
        for path in (PROJECT_ROOT / part).rglob("*.py")
    )
    unread = [key for key in Profile.model_fields if f"profile.{key}" not in code and f").{key}" not in code]
    assert set(unread) - {"extends", "folder", "parks", "areas"} == set()  # read by the profile itself
