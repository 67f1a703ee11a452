"""Charts of boxes and arrows: every arrow is drawn from box to box, no state is lost. Not here: which there are."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import combinations

import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from ehpilot.project import DBT_DIR
from ehpilot.reporting.flow import HALF_HEIGHT, HALF_WIDTH, Arrow, draw_flow, height_cm
from ehpilot.reporting.fonts import style
from ehpilot.reporting.page import TEXT_WIDTH_CM

LANES = [["", "督办"], ["发现", "整改", "销号"]]
ARROWS = [
    Arrow("发现", "整改", "派发"), Arrow("整改", "销号", "复核"), Arrow("销号", "整改", "退回"),
    Arrow("整改", "督办", "逾期"), Arrow("督办", "整改", ""), Arrow("销号", "发现", "再次出现"),
    Arrow("整改", "撤销", "成立"),
]  # fmt: skip


@pytest.fixture
def axes() -> Iterator[Axes]:
    figure, axes = pyplot.subplots()
    yield axes
    pyplot.close(figure)


def test_every_state_has_a_box_and_every_arrow_joins_two(axes: Axes) -> None:
    draw_flow(axes, ARROWS, LANES)
    boxes = {text.get_text(): text.get_position() for text in axes.texts if text.get_zorder() == 3}
    assert set(boxes) == {name for arrow in ARROWS for name in arrow[:2]}, "撤销 stands in no lane and is kept"
    assert len(set(boxes.values())) == len(boxes) == len([p for p in axes.patches if isinstance(p, Rectangle)])
    drawn = [text for text in axes.texts if isinstance(text, Annotation)]
    assert len(drawn) == len(ARROWS)
    for arrow, line in zip(ARROWS, drawn, strict=True):
        for (x, y), box in ((line.xyann, boxes[arrow.source]), (line.xy, boxes[arrow.target])):
            edge = abs(abs(x - box[0]) - HALF_WIDTH) < 1e-9 or abs(abs(y - box[1]) - HALF_HEIGHT) < 1e-9
            assert edge and abs(x - box[0]) <= HALF_WIDTH + 1e-9 and abs(y - box[1]) <= HALF_HEIGHT + 1e-9
    words = [text.get_text() for text in axes.texts if text.get_zorder() == 2 and not isinstance(text, Annotation)]
    assert words == [arrow.condition for arrow in ARROWS]


def test_arrows_of_both_directions_lie_apart(axes: Axes) -> None:
    draw_flow(axes, ARROWS, LANES)
    there, back = (axes.texts[place] for place in _pair(axes))
    assert there.xy[1] != back.xyann[1]
    assert height_cm(LANES) > height_cm(LANES[:1])


def test_a_long_condition_breaks_behind_a_comma_or_in_the_middle(axes: Axes) -> None:
    lanes = [["甲", "乙", "丙", "丁", "戊", "己", "庚"]]
    said = {"材料不足，退回整改": "材料不足，\n退回整改", "企业提交全部整改材料": "企业提交全\n部整改材料"}
    for condition, printed in said.items():
        draw_flow(axes, [Arrow("甲", "庚", condition)], lanes)
        assert printed in [text.get_text() for text in axes.texts]


def test_conditions_of_the_closed_loop_do_not_touch() -> None:
    """The chart of D09 from the seed, at its printed size: 1.6 mm or more between any two texts."""

    def seed(name: str) -> list[dict[str, str]]:
        with (DBT_DIR / "seeds" / name).open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    words = {
        row["code"]: row["label_cn"] for row in seed("crosswalks/code_label.csv") if row["code_set"] == "problem_status"
    }
    arrows = [
        Arrow(words[row["status_from"]], words[row["status_to"]], row["condition_cn"])
        for row in seed("management/problem_transition.csv")
        if row["is_usual"] == "true" and row["status_from"]
    ]
    line = ("detected", "issued", "acknowledged", "rectifying", "submitted", "verified", "closed")
    below = [["", "", "", words["appealed"]], ["", "", "", words["reopened"]]]
    lanes = [["", "", "", "", words["escalated"]], [words[code] for code in line], *below]
    with pyplot.rc_context(style()):
        figure = pyplot.figure(figsize=(TEXT_WIDTH_CM / 2.54, height_cm(lanes) / 2.54))
        axes = figure.add_axes((0, 0, 1, 1))
        draw_flow(axes, arrows, lanes)
        figure.canvas.draw()
        margin = 0.08 / 2.54 * figure.dpi
        told = [text for text in axes.texts if not isinstance(text, Annotation)]
        boxes = [(text.get_text(), text.get_window_extent().padded(margin)) for text in told]
        pyplot.close(figure)
    assert len(boxes) > len(arrows)
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)] == []


def _pair(axes: Axes) -> tuple[int, int]:
    lines = [number for number, text in enumerate(axes.texts) if isinstance(text, Annotation)]
    return lines[1], lines[2]
