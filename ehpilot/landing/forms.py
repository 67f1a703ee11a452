"""Forms: how a file of one layout becomes records of raw tables, as declared in ``profiles/<area>/forms/*.yml``.

Belongs here: the strict models of that YAML and its loading with ``extends``. An unknown key is an error with file and
form named, so that a typing slip never becomes a column that is silently empty.
Does not belong here: types, units and keys of raw tables (dbt sources YAML, :mod:`ehpilot.register`), reading of files.
"""

from __future__ import annotations

import contextlib
import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ehpilot.errors import UsageError
from ehpilot.project import read_yaml
from ehpilot.register import RawTable

Scalar = str | int | float | bool
FormatName = Literal["xlsx", "xls", "csv", "json", "geojson", "gpkg", "epw", "shp", "aermod"]
CrsName = Literal["CGCS2000", "WGS84", "GCJ-02", "BD-09"]

TOTALS = (
    "合计", "总计", "小计", "总和", "共计", "累计", "总合计", "本页合计", "本页小计", "total", "subtotal", "grandtotal",
    "平均值", "平均", "均值", "最大值", "最大", "最小值", "最小", "日均值", "日平均", "月均值", "月平均", "年均值",
    "年平均",
    "中位数", "标准差", "超标率", "检出率", "average", "mean", "maximum", "minimum", "max", "min",
)  # fmt: skip
NOTES = (
    "注", "备注", "说明", "注释", "附注", "填表说明", "填报说明", "指标解释", "填表人", "填报人", "制表", "制表人",
    "审核", "审核人",
    "复核", "复核人", "签发", "签发人", "批准", "批准人", "检测", "检测人", "检测人员", "分析人", "分析人员", "编制",
    "编制人",
    "报告编制", "报告日期", "签发日期", "报出日期", "填表日期", "单位负责人", "统计负责人", "数据来源", "资料来源",
    "以下空白",
    "本报告", "note", "notes", "source",
)  # fmt: skip
IGNORED_SHEETS = ("填表说明*", "填报说明*", "说明", "指标解释*", "目录", "封面", "下拉*", "字典*", "readme*", "notes*")


