"""The static map of a document: points over area outlines in degrees, scale bar, north arrow, legend in words.

Drawn with the aspect of the middle latitude, which is true enough for an area of some tens of kilometres. Does not
belong here: plates of the atlas (``plates``), interactive maps (``publish.offline_map``), what the points mean.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ehpilot.reporting.numbers import cell_text
from ehpilot.reporting.page import TEXT_WIDTH_CM

if TYPE_CHECKING:
    from matplotlib.axes import Axes

M_PER_DEGREE = 111_320.0  # of latitude, and of longitude at the equator (WGS 84 mean)
_OUTLINED = {"area": 1.2, "park": 0.8}  # kinds of area that are drawn, with their line width
# Bands of risk in the usual colours (red, orange, blue, grey), readable in grey by their sizes.
_BANDS = {"高风险": ("#c00000", 80.0), "中风险": ("#ed7d31", 52.0), "低风险": ("#2e75b6", 34.0)}
_UNRATED = ("#808080", 34.0)
_MARKERS = ("^", "s", "D", "v", "P", "X", "*", "p")
_LEGEND_COLUMNS = 4
_CLOSE_SHAPE = 2.2  # width by height
_CLOSE_HEIGHT = 0.96  # of the picture's; the legend stands to the right
_WORDS_ZORDER = 50  # above every symbol
# of the north arrow, in fractions of the frame: place, tip and foot; beside a small map, whose parks lie at any edge
_ARROW, _ARROW_BESIDE = (0.96, 0.985, 0.87), (1.6, 0.985, 0.72)
_PARK_PT, _LABEL_PT = 8.5, 6.5  # letters of a park's name, of a point's
_AXES_PT = 330.0  # about the width of a map's frame
_PLACES_TRIED, _ROOM_ENOUGH = 9, 1.6  # for a name, on each side; half a name's size from any point


def map_height_cm(rows: list[dict[str, Any]], areas: list[dict[str, Any]], longitude: str, latitude: str) -> float:
    """Height of a picture of full text width that holds points and outlines without white bands, 9–21 cm."""
    import shapely

    points = shapely.multipoints([(float(row[longitude]), float(row[latitude])) for row in rows])
    shapes = [shapely.from_wkt(area["geometry_wkt"]) for area in _drawn(areas)]
    west, south, east, north = shapely.union_all([points, *shapes]).bounds
    wide = max((east - west) * math.cos(math.radians((south + north) / 2)), 1e-6)
    return min(max((TEXT_WIDTH_CM - 2.0) * (north - south) / wide + 3.6, 9.0), 21.0)


def close_box(height_cm: float) -> tuple[float, float, float, float]:
    """Left, bottom, width, height of a small map in its picture of full text width, as shares of it.

    A layout that matplotlib finds by drawing twice takes two thirds of the time of a small map.
    """
    return 0.004, (1 - _CLOSE_HEIGHT) / 2, height_cm * _CLOSE_HEIGHT * _CLOSE_SHAPE / TEXT_WIDTH_CM, _CLOSE_HEIGHT


def draw_map(
    axes: Axes,
    rows: list[dict[str, Any]],
    areas: list[dict[str, Any]],
    longitude: str,
    latitude: str,
    grade: str | None,
    size: str | None,
    label: str | None,
    unplaced: int = 0,
    is_close: bool = False,
) -> None:
    """Draw ``rows`` (with coordinates) over ``areas``; ``unplaced`` rows are counted in the note. ``is_close``: the
    surroundings of the rows only."""
    for area in _drawn(areas):
        outline(axes, area)
    members = list(dict.fromkeys(cell_text(row[grade]) for row in rows)) if grade else [""]
    largest = max((float(row[size]) for row in rows if size and row[size] is not None), default=0.0)
    plain = [member for member in members if not _band(member)]
    for order, member in enumerate(members):
        points = [row for row in rows if not grade or cell_text(row[grade]) == member]
        band = _band(member)
        if band:
            colour, area_pt2 = band
            shape: dict[str, Any] = {"c": colour, "marker": "o", "edgecolors": "black", "linewidths": 0.5}
        else:
            area_pt2 = 26.0
            marker = _MARKERS[plain.index(member) % len(_MARKERS)]
            shape = {"c": "white", "marker": marker, "edgecolors": "#375623", "linewidths": 0.9}
        areas_pt2 = [_marker_size(row[size], largest) if size else area_pt2 for row in points]
        axes.scatter(
            [row[longitude] for row in points], [row[latitude] for row in points], s=areas_pt2, zorder=3 + order,
            label=f"{member}（{len(points)}）" if member else f"风险源（{len(points)}）", **shape,
        )  # fmt: skip
    middle = sum(float(row[latitude]) for row in rows) / len(rows)
    axes.set_aspect(1 / math.cos(math.radians(middle)))
    axes.margins(0.08)
    if is_close:
        _look_close(axes, rows, longitude, latitude)
    taken = [(float(row[longitude]), float(row[latitude])) for row in rows]
    for area in _drawn(areas):
        name_park(axes, area, taken + ([] if is_close else _under_the_arrow(axes)))
    if label:
        _name_points(axes, rows, longitude, latitude, label)
    furniture(axes, middle, unplaced, is_close)


def _look_close(axes: Axes, rows: list[dict[str, Any]], longitude: str, latitude: str) -> None:
    """Show the surroundings of the points only, in a picture three times as wide as high, at least 2 km high."""
    east, north = [float(row[longitude]) for row in rows], [float(row[latitude]) for row in rows]
    middle_x, middle_y = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    shrink = math.cos(math.radians(middle_y))
    half = 1.35 * max(
        1000 / M_PER_DEGREE, (max(north) - min(north)) / 2, (max(east) - min(east)) / 2 * shrink / _CLOSE_SHAPE
    )
    axes.set_xlim(middle_x - half * _CLOSE_SHAPE / shrink, middle_x + half * _CLOSE_SHAPE / shrink)
    axes.set_ylim(middle_y - half, middle_y + half)


def _drawn(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [area for area in areas if area["geometry_wkt"] and area["area_kind"] in _OUTLINED]


def _band(member: str) -> tuple[str, float] | None:
    """Colour and size of a band of risk; None for other things, and for what is no source."""
    layer, _, grade = member.rpartition("：")
    if member == "" or layer == "风险源":
        return _BANDS.get(grade, _UNRATED)
    return _BANDS.get(member)


def outline(axes: Axes, area: dict[str, Any]) -> None:
    """Draw the outline of an area, its line by its kind."""
    import shapely

    shape = shapely.from_wkt(area["geometry_wkt"])
    parts = list(getattr(shape, "geoms", [shape]))
    for part in parts:
        if part.geom_type == "Polygon":
            x, y = part.exterior.xy
            axes.plot(x, y, color="#404040", linewidth=_OUTLINED[area["area_kind"]], zorder=2)


def name_park(axes: Axes, area: dict[str, Any], points: list[tuple[float, float]]) -> None:
    """A park's name over all symbols, in the part of it that is to be seen, where it is farthest from the points,
    whole inside the frame."""
    import shapely

    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    seen = shapely.from_wkt(area["geometry_wkt"]).intersection(shapely.box(left, bottom, right, top))
    if area["area_kind"] != "park" or seen.is_empty:
        return
    per_pt = (right - left) / _AXES_PT  # degrees of longitude a point of the page takes
    shrink = math.cos(math.radians(bottom))
    half_x, half_y = (len(area["name_cn"]) / 2 + 0.5) * _PARK_PT * per_pt, _PARK_PT * per_pt * shrink

    def place(x: float, y: float) -> tuple[float, float]:
        return min(max(x, left + half_x), right - half_x), min(max(y, bottom + half_y), top - half_y)

    def room(x: float, y: float) -> tuple[bool, float]:  # letters are wider than high
        gaps = (max(abs(x - east) / half_x, abs(y - north) / (2 * half_y)) for east, north in points)
        is_inside = seen.contains(shapely.box(x - half_x, y - half_y, x + half_x, y + half_y))
        return is_inside, min(min(gaps, default=_ROOM_ENOUGH), _ROOM_ENOUGH)

    west, south, east, north = seen.bounds
    steps = [(n + 0.5) / _PLACES_TRIED for n in range(_PLACES_TRIED)]
    tried = [(west + a * (east - west), south + b * (north - south)) for b in steps for a in steps]
    middle = seen.representative_point()
    inside = [(middle.x, middle.y), *(spot for spot in tried if seen.contains(shapely.Point(spot)))]
    x, y = max((place(*spot) for spot in inside), key=lambda spot: room(*spot))
    axes.text(
        x, y, area["name_cn"], ha="center", va="center", fontsize=_PARK_PT, color="#202020", parse_math=False,
        zorder=_WORDS_ZORDER, path_effects=halo(),
    )  # fmt: skip


def _name_points(axes: Axes, rows: list[dict[str, Any]], longitude: str, latitude: str, label: str) -> None:
    """Names of points over all symbols, on the side where the frame leaves room."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for row in rows:
        x, y = float(row[longitude]), float(row[latitude])
        is_right, is_high = x > (left + right) / 2, y > bottom + 0.9 * (top - bottom)
        axes.annotate(
            cell_text(row[label]), (x, y), xytext=(-4 if is_right else 4, -8 if is_high else 4),
            textcoords="offset points", ha="right" if is_right else "left", fontsize=_LABEL_PT, parse_math=False,
            zorder=_WORDS_ZORDER, path_effects=halo(),
        )  # fmt: skip


