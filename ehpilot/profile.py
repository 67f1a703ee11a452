"""An area's profile: the folder that makes one area out of the one program.

Belongs here: reading and checking ``profiles/<name>/area.yml``, geography files and the list of form folders.
Does not belong here: the forms themselves (``ehpilot.landing.forms``), law and science (dbt seeds; of
them only the parameters are read, so that a profile can name no other).
"""

from __future__ import annotations

import csv
import datetime
import difflib
import hashlib
import zoneinfo
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, field_validator, model_validator

from ehpilot.errors import UsageError
from ehpilot.project import DBT_DIR, PROJECT_ROOT, read_yaml

PROFILES_DIR = PROJECT_ROOT / "profiles"
PARAMETER_SEED = DBT_DIR / "seeds" / "methods" / "parameter.csv"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Geometry(_Strict):
    """Where an outline stands: a GeoJSON/GeoPackage file of the profile, and the feature in it."""

    file: str
    where: dict[str, str] = Field(default_factory=dict)
    crs: Literal["CGCS2000", "WGS84", "GCJ-02", "BD-09"] = "CGCS2000"


class Area(_Strict):
    """The zone, a park, or another named part of the area."""

    area_id: str
    name_cn: str
    name_en: str | None = None
    area_kind: Literal["area", "park", "park_ring_3km", "street", "village", "city"] = "park"
    aliases: tuple[str, ...] = ()
    parent_id: str | None = None
    geometry: Geometry | None = None


class Parameter(_Strict):
    """A choice of this area: a number with its reason and state of verification, in the unit that the seed declares."""

    parameter_id: str
    value: StrictInt | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    unit: str | None = None
    source_ref: str
    verified: Literal["yes", "memory", "doubtful", "own"]


class PlanUnit(_Strict):
    """A unit that the plan names for a task (``"15"``) or a deliverable (``D19``) beside the one in the lead."""

    object_kind: Literal["task", "deliverable"]
    object_id: str
    unit_name: str
    unit_role: Literal["lead", "support"] = "support"
    duty: str | None = None
    source_ref: str
    verified: Literal["yes", "memory", "doubtful", "own"]


class Licence(_Strict):
    """Under which terms the area's data may be used: id of the Open Definition list (or a word), title, address."""

    name: str
    title: str
    path: str | None = None