def _regex(text: Any) -> Any:
    """Refuse a pattern that does not compile when the form is read, not when a file is."""
    if isinstance(text, str):
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError(f"not a regular expression: {text!r} ({error})") from error
    return text


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Pattern = Annotated[str, BeforeValidator(_regex)]
Texts = Annotated[list[str], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class FromHeader(_Strict):
    """A list of header texts given as a regular expression."""

    regex: Pattern


_FALLBACKS = ("const", "preamble", "filename", "sheet_name", "from_part", "section")
_ORIGINS = ("aliases", "compose_dms", "join", "position", *_FALLBACKS)


class ColumnForm(_Strict):
    """Where one raw column's text comes from and how it is trimmed before it is parsed.

    One origin a column; beside ``aliases`` a second one that no cell feeds (const, preamble, filename, sheet_name,
    from_part, section) stands in where the file has no such column.

    ``join``: several cells put together, by ``template`` (``{0} {1}`` unless given). ``assume``: words that stand for a
    number. ``flag_unless``: any other word in this column marks the record's numbers as invalid. ``section``: banner
    rows.
    """

    aliases: Texts | None = None
    const: Scalar | None = None
    preamble: Texts | None = None
    filename: Pattern | None = None
    sheet_name: bool | Pattern = False
    from_part: str | None = None
    column: str | None = None
    compose_dms: list[str] | None = None
    join: list[str] | None = None
    template: str | None = None
    position: int | None = Field(default=None, ge=1)
    section: list[str] | None = None
    required: bool = False
    pick: Pattern | None = None
    fill_blank: bool = False
    hour_ending: bool = False
    accept: Pattern | None = None
    html: Literal["title", "text"] | None = None
    scale: float | None = None
    missing_marks: list[str] = Field(default_factory=list)
    range: Literal["low", "high", "mid"] | None = None
    bound: Literal["value", "upper"] | None = None
    date_order: Literal["ymd", "mdy", "dmy"] | None = None
    base_year: int | None = None
    assume: dict[str, float] = Field(default_factory=dict)
    flag_unless: list[str] | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnForm:
        origins = [
            name for name in _ORIGINS if name in self.model_fields_set and getattr(self, name) not in (None, False)
        ]
        fallbacks = [name for name in origins if name in _FALLBACKS]
        cells = [name for name in origins if name not in _FALLBACKS]
        if len(cells) > 1 or len(fallbacks) > 1 or not origins or (fallbacks and cells not in ([], ["aliases"])):
            raise ValueError(
                f"a column has one origin (aliases may have one more beside it), this one has {origins or 'none'}"
            )
        if (self.from_part is None) != (self.column is None):
            raise ValueError("from_part and column go together")
        if self.compose_dms is not None and len(self.compose_dms) not in (2, 3):
            raise ValueError("compose_dms lists two or three header texts: degrees, minutes, seconds")
        if self.template is not None and not re.fullmatch(r"(?:[^{}]|\{\d\})*", self.template):
            raise ValueError("a template holds texts and the cells {0}, {1} …")
        if self.template is not None and fallbacks:
            raise ValueError(f"template is for cells (aliases, join, position); beside {fallbacks[0]} use pick")
        return self

    @property
    def has_fallback(self) -> bool:
        """True where something but a cell of the row can give the text."""
        return any(getattr(self, name) not in (None, False) for name in _FALLBACKS)

    @property
    def is_required_cell(self) -> bool:
        """True where a header without this column is no header of the form."""
        return self.required and not self.has_fallback and self.position is None


class HeaderForm(_Strict):
    """Height of the header and how many rows are searched for it. ``rows: 0``: no header, columns by position."""

    rows: int = Field(default=1, ge=0, le=6)
    search: int = Field(default=40, ge=1, le=500)


class WideForm(_Strict):
    """Cells of several columns become one record each."""

    columns: Literal["rest"] | FromHeader | list[str] = "rest"
    ignore: list[str] = Field(default_factory=list)
    name_to: str | None = None
    name_pick: Pattern | None = None
    unit_to: str | None = None
    unit_level: int | None = Field(default=None, ge=1)
    value_to: str
    index_to: str | None = None
    value_flag_words: Pattern | None = None
    missing_marks: list[str] = Field(default_factory=list)
    set: dict[str, dict[str, Scalar]] = Field(default_factory=dict)
    keep_empty_row: bool = False


class RowsLongForm(_Strict):
    """Label–value sheet whose labels are records."""

    name_to: str
    value_to: str


class MatrixForm(_Strict):
    """Square table: names in the first row and the first column."""

    row_to: str
    column_to: str
    value_to: str


class JsonForm(_Strict):
    """Where the records stand in a JSON file."""

    path: str | None = None
    thead: str | None = None
    tbody: str | None = None


class PartForm(_Strict):
    """One raw table fed by (some sheets of) a file."""

    table: str
    sheets: Texts = Field(default_factory=lambda: ["*"])
    layout: Literal["table", "label_value", "matrix"] = "table"
    header: HeaderForm = Field(default_factory=HeaderForm)
    delimiter: str | None = None
    columns: dict[str, ColumnForm] = Field(default_factory=dict)
    require_any: list[str] = Field(default_factory=list)
    where: dict[str, Pattern] = Field(default_factory=dict)
    where_not: dict[str, Pattern] = Field(default_factory=dict)
    wide: WideForm | None = None
    rows_long: RowsLongForm | None = None
    matrix: MatrixForm | None = None
    json_: JsonForm | None = Field(default=None, alias="json")
    totals: list[str] = Field(default_factory=lambda: list(TOTALS))
    notes: list[str] = Field(default_factory=lambda: list(NOTES))
    optional: bool = False

    @model_validator(mode="after")
    def _fits_layout(self) -> PartForm:
        if (self.layout == "matrix") != (self.matrix is not None):
            raise ValueError("layout matrix and the key matrix go together")
        if self.rows_long is not None and self.layout != "label_value":
            raise ValueError("rows_long needs layout label_value")
        if self.wide is not None and self.layout != "table":
            raise ValueError("wide needs layout table")
        if unknown := [name for name in self.require_any if name not in self.columns]:
            raise ValueError(f"require_any names no columns of the part: {', '.join(unknown)}")
        return self

    @property
    def helpers(self) -> frozenset[str]:
        """Names that only ``where`` and ``where_not`` look at; they need not be columns of the raw table."""
        return frozenset(self.where) | frozenset(self.where_not)

    def takes_sheet(self, sheet: str) -> bool:
        """True where a glob of ``sheets`` fits the sheet's name (NFKC, blanks and case ignored)."""
        return _fits_globs(sheet, self.sheets)

    @cached_property
    def raw_columns(self) -> tuple[str, ...]:
        """Raw columns that this part can fill, in the form's order, each once."""
        names = list(self.columns)
        if self.wide is not None:
            wide = self.wide
            names += [name for name in (wide.name_to, wide.unit_to, wide.value_to, wide.index_to) if name]
            names += [name for constants in wide.set.values() for name in constants]
        if self.rows_long is not None:
            names += [self.rows_long.name_to, self.rows_long.value_to]
        if self.matrix is not None:
            names += [self.matrix.row_to, self.matrix.column_to, self.matrix.value_to]
        return tuple(dict.fromkeys(names))


class AreaForm(_Strict):
    """Rectangle that overrides the profile's for files of this form."""

    bounds: tuple[float, float, float, float]


class Form(_Strict):
    """A landing layout."""

    form_id: str
    label: str = ""
    files: Texts
    exclude: Texts = Field(default_factory=list)
    ignore_sheets: Texts = Field(default_factory=lambda: list(IGNORED_SHEETS))
    formats: list[FormatName] = ["xlsx", "xls", "csv"]
    required: bool = False
    encodings: list[str] = Field(default_factory=lambda: ["utf-8", "gb18030", "utf-16"])
    area: AreaForm | Literal["none"] | None = None
    crs: CrsName = "CGCS2000"
    parts: list[PartForm] = Field(min_length=1)
    source: str = ""

    def takes_name(self, name: str) -> bool:
        """True where a glob of ``files`` fits the file's name (NFKC, case ignored); ``.gz`` is transparent."""
        names = (name, name.removesuffix(".gz"))
        wanted = any(_fits_globs(each, self.files) for each in names)
        return wanted and not any(_fits_globs(each, self.exclude) for each in names)

    def ignores_sheet(self, sheet: str) -> bool:
        """True for sheets that explain the form and hold no records (填表说明, a list of codes)."""
        return _fits_globs(sheet, self.ignore_sheets)


class FormFile(_Strict):
    """One YAML file of forms, all of one source."""

    source: str
    forms: list[Form]


_BLANKS = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_BRACKETS = str.maketrans("【〔［〈《】〕］〉》", "((((()))))")
_LAST_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)$")


