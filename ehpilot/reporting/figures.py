"""Figures of a document: bars, lines and maps of a table's rows, with value labels; words beside every colour.

A figure without rows says “本期无数据：原因”. Sizes are fixed, files repeatable.

Does not belong here: outlines and projection of a map (``maps``), plates (``plates``), boxes and arrows (``flow``),
page sizes and colours (``page``), fonts (``fonts``), arithmetic.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ehpilot.reporting import disclosure, fonts, report_table
from ehpilot.reporting.flow import Arrow, draw_flow, height_cm
from ehpilot.reporting.maps import close_box, draw_map, map_height_cm
from ehpilot.reporting.numbers import cell_text, chinese_date
from ehpilot.reporting.page import COLOURS, HATCHES, MARKERS, TEXT_WIDTH_CM
from ehpilot.reporting.plates import HEIGHT_CM, WIDTH_CM, draw_plate
from ehpilot.reporting.printed import Printed

if TYPE_CHECKING:
    import duckdb
    from matplotlib.axes import Axes

    from ehpilot.reading.edition import EditionInfo
    from ehpilot.reporting.document_head import DocumentHead

_LABEL_CHARACTERS = 16
_SMALLEST_SCALE = 1e-3  # below it a scale would end in a bare 1e-7
_POWER = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Picture:
    """A PNG as the result of a cell; its resolution stands in the file."""

    png: bytes

    def _repr_png_(self) -> bytes:
        """The file's bytes."""
        return self.png


