"""``ehpilot forms``: the layouts that an area takes, and their empty workbooks.

Does not belong here: what stands in a workbook (``ehpilot.scaffold.blank_forms``).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from ehpilot.cli.options import DEFAULT_OUT, Format, Out, ProfileName
from ehpilot.cli.output import emit
from ehpilot.errors import UsageError


def _area_built(out: Path) -> str | None:
    """Name of the profile of a build folder's newest edition; None where there is none, or it is no profile of ours."""
    from ehpilot.profile import PROFILES_DIR
    from ehpilot.reading.edition import info, latest

    newest = latest(out)
    name = info(newest).profile if newest else ""
    return name if name and (PROFILES_DIR / name / "area.yml").is_file() else None


def forms(
    blank: Annotated[bool, typer.Option("--blank", help="写出空表 / write the empty workbooks")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="写到哪个目录 / folder they go to")] = None,
    profile: ProfileName = "",
    out: Out = DEFAULT_OUT,
    year: Annotated[int | None, typer.Option("--year", help="文件名中的年份 / year in the names of files")] = None,
    unit: Annotated[str, typer.Option("--unit", help="只要这个填报单位的 / those of one unit only")] = "",
    by_unit: Annotated[bool, typer.Option("--by-unit", help="一个单位一个目录 / one folder a unit")] = False,
    format: Format = "table",
) -> None:
    """表样：列出本区域的表样，或写出各单位的空表。Layouts of an area; with --blank their empty workbooks, by unit."""
    from ehpilot.landing.forms import load_forms
    from ehpilot.profile import load_profile
    from ehpilot.register import Register
    from ehpilot.scaffold import blank_forms, blank_workbooks

    if blank != (to is not None):
        raise UsageError("--blank and --to DIR go together / --blank 与 --to DIR 须同时给出")
    area = load_profile(profile or _area_built(out) or "national")
    known = load_forms(area.form_dirs)
    chosen = year or area.assessment_year or datetime.date.today().year
    books, left = blank_forms.blank_workbooks(known, Register.load().raw_tables, chosen)
    units = sorted({book.unit for book in books})
    if unit and unit not in units:
        raise UsageError(f"no unit {unit}; known: {', '.join(units)} / 没有填报单位 {unit}，现有：{'、'.join(units)}")
    books = [book for book in books if unit in ("", book.unit)]
    places: list[Path] = []
    if to is not None:
        places = blank_workbooks.write_all(to, books, area.name_cn, area.is_fictional, by_unit)
    emit(
        [
            {"unit": book.unit, "source": book.source, "form": book.form_id, "label": book.label,
             "file": str(places[number]) if places else f"{book.source}/{book.file}",
             "sheets": ", ".join(sheet.name for sheet in book.sheets)}
            for number, book in enumerate(books)
        ]
        + [
            {"unit": "", "source": form.source, "form": form.form_id, "label": form.label, "file": None,
             "sheets": f"no workbook / 不用表格文件: {', '.join(form.formats)}"}
            for form in ([] if unit else left)
        ],
        format,
    )  # fmt: skip
