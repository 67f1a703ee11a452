"""``ehpilot sample``: the monitoring points that an edition has drawn, and a draw of enterprises for evaluators.

Does not belong here: the draws (``kernels.survey_sampling`` with table ``pilot.literacy_point``,
``reading.spot_check``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ehpilot.cli.options import DEFAULT_OUT, Format, Out
from ehpilot.cli.output import emit
from ehpilot.errors import UsageError

app = typer.Typer(no_args_is_help=True, help="抽样 / samples that an edition has drawn")


@app.callback()
def sample() -> None:
    """抽样。Samples that an edition has drawn."""


@app.command("literacy")
def literacy(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="年份 / year of the survey")],
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """素养调查监测点：分层、按规模概率抽取，含备选点。Points of the literacy survey: strata, PPS, replacements."""
    from ehpilot.reading.edition import find
    from ehpilot.reading.query import query

    rows = query("select * from pilot.literacy_point order by stratum, draw_no", find(out, edition)).to_pylist()
    if not rows:
        raise UsageError(
            "no frame to draw from; put literacy/抽样框.csv into the landing folder and build / "
            "没有抽样框，请放入 literacy/抽样框.csv 后构建"
        )
    drawn = max(row["year"] for row in rows)
    if year not in {row["year"] for row in rows}:
        typer.echo(
            f"drawn out of the frame of {drawn}: same frame and seed, same points; a new frame or seed takes a build / "
            f"按 {drawn} 年的抽样框抽取，抽样框和种子不变则监测点不变；换用新的须重新构建",
            err=True,
        )
        rows = [row | {"year": year} for row in rows if row["year"] == drawn]
    emit([{name: x for name, x in row.items() if name != "_origin"} for row in rows if row["year"] == year], format)


@app.command("enterprise")
def enterprise(
    count: Annotated[int, typer.Option("--count", "-k", help="抽几家 / how many enterprises")] = 5,
    seed: Annotated[int, typer.Option("--seed", help="种子，由抽查人当场指定 / seed, named by the evaluator")] = 1,
    facts: Annotated[int, typer.Option("--facts", help="每家几项，0 为全部 / facts of each, 0 = all")] = 20,
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="同时写成网页 / also write the page there")] = None,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """现场抽查：随机抽取企业，档案与来源并列。Random draw of enterprises, dossier and sources side by side."""
    from ehpilot.publish import spot_check_page
    from ehpilot.reading import spot_check
    from ehpilot.reading.edition import find

    folder = find(out, edition)
    rows = spot_check.draw(folder, count, facts, seed)
    if to is not None:
        typer.echo(str(spot_check_page.write(to, folder, rows, seed)), err=True)
    on_screen = ("draw_no", "name", "section", "field", "value", "path", "sheet", "row", "source_text", "is_same")
    emit(rows if format == "json" else [{name: row[name] for name in on_screen} for row in rows], format)
