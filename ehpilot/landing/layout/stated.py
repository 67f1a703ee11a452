"""Units and signs that a sheet says beside its numbers: above the table, in title or name, in a column of their own.

Belongs here: finding what is said, and to which numbers it belongs. Does not belong here: the unit in a header's own
bracket (:mod:`ehpilot.landing.layout.header`), conversion (``values``).

What is said becomes the bracket that a header lacks, or a column beside a number: from there on nothing distinguishes a
sheet that says its unit above from one that says it in the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ehpilot.landing.forms import PartForm, bracket_of, normalise, without_bracket
from ehpilot.landing.layout.header import UNIT_WORDS, Row, one_line
from ehpilot.landing.layout.mapping import Beside, Mapping
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.landing.values.units import looks_like_unit, resolve_unit, stated_factor
from ehpilot.register import RawColumn, RawTable

_SAID = re.compile(
    r"(?P<of>[\u4e00-\u9fffA-Za-z]*?)(?P<word>计量单位|单位|units?)\s*(?:[:：=为是]|均为)\s*"
    r"(?P<unit>[^\s，,；;。:：]+)", re.I,
)  # fmt: skip
_SAID_BARE = re.compile(  # 单位kg
    r"(?P<of>[\u4e00-\u9fff]*?)(?P<word>计量单位|单位)\s*(?P<unit>[^\s，,；;。:：()（）【】\[\]]+)"
)
_AT_END = re.compile(
    r"[^\W十百千万亿A-Za-z0-9_][_\s]?((?:[A-Za-zμµ][A-Za-z0-9/μµ³·]+|千克|公斤|毫克|微克)(?:/[年月日天aA])?)$"
)
_NOT_OF_NUMBERS = re.compile(
    "填报|报送|委托|检测|监测|采样|建设|主管|责任|编制|制表|填表|申报|所属|排污|承办|经办|用人|受检|被测"
)
_GAPS = re.compile(r"(?<=.)[\s_/,，、]+(?=.)")
_UNIT_TITLE = re.compile("(?:计量单位|单位|unit|units)$")
_SIGN_TITLE = re.compile(
    r"(?:符号|限定符|修饰符|检出情况|检出状态|检出标志|检出标识|检出与否|是否检出|qualifier|sign|标识符|结果符号)$"
)
_ORGANISATIONS = re.compile("公司|企业|局|厂|中心|院|站|集团|大队|部|所$|处$|室$")
AMOUNTS = ("number", "measurement")


@dataclass(frozen=True)
class Statement:
    """A unit said about the whole table; ``of``: the word before 单位 that names a column, if any."""

    of: str
    unit: str


def statements(lines: Iterable[Row], names: Iterable[str], aliases: AliasOptions) -> list[Statement]:
    """What rows outside of the table and names of sheet and file say.

    Args:
        lines: rows above and below the table.
        names: the sheet's name, the file's name without its ending.
    """
    units = aliases["unit_aliases"]
    found: list[Statement] = []
    for line in lines:
        cells = [one_line(cell) for cell in line]
        filled = [cell for cell in cells if cell]
        for index, cell in enumerate(filled):
            found += _said_in(cell, units)
            if normalise(cell).rstrip(":") in UNIT_WORDS and index + 1 < len(filled):
                found += _units_of(filled[index + 1], "", units)
        if len(set(filled)) == 1:
            found += _in_title(filled[0], units)
    for name in names:
        found += _said_in(name, units) or _in_title(name, units)
    return list(dict.fromkeys(found))


def _said_in(text: str, units: dict[str, str]) -> list[Statement]:
    found: list[Statement] = []
    bare = [match for match in _SAID_BARE.finditer(text) if resolve_unit(match["unit"], units)]
    for match in [*_SAID.finditer(text), *bare]:
        if _NOT_OF_NUMBERS.search(match["of"]):
            continue
        of = re.sub("^(?:注|备注|说明|数据|本表|表中|的|各|所有)+", "", match["of"]).removesuffix("的")
        said = match["unit"].strip("()（）[]【】")
        found += _units_of(said, of, units)
    return found


def _units_of(text: str, of: str, units: dict[str, str]) -> list[Statement]:
    """The unit of a text, or each of several (吨、千克); none where it is no unit (an organisation, a remark)."""
    text = text.strip("()（）[]【】 ")
    if resolve_unit(text, units):
        return [Statement(of, text)]
    pieces = [piece.strip() for piece in re.split("[、,，;；]|或", text) if piece.strip()]
    if len(pieces) > 1 and all(resolve_unit(piece, units) for piece in pieces):
        return [Statement(of, piece) for piece in pieces]
    return [Statement(of, text)] if looks_like_unit(text) and not _ORGANISATIONS.search(text) else []


def _in_title(text: str, units: dict[str, str]) -> list[Statement]:
    """A unit in the last bracket of a title or name, or at its end: 实际排放量（kg）, 实际排放量kg."""
    if "单位" not in text and (end := _AT_END.search(text)) and resolve_unit(end[1], units):
        return [Statement("", end[1])]
    said = bracket_of(text)
    if said is None or _said_in(said, units) or not (resolve_unit(said, units) or looks_like_unit(said)):
        return []
    return [Statement("", said)]


def with_statements(
    mapping: Mapping, part: PartForm, table: RawTable, said: Sequence[Statement], aliases: AliasOptions
) -> Mapping:
    """The mapping with the units said about the table as brackets of the headers that have none."""
    if not said:
        return mapping
    brackets = dict(mapping.brackets)
    fed = [raw for raw in table.columns if raw.name in mapping.cells and raw.kind in (*AMOUNTS, "integer")]
    open_columns = [raw for raw in fed if raw.name not in brackets and raw.kind in AMOUNTS]
    for statement in said:
        named = [raw for raw in open_columns if statement.of and statement.of in mapping.headers.get(raw.name, "")]
        fitting = [raw for raw in named or open_columns if _fits(statement.unit, raw, part, table, mapping, aliases)]
        misfits = [] if fitting or (statement.of and not named) else _main_amounts(open_columns, table, mapping, said)
        for raw in fitting or misfits:
            other = brackets.get(raw.name)
            both = other is not None and resolve_unit(other, aliases["unit_aliases"]) != resolve_unit(
                statement.unit, aliases["unit_aliases"]
            )
            brackets[raw.name] = f"{other}、{statement.unit}" if both and other else statement.unit
    wide = mapping.wide
    if len(said) == 1 and part.wide is not None and all(cell.unit is None for cell in wide):
        wide = tuple(replace(cell, unit=said[0].unit) for cell in wide)
        if part.wide.unit_to is None and wide:
            brackets[part.wide.value_to] = said[0].unit
    return replace(mapping, brackets=brackets, wide=wide)


def with_units_in_titles(mapping: Mapping, part: PartForm, table: RawTable, aliases: AliasOptions) -> Mapping:
    """The mapping with the units of wide columns that stand in no bracket: ``PM2.5 μg/m3``, ``SO2/(μg·m-3)``. A letter
    at the end of a name is none: ``Site_A`` and ``Site_K`` are two sites."""
    named = table.column.get(part.wide.name_to or "") if part.wide is not None else None
    least = 2 if named is not None and named.kind == "name" else 1
    cells = []
    for cell in mapping.wide:
        name, unit = cell.name.rstrip("/、,，_ "), cell.unit
        for gap in _GAPS.finditer(name) if unit is None else ():
            if len(name) - gap.end() >= least and resolve_unit(name[gap.end() :], aliases["unit_aliases"]):
                name, unit = name[: gap.start()], name[gap.end() :]
                break
        cells.append(replace(cell, name=name or cell.name, unit=unit))
    return mapping if tuple(cells) == mapping.wide else replace(mapping, wide=tuple(cells))


def _own_unit(raw: RawColumn, part: PartForm, table: RawTable) -> str | None:
    """The unit in which a column's numbers are where nothing else is said: declared, or the form's constant."""
    if raw.unit:
        return raw.unit
    beside = next((c for c in table.columns if c.kind == "unit"), table.column.get("unit"))
    form = part.columns.get(beside.name) if beside is not None else None
    return str(form.const) if form is not None and form.const is not None else None


def _fits(said: str, raw: RawColumn, part: PartForm, table: RawTable, mapping: Mapping, aliases: AliasOptions) -> bool:
    if _has_unit_cell(table, mapping) and not raw.unit:
        return False  # the row says it
    own = _own_unit(raw, part, table)
    if own is None:
        return False
    unit, wanted = (resolve_unit(text, aliases["unit_aliases"]) for text in (said, own))
    return unit is not None and wanted is not None and _factor(unit, wanted, aliases) is not None


def _factor(unit: str, wanted: str, aliases: AliasOptions) -> float | None:
    return stated_factor(unit, wanted, aliases["unit_conversions"])


def _has_unit_cell(table: RawTable, mapping: Mapping) -> bool:
    return any(
        column.kind == "unit" or column.name == "unit" for column in table.columns if column.name in mapping.cells
    )


def _main_amounts(
    open_columns: Sequence[RawColumn], table: RawTable, mapping: Mapping, said: Sequence[Statement]
) -> list[RawColumn]:
    """The numbers that a unit which fits none must be meant for: those whose unit stands nowhere else, else those in a
    unit of mass, volume or money."""
    if _has_unit_cell(table, mapping) or len(said) > 1:
        return []
    without = [raw for raw in open_columns if not raw.unit and not raw.unit_in_cell]
    return without or [raw for raw in open_columns if raw.unit and re.match(r"(?:[kmμu]?g|t|m3|L|万?元)\b", raw.unit)]


# ---- columns beside a number ----------------------------------------------------------------------------------------


def with_columns_beside(
    mapping: Mapping, part: PartForm, table: RawTable, body: Sequence[Row], aliases: AliasOptions
) -> Mapping:
    """The mapping with columns of units and signs that the form does not take put to the numbers they belong to.

    Args:
        body: the first rows under the head, in the mapping's columns.
    """
    beside: dict[str, Beside] = {}
    taken: set[int] = set()
    numbers = [raw for raw in table.columns if raw.kind in AMOUNTS and len(mapping.cells.get(raw.name, ())) == 1]
    for index, title in enumerate(mapping.titles):
        name = without_bracket(normalise(title.rsplit("/", 1)[-1]))
        if index in mapping.claimed or not name or not numbers:
            continue
        texts = [one_line(row[index]) for row in body if index < len(row) and one_line(row[index])]
        if _UNIT_TITLE.search(name) and _are_units(texts, aliases):
            owners = _owners_of_unit(_UNIT_TITLE.sub("", name), index, texts, numbers, mapping, part, table, aliases)
            for raw in owners:
                beside[raw.name] = replace(beside.get(raw.name, Beside()), unit=index)
        elif _SIGN_TITLE.search(name):
            owners = _owners_of_sign(_SIGN_TITLE.sub("", name), index, numbers, mapping)
            for raw in owners:
                beside[raw.name] = replace(beside.get(raw.name, Beside()), sign=index)
        else:
            continue
        taken |= {index} if owners else set()
    if not taken:
        return mapping
    wide = tuple(cell for cell in mapping.wide if cell.index not in taken)
    return replace(mapping, beside=beside, claimed=mapping.claimed | taken, wide=wide)


def _are_units(texts: Sequence[str], aliases: AliasOptions) -> bool:
    """False where the cells name organisations (单位 = 企业) or nothing at all."""
    known = [text for text in texts if resolve_unit(text, aliases["unit_aliases"]) or looks_like_unit(text)]
    short = [text for text in texts if len(text) <= 8 and not _ORGANISATIONS.search(text)]
    return bool(known) or (bool(texts) and len(short) == len(texts))


def _owners_of_unit(
    prefix: str,
    index: int,
    texts: Sequence[str],
    numbers: Sequence[RawColumn],
    mapping: Mapping,
    part: PartForm,
    table: RawTable,
    aliases: AliasOptions,
) -> list[RawColumn]:
    prefix = prefix.rstrip("的_- ")
    if prefix:
        named = [raw for raw in numbers if prefix in normalise(mapping.headers.get(raw.name, ""))]
        if named:
            return named
    units = {unit for text in texts if (unit := resolve_unit(text, aliases["unit_aliases"]))}
    fitting = []
    for raw in numbers:
        own = _own_unit(raw, part, table)
        wanted = resolve_unit(own, aliases["unit_aliases"]) if own else None
        if wanted and raw.name not in mapping.brackets and any(_factor(unit, wanted, aliases) for unit in units):
            fitting.append(raw)
    if fitting:
        return fitting
    left = [raw for raw in numbers if mapping.cells[raw.name][0] < index and raw.name not in mapping.brackets]
    return [max(left, key=lambda raw: mapping.cells[raw.name][0])] if left else []


def _owners_of_sign(prefix: str, index: int, numbers: Sequence[RawColumn], mapping: Mapping) -> list[RawColumn]:
    measured = [raw for raw in numbers if raw.kind == "measurement"]
    named = [raw for raw in measured if prefix and prefix in normalise(mapping.headers.get(raw.name, ""))]
    chosen = named or measured
    if not chosen:
        left = [raw for raw in numbers if mapping.cells[raw.name][0] < index]
        return [max(left, key=lambda raw: mapping.cells[raw.name][0])] if left else list(numbers[:1])
    return [min(chosen, key=lambda raw: abs(mapping.cells[raw.name][0] - index))]
