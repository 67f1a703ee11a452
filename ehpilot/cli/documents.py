"""``ehpilot report``: documents of an edition, made once more.

Does not belong here: which documents there are (the register), rendering (``ehpilot.reporting``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ehpilot.cli.exits import say
from ehpilot.cli.options import DEFAULT_OUT, Out
from ehpilot.errors import BuildError


def report(
    document: Annotated[str, typer.Argument(help="D01 …; 与 --all 二选一 / or --all")] = "",
    all_documents: Annotated[bool, typer.Option("--all")] = False,
    format: Annotated[str, typer.Option("--format", help="html | docx | pdf | xlsx；默认全部 / default: all")] = "",
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    public: Annotated[bool, typer.Option("--public", help="公开版 / public version")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="默认 releases/ / default releases/")] = None,
    out: Out = DEFAULT_OUT,
) -> None:
    """由版次重新渲染文件，版次不变。Render documents from an edition; the edition stays as it is."""
    from ehpilot.publish.release import render
    from ehpilot.reading.edition import find
    from ehpilot.runs.rerender import formats_wanted, map_beside, rendered

    wanted = formats_wanted(document, all_documents, format, public)
    folder = find(out, edition)
    results: list[Any] = []

    def make(source: Path, target: Path) -> list[Any]:
        results.extend(rendered(wanted, source, target, public, Path(out), lambda line: say(line, line)))
        for page in map_beside(wanted, source, target if to is not None else target.parent, public)[-1:]:
            say(f"互动地图：{page}", f"interactive map: {page}")
        return results

    if to is not None:
        make(folder, to)
        made = to
    else:
        made = render(Path(out), edition, make)
    say(f"已写入：{made}", f"written: {made}")
    broken = sorted({result.document_id for result in results if result.state == "failed"})
    if broken:
        raise BuildError(f"documents that could not be made: {', '.join(broken)} / 未能生成的文件：{'、'.join(broken)}")
