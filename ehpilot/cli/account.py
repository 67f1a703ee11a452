"""``ehpilot account``: an emission from the coefficient manual of an edition.

Does not belong here: which row of the manual counts (``reading.account``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

import typer

from ehpilot.cli.options import DEFAULT_OUT, Format, Out, known_format
from ehpilot.cli.output import print_json, print_rows

COLUMNS = [
    "pollutant_id", "stage", "control_state", "emission_low", "emission", "emission_high", "unit", "method", "rating",
    "interval", "factor", "factor_unit", "factor_id", "version", "applicability",
]  # fmt: skip


def account(
    process: Annotated[str, typer.Option("--process", help="工艺编号或名称 / process unit")],
    product: Annotated[str, typer.Option("--product", help="产品 / product")],
    activity: Annotated[float, typer.Option("--activity", help="产量 / output in the unit")],
    unit: Annotated[str, typer.Option("--unit", help="产量单位 / unit of the output")] = "t",
    pollutant: Annotated[
        list[str] | None, typer.Option("--pollutant", help="污染物编号或名称，可重复 / pollutant, may be repeated")
    ] = None,
    stage: Annotated[str, typer.Option("--stage", help="环节，代码或中文 / stage")] = "",
    medium: Annotated[str, typer.Option("--medium", help="air | water | 大气 | 水")] = "",
    control: Annotated[str, typer.Option("--control", help="uncontrolled | controlled | 无治理 | 有治理")] = "",
    technology: Annotated[str, typer.Option("--technology", help="治理技术 / technology")] = "",
    efficiency: Annotated[float | None, typer.Option("--efficiency", help="去除率η，0～1 / efficiency")] = None,
    running: Annotated[float | None, typer.Option("--running", help="投运率k，0～1 / running share")] = None,
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """按系数手册核算排放量。An emission from the manual, with its interval and the manual's row."""
    from ehpilot.landing.values.aliases import load_aliases
    from ehpilot.landing.values.units import resolve_unit
    from ehpilot.project import DBT_DIR
    from ehpilot.reading.account import Question
    from ehpilot.reading.account import account as from_manual
    from ehpilot.reading.edition import find

    known_format(format)
    aliases = load_aliases(DBT_DIR / "seeds")
    question = Question(
        process, product, activity, resolve_unit(unit, aliases.units) or unit,
        tuple(code for word in pollutant or () for code in _pollutants(word, aliases.pollutants)),
        stage, medium, control, technology, efficiency, running,
    )  # fmt: skip
    answers = from_manual(find(out, edition), question)
    if format == "json":
        print_json({**answers[0], "others": answers[1:]})
        return
    print_rows(
        [_shown({**answer["row"], "factor_unit": answer["row"]["unit"], **answer}) for answer in answers], COLUMNS
    )


def _pollutants(word: str, aliases: Mapping[str, str]) -> list[str]:
    """Ids of a pollutant's id or name, or of several with commas between; an unknown word as it stands."""
    from ehpilot.landing.values.pollutants import pollutant_key

    parts = [word] if pollutant_key(word) in aliases else re.split("[,，;；、]", word)
    return [aliases.get(pollutant_key(part), part.strip()) for part in parts]


def _shown(row: dict[str, object]) -> dict[str, object]:
    return {name: f"{value:.3g}" if isinstance(value, float) else value for name, value in row.items()}