def _under_the_arrow(axes: Axes) -> list[tuple[float, float]]:
    """Places that the north arrow takes."""
    (left, right), (bottom, top), (x, *heights) = axes.get_xlim(), axes.get_ylim(), _ARROW
    return [(left + x * (right - left), bottom + y * (top - bottom)) for y in (*heights, sum(heights) / 2)]


def halo() -> list[Any]:
    """White round letters, so that they can be read on lines and symbols."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.2, foreground="white")]


def _marker_size(value: float | None, largest: float) -> float:
    return 14.0 if value is None or largest <= 0 else 10.0 + 90.0 * math.sqrt(max(0.0, float(value)) / largest)


def furniture(axes: Axes, latitude: float, unplaced: int, is_close: bool) -> None:
    """Legend (beside a small map, else below), scale bar of a round length, north arrow, note on the coordinates."""
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(  # what is drawn last, on top, stands first
        handles[::-1], labels[::-1], loc="upper left" if is_close else "upper center",
        bbox_to_anchor=(1.02, 1.0) if is_close else (0.5, -0.11), ncols=1 if is_close else _LEGEND_COLUMNS,
        frameon=False, fontsize=7.5, borderaxespad=0, columnspacing=1.0, handletextpad=0.2,
    )  # fmt: skip
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    metres = (right - left) * M_PER_DEGREE * math.cos(math.radians(latitude))
    length = _round_length(metres / 4)
    degrees = length / (M_PER_DEGREE * math.cos(math.radians(latitude)))
    x, y = left + 0.03 * (right - left), bottom + 0.03 * (top - bottom)
    axes.plot([x, x + degrees], [y, y], color="black", linewidth=2, zorder=4, solid_capstyle="butt")
    axes.annotate(
        f"{length / 1000:g} km",
        (x + degrees / 2, y),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        zorder=_WORDS_ZORDER,
        path_effects=halo(),
    )
    x, tip, foot = _ARROW_BESIDE if is_close else _ARROW
    axes.annotate(
        "北", (x, tip), (x, foot), xycoords="axes fraction", textcoords="axes fraction", ha="center",
        arrowprops={"arrowstyle": "-|>", "linewidth": 1.2, "facecolor": "black"}, fontsize=9, va="top",
    )  # fmt: skip
    missing = f"；另有{unplaced}个无坐标，未上图" if unplaced else ""
    if is_close:  # some kilometres: degrees would say nothing beside the scale bar
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(True)
        axes.annotate(f"坐标系 CGCS2000{missing}", (1.03, 0.0), xycoords="axes fraction", fontsize=7.5)
        return
    axes.set_xlabel(f"经纬度（°），坐标系 CGCS2000{missing}", fontsize=8)
    axes.tick_params(labelsize=7)
    axes.grid(color="#d9d9d9", linewidth=0.4, zorder=0)
    axes.set_axisbelow(True)
    axes.ticklabel_format(useOffset=False)


def _round_length(metres: float) -> float:
    """The largest of 1, 2, 5 × 10ⁿ metres that fits."""
    power = 10.0 ** math.floor(math.log10(max(metres, 1.0)))
    return max(step * power for step in (1, 2, 5) if step * power <= max(metres, 1.0))
