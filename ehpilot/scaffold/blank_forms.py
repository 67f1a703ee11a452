"""What the empty workbook of a form holds, so that a filled one lands as it is: sheets, headers, units, lists of words.

Everything comes from what already stands: headers and layout from the form, kind, unit, owner and code list from the
raw table. Does not belong here: writing the workbooks (``blank_workbooks``), reading filled ones (``ehpilot.landing``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ehpilot.landing.forms import ColumnForm, Form, FromHeader, PartForm
from ehpilot.project import DBT_DIR
from ehpilot.register import RawColumn, RawTable

FORMAT = "xlsx"
KINDS = {
    "text": "文字", "name": "名称或编号", "number": "数字", "integer": "整数", "percent": "百分数",
    "measurement": "测定值，可写“<0.5”“ND”“未检出”", "date": "日期，如2025-03-01",
    "timestamp": "时间，如2025-03-01 13:00", "period": "时段，如2025、2025Q1、2025-03",
    "date_range_start": "起止日期", "date_range_end": "起止日期", "longitude": "经度，度", "latitude": "纬度，度",
    "crs": "坐标系", "credit_code": "18位统一社会信用代码", "permit_no": "22位许可证编号", "cas_no": "CAS号",
    "pollutant": "污染物名称或CAS号", "unit": "计量单位", "mark": "是或否", "geometry": "图形",
    "personal": "个人信息，入库即加密", "companion": "随附",
}  # fmt: skip
CHOICES = {"mark": ("是", "否"), "crs": ("CGCS2000", "WGS84", "GCJ-02", "BD-09")}
CROSSWALK = DBT_DIR / "seeds" / "crosswalks" / "crosswalk_code.csv"
ITEMS = DBT_DIR / "seeds" / "pilot" / "literacy_item.csv"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NO_NAME = re.compile(r"[\\/:*?\"<>|\[\]\s]+")
SHEET_NAME_LENGTH = 31  # of Excel


@dataclass(frozen=True)
class BlankColumn:
    """One column: what stands in its header and what may be filled in."""

    header: str
    note: str
    kind: str
    unit: str | None = None
    is_required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The header as printed: the unit in brackets, an asterisk where it must be filled in."""
        return f"{self.header}{f'({self.unit})' if self.unit else ''}{'*' if self.is_required else ''}"


@dataclass
class BlankSheet:
    """One sheet: ``layout`` as in the form, labels that stand above the table, columns, height of the header, names of
    a matrix, and what has to be said of columns that the filler adds."""

    name: str
    layout: str
    header_rows: int
    labels: list[str] = field(default_factory=list)
    columns: list[BlankColumn] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, column: BlankColumn) -> None:
        """Add a column unless one of the same header stands."""
        if column.header not in {known.header for known in self.columns}:
            self.columns.append(column)


@dataclass(frozen=True)
class BlankWorkbook:
    """The empty workbook of one form: its file name in ``landing/<source>/`` and the unit that fills it in."""

    form_id: str
    label: str
    source: str
    file: str
    unit: str
    sheets: tuple[BlankSheet, ...]


def first_words() -> dict[str, tuple[str, ...]]:
    """By code set the first Chinese word of every code, as clerks write it; sets without one are left out."""
    found: dict[str, dict[str, str]] = {}
    with CROSSWALK.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if _CHINESE.search(row["word"]):
                found.setdefault(row["code_set"], {}).setdefault(row["code"], row["word"])
    return {code_set: tuple(dict.fromkeys(words.values())) for code_set, words in found.items()}


def blank_workbooks(
    forms: Sequence[Form], raw_tables: Mapping[str, RawTable], year: int
) -> tuple[list[BlankWorkbook], list[Form]]:
    """Empty workbooks of the forms that a workbook can feed, and the forms that none can (other formats, no header).

    ``year``: written into the names of files whose year stands there only.
    """
    words, made, left = first_words(), [], []
    for form in forms:
        sheets = _sheets(form, raw_tables, words)
        if FORMAT not in form.formats or not any(sheet.columns or sheet.layout == "matrix" for sheet in sheets):
            left.append(form)
            continue
        others = [other for other in forms if other.source == form.source and other is not form]
        unit = raw_tables[form.parts[0].table].owner.split(" / ", 1)[0] or form.source
        label = form.label or form.form_id
        made.append(BlankWorkbook(form.form_id, label, form.source, file_name(form, others, year), unit, tuple(sheets)))
    return made, left