class Figures:
    """The drawing helpers of a document (mixed into ``Document``)."""

    connection: duckdb.DuckDBPyConnection
    public: bool
    printed: Printed
    facts: EditionInfo
    head: DocumentHead

    def bars(
        self,
        table: str,
        label: str,
        value: str,
        top: int | None = None,
        group: str | None = None,
        where: Mapping[str, Any] | None = None,
    ) -> Picture:
        """Horizontal bars, largest value first, with the printed value at each; ``group`` makes stacked parts."""
        rows = [row for row in self._records(table, [label, value, group], where) if row[value] is not None]
        column = self._column(table, value)
        totals: dict[str, float] = {}
        for row in rows:
            totals[cell_text(row[label])] = totals.get(cell_text(row[label]), 0.0) + float(row[value])
        order = sorted(totals, key=lambda name: (-totals[name], name))[:top]
        if not order:
            return self._empty(table)

        def draw(axes: Axes, _: Rows) -> None:
            groups = sorted({cell_text(row[group]) for row in rows}) if group else [""]
            left = dict.fromkeys(order, 0.0)
            for number, member in enumerate(groups):
                part = {n: 0.0 for n in order}
                for row in rows:
                    name = cell_text(row[label])
                    if name in part and (not group or cell_text(row[group]) == member):
                        part[name] += float(row[value])
                axes.barh(
                    range(len(order)), list(part.values()), left=list(left.values()), label=member or None,
                    color=COLOURS[number % 6], hatch=HATCHES[number % 6], height=0.7, edgecolor="white", linewidth=0.4,
                )  # fmt: skip
                left = {name: left[name] + part[name] for name in order}
            for position, name in enumerate(order):
                axes.annotate(
                    _raised(column.printed(totals[name])), (totals[name], position), xytext=(3, 0),
                    textcoords="offset points", va="center", fontsize=8, parse_math=True,
                )  # fmt: skip
            axes.set_yticks(range(len(order)), [_short(name) for name in order])
            axes.invert_yaxis()
            if max(totals.values()) < _SMALLEST_SCALE:
                axes.set_xticks([])  # the values stand at the bars
            axes.set_xlabel(column.header)
            axes.margins(x=0.12)
            if group:
                axes.legend(frameon=False, fontsize=8)

        return self._picture(draw, rows, max(3.0, 1.6 + 0.62 * len(order)))

    def lines(
        self, table: str, x: str, y: str, group: str | None = None, where: Mapping[str, Any] | None = None
    ) -> Picture:
        """Lines with a mark at each value, a line a group."""
        rows = [row for row in self._records(table, [x, y, group], where) if row[y] is not None]
        if not rows:
            return self._empty(table)

        def draw(axes: Axes, _: Rows) -> None:
            groups = sorted({cell_text(row[group]) for row in rows}) if group else [""]
            for number, member in enumerate(groups):
                points = [row for row in rows if not group or cell_text(row[group]) == member]
                axes.plot(
                    [point[x] for point in points], [float(point[y]) for point in points], label=member or None,
                    color=COLOURS[number % 6], marker=MARKERS[number % 6], linewidth=1.2, markersize=4,
                )  # fmt: skip
            axes.set_xlabel(self._column(table, x).header)
            axes.set_ylabel(self._column(table, y).header)
            if group:
                axes.legend(frameon=False, fontsize=8)

        return self._picture(draw, rows, 8.0)

    def figure(
        self,
        table: str,
        draw: Callable[[Axes, Rows], None],
        height_cm: float = 8.0,
        where: Mapping[str, Any] | None = None,
    ) -> Picture:
        """Any other figure: ``draw(axes, rows)`` with the rows of a table as dictionaries."""
        columns = report_table.declared_columns(self.connection, report_table.full_name(table))
        rows = self._records(table, [name for name in columns if not name.startswith("_")], where)
        return self._picture(draw, rows, height_cm) if rows else self._empty(table)

    def map(
        self,
        table: str,
        longitude: str = "longitude",
        latitude: str = "latitude",
        grade: str | None = None,
        size: str | None = None,
        label: str | None = None,
        where: Mapping[str, Any] | None = None,
        small_cm: float | None = None,
    ) -> Picture:
        """Points over the outlines of the edition's areas, with scale bar, north arrow and a legend in words.

        ``small_cm``: a small map of so much height, of the surroundings of the points only."""
        rows = self._records(table, [longitude, latitude, grade, size, label], where)
        placed = [row for row in rows if row[longitude] is not None and row[latitude] is not None]
        if not placed:
            return self._empty(table)
        areas = report_table.records(self.connection, "core.dim_area") if self._has_areas() else []

        def draw(axes: Axes, _: Rows) -> None:
            draw_map(
                axes,
                placed,
                areas,
                longitude,
                latitude,
                grade,
                size,
                label,
                unplaced=len(rows) - len(placed),
                is_close=small_cm is not None,
            )

        if small_cm is not None:
            return self._picture(draw, placed, small_cm, close_box(small_cm))
        return self._picture(draw, placed, map_height_cm(placed, areas, longitude, latitude))

    def flow(
        self, table: str, source: str, target: str, condition: str, lanes: Sequence[Sequence[str]],
        where: Mapping[str, Any] | None = None,
    ) -> Picture:  # fmt: skip
        """A chart of boxes and arrows, an arrow a row; ``lanes``: the boxes as they stand, '' an empty place."""
        rows = self._records(table, [source, target, condition], where)
        if not rows:
            return self._empty(table)
        arrows = [
            Arrow(*(cell_text(row[name]) if row[name] else "" for name in (source, target, condition))) for row in rows
        ]

        def draw(axes: Axes, _: Rows) -> None:
            draw_flow(axes, arrows, lanes)

        return self._picture(draw, rows, height_cm(lanes))

    def plate(
        self,
        cells: str | None = None,
        colour: str = "grade",
        points: str | None = None,
        sign: str = "word",
        park: str | None = None,
    ) -> Picture:
        """A plate of the atlas for an A3 page: ``cells``, a table of squares with the columns ``<colour>_no`` and
        ``<colour>_word``; ``points``, a table of places, told apart by the column ``sign``; ``park``, the
        only area to show: nothing where it has no outline."""
        squares = self._records(cells, ["longitude", "latitude", f"{colour}_word"], None) if cells else []
        shown = [{**row, "class_no": row[f"{colour}_no"], "class_word": row[f"{colour}_word"]} for row in squares]
        places = self._records(points, ["longitude", "latitude", sign], None) if points else []
        placed = [{**row, "word": row[sign]} for row in places if row["longitude"] is not None]
        areas = report_table.records(self.connection, "core.dim_area") if self._has_areas() else []
        is_there = park is None or any(area["area_id"] == park and area["geometry_wkt"] for area in areas)
        if not is_there or not (shown or placed):
            return self._empty(points or cells or "")
        features = self._features()
        missing = f"　另有{len(places) - len(placed)}个无坐标，未上图" if len(placed) < len(places) else ""
        whose = f"数据截止：{chinese_date(self.facts.as_of)}　编制单位：{self.head.issuing_unit or '—'}"
        note = f"坐标系：CGCS2000　{whose}　审图号：待办{missing}"

        def draw(axes: Axes, _: Rows) -> None:
            draw_plate(axes, shown, placed, areas, features, note, park)

        return self._picture(draw, placed or shown, HEIGHT_CM, width_cm=WIDTH_CM)

    def _features(self) -> Rows:
        if not report_table.reading.has_table(self.connection, "core.map_feature"):
            return []
        return report_table.records(self.connection, "core.map_feature")

    def _has_areas(self) -> bool:
        return "geometry_wkt" in report_table.reading.columns_of(self.connection, "core.dim_area")

    def _records(self, table: str, columns: Sequence[str | None], where: Mapping[str, Any] | None) -> Rows:
        declared = report_table.declared_columns(self.connection, report_table.full_name(table))
        for column in columns:
            if column is not None:
                found = report_table.declared_column(declared, table, column)
                if self.public and found.sensitivity != "public":
                    return []
        rows = report_table.records(self.connection, table, where)
        rows = disclosure.suppressed_records(self.connection, rows, self.public)
        return [row for row in rows if not self.public or row.get(report_table.ROW_SENSITIVITY, "public") == "public"]

    def _column(self, table: str, column: str) -> report_table.Column:
        full = report_table.full_name(table)
        return report_table.declared_column(report_table.declared_columns(self.connection, full), full, column)

    def _empty(self, table: str) -> Picture:
        gap = "公开版不列此图。" if self.public else report_table.gap_of(self.connection, report_table.full_name(table))

        def draw(axes: Axes, _: Rows) -> None:
            axes.axis("off")
            axes.text(0.5, 0.5, textwrap.fill(gap, 40), ha="center", va="center", fontsize=10, parse_math=False)

        return self._picture(draw, [], 2.5)

    def _picture(
        self,
        draw: Callable[[Axes, Rows], None],
        rows: Rows,
        height_cm: float,
        box: tuple[float, float, float, float] | None = None,
        width_cm: float = TEXT_WIDTH_CM,
    ) -> Picture:
        """``box``: where the axes stand, else matplotlib finds it."""
        import matplotlib

        matplotlib.use("agg")
        from matplotlib import pyplot

        try:
            style = fonts.style()
        except fonts.NoChineseFontError as error:
            self.printed.gaps.append(f"本图未绘：{error}")
            style, height_cm, draw = {"savefig.dpi": 200}, 2.5, _say_no_font
        # Names are data: a dollar sign in one must not start a formula.
        settings: Any = {**style, "text.parse_math": False}  # matplotlib's type is a list of all its keys
        with matplotlib.rc_context(settings):
            layout = "none" if box else "constrained"
            figure = pyplot.figure(figsize=(width_cm / 2.54, height_cm / 2.54), layout=layout)
            axes = figure.add_axes(box) if box else figure.subplots()
            try:
                draw(axes, rows)
                buffer = io.BytesIO()
                figure.savefig(buffer, format="png", metadata={"Software": None})
            finally:
                pyplot.close(figure)
        return Picture(buffer.getvalue())


def _raised(number: str) -> str:
    """A printed number with its power raised by matplotlib: Chinese fonts have some superscript digits only."""
    return _POWER.sub(lambda found: f"$^{{{found[0].translate(_PLAIN)}}}$", number)


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_CHARACTERS else text[: _LABEL_CHARACTERS - 1] + "…"


def _say_no_font(axes: Axes, _rows: Rows) -> None:
    """In place of a figure whose Chinese would be boxes; in the letters that matplotlib brings along."""
    axes.axis("off")
    words = (
        "Figure not drawn: this machine has no Chinese font.\nInstall fonts-noto-cjk (make fonts), then render again."
    )
    axes.text(0.5, 0.5, words, ha="center", va="center", fontsize=10, parse_math=False)
