"""Words on maps and figures: above every symbol, inside the frame, where a park leaves room; powers from one font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from ehpilot.reporting import fonts, maps
from ehpilot.reporting.figures import _raised
from ehpilot.reporting.maps import draw_map

PARK = "POLYGON ((122.40 28.50, 122.46 28.50, 122.46 28.53, 122.40 28.53, 122.40 28.50))"
AREAS = [{"area_kind": "park", "name_cn": "甲港园区", "geometry_wkt": PARK}]
# A crowd in the middle of the park, where its name would stand, and one place at the edge of the map.
CROWD = [(122.43 + dx / 1000, 28.515 + dy / 1000) for dx in range(-6, 7, 2) for dy in (-2, 0, 2)]
ROWS = [{"x": x, "y": y, "kind": "高风险", "no": "点"} for x, y in CROWD]
ROWS.append({"x": 122.52, "y": 28.515, "kind": "低风险", "no": "边缘上的点位名称"})


@pytest.fixture(params=[False, True], ids=["whole", "close"])
def axes(request: pytest.FixtureRequest) -> Iterator[Axes]:
    """A drawn map: of the whole area, and of the surroundings of the points only."""
    import matplotlib

    try:
        style: dict[str, Any] = {**fonts.style(), "text.parse_math": False}
    except fonts.NoChineseFontError as error:
        pytest.skip(str(error))
    with matplotlib.rc_context(style):
        figure, made = pyplot.subplots(figsize=(6.1, 4.0), layout="constrained")
        draw_map(made, ROWS, AREAS, "x", "y", "kind", None, "no", is_close=request.param)
        figure.canvas.draw()
        yield made
        pyplot.close(figure)


def test_words_stand_above_symbols_and_inside_the_frame(axes: Axes) -> None:
    symbols = max(child.get_zorder() for child in axes.get_children() if isinstance(child, PathCollection))
    frame = axes.get_window_extent()
    texts = {text.get_text(): text for text in axes.texts}
    for name in ("甲港园区", "边缘上的点位名称"):
        text, box = texts[name], texts[name].get_window_extent()
        assert text.get_zorder() > symbols
        assert text.get_path_effects(), "white round the letters"
        assert frame.x0 - 2 <= box.x0 and box.x1 <= frame.x1 + 2 and frame.y0 - 2 <= box.y0 and box.y1 <= frame.y1 + 2


def test_the_name_of_a_park_stands_where_no_symbol_is(axes: Axes) -> None:
    box = next(text for text in axes.texts if text.get_text() == "甲港园区").get_window_extent()
    points = axes.transData.transform([(row["x"], row["y"]) for row in ROWS])
    assert not [point for point in points if box.contains(*point)]


def test_the_north_arrow_stands_on_no_name(axes: Axes, request: pytest.FixtureRequest) -> None:
    """Beside a small map, whose parks lie at any edge; in the frame of a whole one, whose names keep away from it."""
    arrow, name = (
        next(t for t in axes.texts if t.get_text() == word).get_window_extent() for word in ("北", "甲港园区")
    )
    frame = axes.get_window_extent()
    is_close = "close" in request.node.name
    assert (arrow.x0 > frame.x1) == is_close and not arrow.overlaps(name)
    left, _, width, _ = maps.close_box(4.0)
    assert left + width * maps._ARROW_BESIDE[0] < 0.95, "inside of the picture of a dossier"


def test_powers_are_raised_by_the_drawing_itself() -> None:
    assert _raised("1.2×10⁻⁴") == "1.2×10$^{-4}$"
    assert _raised("304000") == "304000"