class Profile(_Strict):
    """All facts of one area. ``bounds`` = (lon_min, lat_min, lon_max, lat_max) in degrees, EPSG:4490.

    ``time_zone``: IANA name; schedules run in it, and times of measurements are its standard time.
    """

    name: str
    folder: Path
    name_cn: str
    name_en: str | None = None
    is_fictional: bool = False
    extends: str | None = None
    time_zone: str = "Asia/Shanghai"
    crs_metric: str = "EPSG:4550"
    grid_m: float = 500.0
    bounds: tuple[float, float, float, float] | None = None
    zone_id: str | None = None
    zone_formal: str | None = None  # the zone's name where the plan's own title of a document differs from name_cn
    city: str | None = None
    parks: tuple[Area, ...] = ()
    areas: tuple[Area, ...] = ()
    issuing_unit: str | None = None
    lead_units: dict[str, str] = Field(default_factory=dict)
    texts: dict[str, str] = Field(default_factory=dict)  # what official papers say of the area that no table decides
    units: tuple[PlanUnit, ...] = ()
    as_of: datetime.date | None = None
    assessment_year: int | None = None
    seed: int = 20250101
    parameters: tuple[Parameter, ...] = ()
    licence: Licence | None = None

    @field_validator("time_zone")
    @classmethod
    def _time_zone_is_known(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"time_zone {value!r} is no IANA time zone") from error
        return value

    @model_validator(mode="after")
    def _fiction_is_named(self) -> Profile:
        if self.is_fictional and "虚构" not in self.name_cn:
            raise ValueError("a fictional profile must carry 虚构 in name_cn")
        return self

    @model_validator(mode="after")
    def _units_stand_once(self) -> Profile:
        keys = [(unit.object_kind, unit.object_id, unit.unit_name, unit.unit_role) for unit in self.units]
        twice = sorted({" ".join(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"units name the same unit twice: {', '.join(twice)}")
        return self

    @property
    def folders(self) -> list[Path]:
        """Own folder first, then that of the profile it extends."""
        found = [self.folder]
        if self.extends:
            parent = PROFILES_DIR / self.extends
            if not parent.is_dir():
                raise UsageError(f"profile {self.name}: extends unknown profile {self.extends!r}")
            found.append(parent)
        return found

    @property
    def form_dirs(self) -> list[Path]:
        """Folders with forms; a form of an earlier folder replaces one of the same form_id in a later one."""
        return [folder / "forms" for folder in self.folders if (folder / "forms").is_dir()]

    def parameter_value(self, parameter_id: str) -> float:
        """This area's value of a declared parameter, else the seed's. Raises KeyError for one that no seed declares."""
        own = [item.value for item in self.parameters if item.parameter_id == parameter_id]
        return float(own[0]) if own else float(declared_parameters()[parameter_id]["value"])

    @property
    def all_areas(self) -> tuple[Area, ...]:
        """Parks and further areas."""
        return self.parks + self.areas

    def content_hash(self) -> str:
        """SHA-256 over every file of the profile and of the one it extends."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
                digest.update(f"{folder.name}/{path.relative_to(folder)}|".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def load_profile(name_or_folder: str | Path) -> Profile:
    """Profile by its name in ``profiles/`` or by folder. Raises UsageError in one line."""
    folder = Path(name_or_folder)
    if not (folder / "area.yml").is_file():
        folder = PROFILES_DIR / str(name_or_folder)
    path = folder / "area.yml"
    if not path.is_file():
        known = ", ".join(sorted(p.parent.name for p in PROFILES_DIR.glob("*/area.yml")))
        raise UsageError(
            f"unknown profile {str(name_or_folder)!r}; known profiles: {known}, or give a folder with area.yml / "
            f"未知的区域档案 {str(name_or_folder)!r}；现有 {known}，或给出含 area.yml 的目录"
        )
    try:
        facts = read_yaml(path.read_text(encoding="utf-8")) or {}
        profile = Profile(**{**facts, "folder": folder.resolve(), "name": facts.get("name", folder.name)})
    except (yaml.YAMLError, ValidationError, TypeError, UnicodeDecodeError) as error:
        name, first = folder.name, str(error).replace("\n", " ")[:300]
        raise UsageError(
            f"profile {name}: area.yml cannot be read: {first} / 区域档案 {name} 的 area.yml 无法读取：{first}"
        ) from error
    _refuse_unknown_parameters(profile)
    return profile


@cache
def declared_parameters() -> dict[str, dict[str, str]]:
    """The rows of the seed ``parameter`` by id: every constant that a profile may give a value of its own."""
    with PARAMETER_SEED.open(encoding="utf-8", newline="") as file:
        return {row["parameter_id"]: row for row in csv.DictReader(file)}


def nearest_parameter(parameter_id: str) -> str:
    """The declared id that is written most like ``parameter_id``; of a misspelt last word, within its group."""
    declared = list(declared_parameters())
    group = [known for known in declared if known.rpartition(".")[0] == parameter_id.rpartition(".")[0]]
    return difflib.get_close_matches(parameter_id, group or declared, n=1, cutoff=0.0)[0]


def _refuse_unknown_parameters(profile: Profile) -> None:
    """Raise UsageError for a parameter that no model could read: unknown, given twice, or in another unit."""
    units = {name: row["unit"] for name, row in declared_parameters().items()}
    seen: set[str] = set()
    for item in profile.parameters:
        name, where = item.parameter_id, f"profile {profile.name}: parameter {item.parameter_id!r}"
        if name not in units:
            near = nearest_parameter(name)
            raise UsageError(
                f"{where} is not declared in dbt/seeds/methods/parameter.csv; the nearest known one is {near!r} / "
                f"区域档案 {profile.name} 的参数 {name!r} 未在参数表中登记；最接近的是 {near!r}"
            )
        if name in seen:
            raise UsageError(f"{where} is given twice / 区域档案 {profile.name} 的参数 {name!r} 重复")
        if item.unit is not None and item.unit != units[name]:
            raise UsageError(
                f"{where} is in {item.unit!r}, declared in {units[name]!r} / "
                f"区域档案 {profile.name} 的参数 {name!r} 单位为 {item.unit!r}，登记单位为 {units[name]!r}"
            )
        seen.add(name)
