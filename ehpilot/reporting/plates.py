"""A plate of the atlas on an A3 page: cells by class, outlines, sources, with legend, scale, north, system and date.

Cells are squares in degrees of the middle latitude, which is true enough for an area of some tens of kilometres.
Does not belong here: maps inside a text (``maps``), the interactive map (``publish.offline_map``), classes (dbt).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ehpilot.reporting.maps import M_PER_DEGREE, furniture, halo, name_park, outline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Rows = Sequence[dict[str, Any]]

WIDTH_CM, HEIGHT_CM = 36.0, 23.0  # what an A3 page in landscape leaves
# A sequence that darkens (ColorBrewer YlOrRd), for classes that rise; the grades have colours of their own.
RISING = ("#ffffcc", "#fed976", "#fd8d3c", "#e31a1c", "#800026")
GRADES = {"红": "#b2182b", "橙": "#f08a24", "黄": "#f6dd5a", "蓝": "#6fa5d8"}
UNKNOWN_COLOUR = "#d0d4d9"
SIGNS = {"红": ("^", 90.0), "橙": ("s", 62.0), "黄": ("D", 46.0), "蓝": ("o", 42.0)}
_OTHER_SIGNS = ("P", "X", "v", "*", "p", "h", "<", ">")
_LINES = {
    "coastline": {"color": "#2b6ca3", "linewidth": 1.2},
    "functional_zone": {"color": "#2a8c82", "linewidth": 1.0, "linestyle": ":"},
    "ecological_red_line": {"color": "#1a7f37", "linewidth": 1.6, "linestyle": "-."},
}
_PLAIN_LINE: dict[str, Any] = {"color": "#999999", "linewidth": 0.7}
_CELL_ALPHA = 0.8
_DRAWN = ("area", "park")


def draw_plate(
    axes: Axes, cells: Rows, points: Rows, areas: Rows, features: Rows, note: str, park: str | None = None
) -> None:
    """Draw one plate.

    ``cells``: ``longitude``, ``latitude``, ``size_m``, ``class_no`` (rising, null unknown) and ``class_word``;
    ``points``: ``longitude``, ``latitude``, ``word`` (grade or kind); ``areas`` and ``features``: outlines as WKT;
    ``note``: metric system, date and so on, under the map; ``park``: only this area, with its surroundings.
    """
    _draw_cells(axes, cells)
    for area in areas:
        if area["area_kind"] in _DRAWN and area["geometry_wkt"]:
            outline(axes, area)
    for feature in features:
        _draw_feature(axes, feature)
    _draw_points(axes, points)
    middle = _frame(axes, cells, points, areas, park)
    for area in areas:
        if area["geometry_wkt"]:
            name_park(axes, area, [(float(point["longitude"]), float(point["latitude"])) for point in points])
    furniture(axes, middle, 0, False)
    axes.annotate(note, (0.0, -0.06), xycoords="axes fraction", fontsize=9, va="top", parse_math=False)


def _draw_cells(axes: Axes, cells: Rows) -> None:
    from matplotlib.collections import PolyCollection

    classes = sorted({(cell["class_no"] is None, cell["class_no"] or 0, cell["class_word"]) for cell in cells})
    for is_unknown, number, word in classes:
        of_class = [cell for cell in cells if cell["class_word"] == word]
        colour = GRADES.get(word, UNKNOWN_COLOUR if is_unknown else RISING[min(number, len(RISING)) - 1])
        squares = [_square(cell) for cell in of_class]
        # Edges of the same colour: squares in degrees do not quite meet.
        filled = PolyCollection(squares, facecolors=colour, edgecolors=colour, linewidths=0.4, alpha=_CELL_ALPHA)
        axes.add_collection(filled, autolim=False)
        # Nothing is seen of it: it brings the class into the legend.
        axes.fill([], [], facecolor=colour, alpha=_CELL_ALPHA, label=f"网格 {word}（{len(of_class)}）")


def _square(cell: dict[str, Any]) -> list[tuple[float, float]]:
    x, y, half = float(cell["longitude"]), float(cell["latitude"]), float(cell["size_m"]) / 2
    dy = half / M_PER_DEGREE
    dx = dy / math.cos(math.radians(y))
    return [(x - dx, y - dy), (x + dx, y - dy), (x + dx, y + dy), (x - dx, y + dy)]


def _draw_points(axes: Axes, points: Rows) -> None:
    order_of = list(SIGNS)[::-1]  # the worst is drawn last, on top, and stands first in the legend
    words = sorted(
        dict.fromkeys(point["word"] for point in points),
        key=lambda word: (order_of.index(word) if word in order_of else -1, word),
    )
    others = [word for word in words if word not in SIGNS]
    for order, word in enumerate(words):
        drawn = [point for point in points if point["word"] == word]
        if word in SIGNS:
            marker, size = SIGNS[word]
            look: dict[str, Any] = {"c": GRADES[word], "edgecolors": "black", "linewidths": 0.7}
        else:
            marker, size = _OTHER_SIGNS[others.index(word) % len(_OTHER_SIGNS)], 40.0
            look = {"c": "white", "edgecolors": "#4a2a6a", "linewidths": 1.0}
        axes.scatter(
            [point["longitude"] for point in drawn],
            [point["latitude"] for point in drawn],
            s=size, marker=marker, zorder=10 + order, label=f"{word}（{len(drawn)}）", **look,
        )  # fmt: skip


def _draw_feature(axes: Axes, feature: dict[str, Any]) -> None:
    import shapely

    shape = shapely.from_wkt(feature["geometry_wkt"])
    look = _LINES.get(feature["feature_kind"], _PLAIN_LINE)
    for part in shapely.get_parts(shape):
        lines = [part.exterior] if part.geom_type == "Polygon" else [part] if part.geom_type == "LineString" else []
        for line in lines:
            axes.plot(*line.xy, zorder=3, **look)
    if feature["feature_kind"] != "coastline" and feature["name_cn"]:
        middle = shape.representative_point()
        axes.text(
            middle.x, middle.y, feature["name_cn"], ha="center", va="center", fontsize=8, parse_math=False, zorder=49,
            color="#1a5f3a", path_effects=halo(), clip_on=True,
        )  # fmt: skip


def _frame(axes: Axes, cells: Rows, points: Rows, areas: Rows, park: str | None) -> float:
    """Set the frame to the zone, or to one park with a kilometre around it; returns the middle latitude."""
    import shapely

    shapes = [
        shapely.from_wkt(area["geometry_wkt"])
        for area in areas
        if area["geometry_wkt"] and (area["area_id"] == park if park else area["area_kind"] in _DRAWN)
    ]
    places = [shapely.Point(float(row["longitude"]), float(row["latitude"])) for row in (*cells, *points)]
    west, south, east, north = shapely.union_all(shapes or places).bounds
    middle = (south + north) / 2
    margin = 1500 / M_PER_DEGREE if park else 0.03 * max(north - south, 1e-3)
    shrink = math.cos(math.radians(middle))
    axes.set_xlim(west - margin / shrink, east + margin / shrink)
    axes.set_ylim(south - margin, north + margin)
    axes.set_aspect(1 / shrink)
    return middle
