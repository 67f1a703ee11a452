"""``ehpilot sample literacy``: the monitoring points that an edition has drawn.

Does not belong here: the draw itself (``kernels.survey_sampling``, table ``pilot.literacy_point``).
"""

from __future__ import annotations

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
    year: Annotated[int, typer.Option("--year", help="年份 / year of the survey")],
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """素养调查监测点：分层、按规模概率抽取，含备选点。Points of the literacy survey: strata, PPS, replacements."""
    from ehpilot.reading.edition import find
    from ehpilot.reading.query import query

    rows = query("select * from pilot.literacy_point order by stratum, draw_no", find(out, edition)).to_pylist()
    chosen = [{name: value for name, value in row.items() if name != "_origin"} for row in rows if row["year"] == year]
    if not chosen:
        known = ", ".join(sorted({str(row["year"]) for row in rows})) or "none"
        raise UsageError(
            f"no points of {year} (drawn: {known}); put literacy/抽样框.csv into the landing folder and build with "
            f"--as-of in that year / 没有 {year} 年的监测点，请放入 literacy/抽样框.csv 并以该年的 --as-of 构建"
        )
    emit(chosen, format)
