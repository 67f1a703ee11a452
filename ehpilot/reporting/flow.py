"""A chart of boxes and arrows: states in lanes, an arrow a row, its condition beside it.

Boxes stand where the document puts them: lanes from above, a place in a lane for each column, '' an empty one. A state
that no lane names stands at the end of the last, so that none is lost.

Does not belong here: which arrows there are (tables), fonts and files of pictures (``figures``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ehpilot.reporting.page import COLOURS, TEXT_WIDTH_CM

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HALF_WIDTH, HALF_HEIGHT = 0.36, 0.13  # of a box, in columns and lanes
LANE_CM = 2.45
_ASIDE = 0.06  # how far arrows of both directions stand from the middle, in lanes
_ASIDE_COLUMNS = 0.13
_CHARACTER_CM = 0.27  # of a condition
_GAP_CM = 0.3  # between conditions side by side


class Arrow(NamedTuple):
    """From one box to another; ``condition`` '' none."""

    source: str
    target: str
    condition: str


class _Line(NamedTuple):
    """An arrow as it is drawn: where it begins and ends, how far it bends, where its condition stands."""

    start: tuple[float, float]
    end: tuple[float, float]
    bend: float
    label: tuple[float, float]
    anchor: str


def height_cm(lanes: Sequence[Sequence[str]]) -> float:
    """Height of the chart."""
    return LANE_CM * len(lanes)


def draw_flow(axes: Axes, arrows: Sequence[Arrow], lanes: Sequence[Sequence[str]]) -> None:
    """Draw the boxes that the arrows name and the arrows."""
    from matplotlib.patches import Rectangle

    places = _places(arrows, lanes)
    for name, (x, y) in places.items():
        corner, size = (x - HALF_WIDTH, y - HALF_HEIGHT), (2 * HALF_WIDTH, 2 * HALF_HEIGHT)
        axes.add_patch(Rectangle(corner, *size, facecolor="#eef3f8", edgecolor=COLOURS[0], linewidth=0.8, zorder=2))
        axes.text(x, y, name, ha="center", va="center", fontsize=8.5, zorder=3)
    columns = 1 + max(round(x) for x, _ in places.values())
    characters = int((TEXT_WIDTH_CM / columns - _GAP_CM) / _CHARACTER_CM)
    drawn = {(arrow.source, arrow.target) for arrow in arrows}
    for arrow in arrows:
        is_pair = (arrow.target, arrow.source) in drawn
        line = _line(places[arrow.source], places[arrow.target], is_pair)
        style = {"arrowstyle": "-|>", "color": "#404040", "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
        style |= {"connectionstyle": f"arc3,rad={line.bend}"}
        axes.annotate("", xy=line.end, xytext=line.start, arrowprops=style, zorder=1)
        axes.text(
            *line.label, _folded(arrow.condition, characters), ha="center", va=line.anchor, fontsize=7,
            zorder=2, bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )  # fmt: skip
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(0.4 - len(lanes), 0.4)
    axes.axis("off")


def _places(arrows: Sequence[Arrow], lanes: Sequence[Sequence[str]]) -> dict[str, tuple[float, float]]:
    named = {name for lane in lanes for name in lane}
    states = dict.fromkeys(name for arrow in arrows for name in (arrow.source, arrow.target))
    filled = [*lanes[:-1], [*lanes[-1], *(state for state in states if state not in named)]]
    return {
        name: (float(column), -float(row))
        for row, lane in enumerate(filled)
        for column, name in enumerate(lane)
        if name in states
    }


def _folded(text: str, characters: int) -> str:
    """A condition that is longer than ``characters`` in lines of like length, behind a comma where one is near."""
    if len(text) <= characters:
        return text
    places = [place + 1 for place, sign in enumerate(text[:-1]) if sign in "，、；" and place < characters]
    middle = (len(text) + 1) // 2
    cut = min(places, key=lambda place: abs(place - middle)) if places else min(middle, characters)
    return f"{text[:cut]}\n{_folded(text[cut:], characters)}"


def _line(source: tuple[float, float], target: tuple[float, float], is_pair: bool) -> _Line:
    (x, y), (to_x, to_y) = source, target
    if y == to_y:
        side = 1 if to_x > x else -1  # to the right above the middle, to the left below it
        if abs(to_x - x) == 1:
            height = y + side * _ASIDE if is_pair else y
            label = ((x + to_x) / 2, y + side * (HALF_HEIGHT + 0.03))
            line = (x + side * HALF_WIDTH, height), (to_x - side * HALF_WIDTH, height), 0.0, label
        else:
            edge = y + side * HALF_HEIGHT
            line = (x, edge), (to_x, edge), -0.2, ((x + to_x) / 2, edge + side * 0.12 * abs(to_x - x))
        return _Line(*line, "bottom" if side > 0 else "top")
    side = 1 if to_y < y else -1
    aside = side * _ASIDE_COLUMNS if is_pair else 0.0
    start, end = (x + aside, y - side * HALF_HEIGHT), (to_x + aside, to_y + side * HALF_HEIGHT)
    part = 0.3 if side > 0 else 0.47  # of the way, so that conditions of arrows down and up lie apart
    label = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
    return _Line(start, end, 0.0, label, "center")