def file_name(form: Form, others: Iterable[Form], year: int) -> str:
    """A name that the form takes, with what it reads out of names, and that no other form takes if there is one."""
    patterns = [column.filename for part in form.parts for column in part.columns.values() if column.filename]
    rivals = [other for other in others if FORMAT in other.formats]
    told = [_NO_NAME.sub("", text) for text in (form.label, *(glob.replace("*", "") for glob in form.files))]
    stems = sorted(filter(None, told), key=lambda stem: "（" in stem)  # a label that explains itself is no file name
    names = [f"{stem}{end}.{FORMAT}" for stem in stems for end in ("", "_1", f"_{year}", f"_{year}01")]
    fit = [name for name in names if form.takes_name(name) and all(re.search(one, name) for one in patterns)]
    alone = [name for name in fit if not any(other.takes_name(name) for other in rivals)]
    return (alone or fit or names or [f"{form.form_id}.{FORMAT}"])[0]


def _sheets(form: Form, raw_tables: Mapping[str, RawTable], words: Mapping[str, tuple[str, ...]]) -> list[BlankSheet]:
    """Sheets of a form; parts that take the same sheets share one."""
    found: dict[str, BlankSheet] = {}
    for part in form.parts:
        stem = _NO_NAME.sub("", part.sheets[0].replace("*", ""))
        name = (stem or _NO_NAME.sub("", form.label) or form.form_id)[:SHEET_NAME_LENGTH]
        sheet = found.setdefault(name, BlankSheet(name, part.layout, max(part.header.rows, 1)))
        if part.header.rows:
            _fill(sheet, part, raw_tables[part.table], words)
    return list(found.values())


def _fill(sheet: BlankSheet, part: PartForm, table: RawTable, words: Mapping[str, tuple[str, ...]]) -> None:
    for name, column in part.columns.items():
        raw = table.column.get(name)
        for label in column.preamble or () if not column.aliases else ():
            if label not in sheet.labels and label == (column.preamble or [""])[0]:
                sheet.labels.append(label)
        for header in _headers(column):
            sheet.add(_column(header, column, raw, words))
    if part.wide is not None:
        for header in _wide_headers(part):
            sheet.add(BlankColumn(header, "作答或数值", KINDS["text"]))
        if part.wide.columns == "rest":
            units = "，第二行写计量单位" if part.wide.unit_level else ""
            sheet.remarks.append(f"以上各列之后，每个项目一列：表头写项目名称{units}，下方逐行填数值")
    if part.matrix is not None:
        named = table.column[part.matrix.row_to].meta.get("words", "")
        sheet.names = [*words.get(str(named), ())]
        sheet.remarks.append("第一行和第一列写名称，顺序相同；格中填行对列的重要程度，如3、1/3")
    if part.rows_long is not None:
        sheet.remarks.append("左列写项目，右列写内容，一行一项")


def _headers(column: ColumnForm) -> list[str]:
    if column.aliases:
        return [column.aliases[0]]
    return list(column.join or column.compose_dms or ())


def _column(
    header: str, column: ColumnForm, raw: RawColumn | None, words: Mapping[str, tuple[str, ...]]
) -> BlankColumn:
    if raw is None:  # a column that only a rule of the form looks at
        return BlankColumn(header, "", KINDS["text"], is_required=column.required)
    choices = CHOICES.get(raw.kind) or words.get(str(raw.meta.get("words", "")), ())
    unit = None if column.join or column.compose_dms or column.scale is not None else raw.unit
    note = raw.description.split(" / ", 1)[0]
    return BlankColumn(header, note, KINDS.get(raw.kind, KINDS["text"]), unit, column.required, choices)


def _wide_headers(part: PartForm) -> Iterator[str]:
    """Headers of the columns that become records: those that the form lists, and the questions of the item bank where
    its pattern takes their numbers."""
    columns = part.wide.columns if part.wide is not None else []
    if isinstance(columns, FromHeader):
        with ITEMS.open(encoding="utf-8", newline="") as file:
            numbers = [f"Q{number:02d}" for number, _ in enumerate(csv.DictReader(file), 1)]
        yield from (number for number in numbers if re.search(columns.regex, number))
    elif columns != "rest":
        yield from columns
