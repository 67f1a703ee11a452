"""geography/: outlines and water bodies; also the outlines that profiles/demo carries.

Belongs here: geojson of zone, parks, streets, villages, coast and sea zones; 受纳水体.csv.
Does not belong here: where things lie (place.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, box, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from ehpilot.demo import names, place
from ehpilot.demo.files import Table, write_csv
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

WATER = [
    "名称", "类型", "90%保证率流量(m3/s)", "流速", "水深", "背景浓度", "初始稀释度",
    "水质目标类别", "用途", "用途点经度", "用途点纬度", "服务人口",
]  # fmt: skip
ZONE_ID = "demo_zone"
# class of water, use, place of the use in metres, people served
RIVER_USES = (
    ("Ⅲ类", "饮用水源", -2500, -4900, 28000), ("Ⅳ类", "其他", 1700, -2500, ""), ("Ⅲ类", "养殖", 5200, -1500, 3500),
)  # fmt: skip
SEA_USES = (("二类", "浴场", 6500, 4700, 12000), ("三类", "养殖", -5000, 5600, 9000))


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the five outlines files and the table of water bodies."""
    for path, features in outlines().items():
        target = f"geography/{path}"
        ledger.count(target).read += len(features)
        _write_json(out / target, features)
    table = Table(ledger, "geography/受纳水体.csv", "", WATER)
    for number, flow in enumerate((3.2, 0.8, 1.9)):
        name = f"虚构{'甲乙丙'[number]}河"
        table.add([name, "河流", flow, 0.3 + 0.1 * number, 1.5 + number, "0.02", "/", *_use(RIVER_USES[number])])
        ledger.fact("water_bodies", name=name, kind="river", flow_p90_m3_s=flow, initial_dilution="")
    for use in SEA_USES:
        table.add(["虚构湾近岸海域", "近岸海域", "/", 0.4, 12, "0.01", 45, *_use(use)])
    ledger.fact("water_bodies", name="虚构湾近岸海域", kind="sea", flow_p90_m3_s="", initial_dilution=45)
    row = table.add(["虚构丁河", "河流", "-1", 0.3, 2, "0.02", "/", "Ⅳ类", "其他", "", "", ""])
    table.spoil(row, "90%保证率流量(m3/s)", "-1", "NUMBER-NEGATIVE", "negative flow")
    write_csv(out, table, "utf-8-sig")


def _use(use: tuple[str, str, float, float, int | str]) -> list[object]:
    """Class, use, place and people of a use of a water body as the file writes them."""
    quality, word, x_m, y_m, people = use
    longitude, latitude = place.to_degrees(x_m, y_m)
    return [quality, word, f"{longitude:.6f}", f"{latitude:.6f}", people]


def outlines() -> dict[str, list[dict[str, Any]]]:
    """Features of each outline file."""
    sea = box(-8500, 4400, 8500, 8800).difference(place.land())
    zones = {"sea_1": (box(-8500, 4400, 0, 8800), "工业与城镇用海区", "三类"),
             "sea_2": (box(0, 4400, 8500, 8800), "文体休闲娱乐区", "二类")}  # fmt: skip
    return {
        "区域.geojson": [feature(place.land(), ZONE_ID, names.ZONE_NAME, "area", "")],
        "园区.geojson": [
            feature(shape, name, names.PARK_NAMES[name], "park", ZONE_ID, aliases=";".join(names.PARK_ALIASES[name]))
            for name, shape in place.parks().items()
        ],
        "街道.geojson": [
            feature(shape, name, names.STREET_NAMES[number], "street", ZONE_ID)
            for number, (name, shape) in enumerate(place.streets().items())
        ]
        + [
            feature(shape, name, f"示例{number + 1}村", "village", ZONE_ID)
            for number, (name, shape) in enumerate(place.villages().items())
        ],
        "海岸线.geojson": [feature(LineString(place.coast()), "coast", "海岸线（虚构）", "coastline", ZONE_ID)],
        "海洋功能区.geojson": [
            feature(shape.intersection(sea), name, label, "functional_zone", ZONE_ID, **{"class": quality})
            for name, (shape, label, quality) in zones.items()
        ],
    }


def feature(shape: BaseGeometry, feature_id: str, name: str, kind: str, parent: str, **more: str) -> dict[str, Any]:
    """One GeoJSON feature in degrees (EPSG:4490), coordinates to 1e-6."""
    degrees = transform(lambda x, y: place.to_degrees(x, y), shape)
    properties = {"id": feature_id, "name": name, "kind": kind, "parent_id": parent, **more}
    return {"type": "Feature", "properties": properties, "geometry": _rounded(mapping(degrees))}


def write_profile(folder: Path) -> None:
    """Write the outlines that profiles/demo needs (committed; a test holds them to this function)."""
    features = outlines()
    _write_json(
        folder / "areas.geojson", [*features["区域.geojson"], *features["园区.geojson"], *features["街道.geojson"]]
    )


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    def round_all(value: Any) -> Any:
        return [round_all(part) for part in value] if isinstance(value, tuple | list) else round(value, 6)

    return {"type": geometry["type"], "coordinates": round_all(geometry["coordinates"])}


def _write_json(target: Path, features: list[dict[str, Any]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    collection = {"type": "FeatureCollection", "name": "演示数据（虚构）", "features": features}
    target.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