def _fits_globs(name: str, globs: Sequence[str]) -> bool:
    """True where a glob fits the name; both NFKC, without blanks, case ignored."""
    plain, *patterns = (_BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold() for text in (name, *globs))
    return any(fnmatch.fnmatchcase(plain, pattern) for pattern in patterns)


@lru_cache(maxsize=1 << 16)
def normalise(text: str | None) -> str:
    """Header text as it is compared: NFKC, no blanks or line breaks, lower case, ASCII round brackets, no ``*``."""
    plain = unicodedata.normalize("NFKC", text or "")
    return _BLANKS.sub("", plain).translate(_BRACKETS).lower().strip("*")


@lru_cache(maxsize=1 << 16)
def without_bracket(normalised: str) -> str:
    """The text without its last bracket (``流量(m3/h)`` → ``流量``); unchanged where it has none."""
    return _LAST_BRACKET.sub("", normalised).rstrip("*:")


def bracket_of(text: str | None) -> str | None:
    """What stands in the last bracket of a header text, blanks removed, else None. Case is kept (``mS`` is not
    ``MS``)."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text or "")).translate(_BRACKETS).strip("*")
    found = _LAST_BRACKET.search(plain)
    return found.group(1) if found else None


def load_forms(folders: Iterable[Path]) -> list[Form]:
    """Forms of a profile, first folder first; a later form with a ``form_id`` already seen is replaced by the earlier.

    Args:
        folders: form folders, the area's own before those it extends. A folder that does not exist has no forms.
    Raises:
        UsageError: a file that is not a form, with the file, the form and the key named on one line.
    """
    forms: dict[str, Form] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yml")):
            own: set[str] = set()
            for form in _load_file(path):
                if form.form_id in own:
                    raise UsageError(f"{path}: form_id {form.form_id} stands twice")
                own.add(form.form_id)
                forms.setdefault(form.form_id, form)
    return list(forms.values())


def _load_file(path: Path) -> list[Form]:
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
        parsed = FormFile.model_validate(content if content is not None else {})
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        raise UsageError(f"{path}: {_explain(error, content)}") from error
    return [form.model_copy(update={"source": parsed.source}) for form in parsed.forms]


def _explain(error: ValidationError, content: Any) -> str:
    """First faults of a form on one line: ``form permit_site › parts › 0 › colums: unknown key``."""
    told = []
    for fault in error.errors()[:3]:
        where = list(fault["loc"])
        if len(where) >= 2 and where[0] == "forms" and isinstance(where[1], int):
            with contextlib.suppress(KeyError, TypeError, AttributeError, IndexError):
                where[:2] = [f"form {content['forms'][where[1]].get('form_id', where[1])}"]
        what = "unknown key" if fault["type"] == "extra_forbidden" else fault["msg"]
        told.append(" › ".join(str(step) for step in where) + f": {what}")
    return "; ".join(told)


def check_against_register(forms: Sequence[Form], raw_tables: Mapping[str, RawTable]) -> list[str]:
    """What the forms name that the register does not know: tables, columns, sources. Empty when all is well."""
    faults = []
    for form in forms:
        for part in form.parts:
            table = raw_tables.get(part.table)
            if table is None:
                faults.append(f"{form.form_id}: no raw table {part.table}")
                continue
            if table.source != form.source:
                faults.append(f"{form.form_id}: {part.table} belongs to {table.source}, not {form.source}")
            unknown = [name for name in part.raw_columns if name not in table.column and name not in part.helpers]
            faults += [f"{form.form_id}: {part.table} has no column {name}" for name in unknown]
    return faults
