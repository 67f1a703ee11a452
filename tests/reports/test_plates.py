"""Plates of the atlas: classes and signs are in the legend with their numbers, a park's plate shows that park only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

from ehpilot.reporting import fonts
from ehpilot.reporting.plates import GRADES, RISING, draw_plate

AREAS = [
    {"area_id": "z", "area_kind": "area", "name_cn": "试区",
     "geometry_wkt": "POLYGON ((122.40 28.40, 122.60 28.40, 122.60 28.55, 122.40 28.55, 122.40 28.40))"},
    {"area_id": "p", "area_kind": "park", "name_cn": "甲园",
     "geometry_wkt": "POLYGON ((122.42 28.50, 122.46 28.50, 122.46 28.53, 122.42 28.53, 122.42 28.50))"},
]  # fmt: skip
RED_LINE = {"feature_kind": "ecological_red_line", "name_cn": "红线一",
            "geometry_wkt": "POLYGON ((122.50 28.42, 122.52 28.42, 122.52 28.44, 122.50 28.42))"}  # fmt: skip
CELLS = [
    {"longitude": 122.43, "latitude": 28.51, "size_m": 500.0, "class_no": 4, "class_word": "红"},
    {"longitude": 122.44, "latitude": 28.51, "size_m": 500.0, "class_no": 1, "class_word": "蓝"},
    {"longitude": 122.45, "latitude": 28.51, "size_m": 500.0, "class_no": None, "class_word": "资料不足"},
]
POINTS = [
    {"longitude": 122.43, "latitude": 28.51, "word": "橙"},
    {"longitude": 122.44, "latitude": 28.52, "word": "橙"},
    {"longitude": 122.55, "latitude": 28.45, "word": "学校"},
]
Draw = Callable[..., Axes]


@pytest.fixture
def plate() -> Iterator[Draw]:
    """``plate(cells, points, park)`` draws one and gives its axes."""
    import matplotlib

    try:
        style: dict[str, Any] = {**fonts.style(), "text.parse_math": False}
    except fonts.NoChineseFontError as error:
        pytest.skip(str(error))
    with matplotlib.rc_context(style):
        figure, axes = pyplot.subplots(figsize=(14, 9), layout="constrained")

        def draw(cells: Any = CELLS, points: Any = POINTS, park: str | None = None) -> Axes:
            draw_plate(axes, cells, points, AREAS, [RED_LINE], "坐标系：CGCS2000", park)
            figure.canvas.draw()
            return axes

        yield draw
        pyplot.close(figure)


def legend_of(axes: Axes) -> list[str]:
    legend = axes.get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]


def test_every_class_and_sign_is_in_the_legend_with_its_number(plate: Draw) -> None:
    assert set(legend_of(plate())) == {"网格 红（1）", "网格 蓝（1）", "网格 资料不足（1）", "橙（2）", "学校（1）"}


def test_the_zone_is_in_the_frame_and_a_parks_plate_shows_the_park_only(plate: Draw) -> None:
    axes = plate(park="p")
    west, east = axes.get_xlim()
    assert 122.39 < west < 122.42 and 122.46 < east < 122.49


def test_a_cell_is_a_square_of_its_size(plate: Draw) -> None:
    axes = plate()
    paths = [path for collection in axes.collections for path in collection.get_paths() if len(path.vertices) == 5]
    heights = {round(path.vertices[:, 1].max() - path.vertices[:, 1].min(), 6) for path in paths}
    heights = {height for height in heights if height < 0.1}  # the legend's boxes are not in degrees
    assert heights == {round(500 / 111_320, 6)}


def test_the_note_and_the_red_lines_name_are_printed(plate: Draw) -> None:
    words = {text.get_text() for text in plate().texts}
    assert {"坐标系：CGCS2000", "红线一", "甲园", "北"} <= words


def test_unknown_has_neither_a_grades_colour_nor_one_of_the_rising(plate: Draw) -> None:
    from matplotlib.colors import to_rgb

    axes = plate(cells=CELLS[2:], points=[])
    (colour,) = {tuple(c.get_facecolor()[0][:3]) for c in axes.collections if len(c.get_paths()) == 1}
    assert colour not in {to_rgb(known) for known in (*GRADES.values(), *RISING)}
