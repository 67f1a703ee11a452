"""``ehpilot editions``, ``approve``, ``diff``, ``sql``, ``trace``: what has been published.

Does not belong here: how an edition is read (``ehpilot.reading``) and kept (``ehpilot.publish``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ehpilot.cli.exits import say
from ehpilot.cli.options import DEFAULT_OUT, Format, Out, known_format
from ehpilot.cli.output import emit, print_json, print_rows
from ehpilot.errors import UsageError

app = typer.Typer(invoke_without_command=True, help="版次清单 / list and prune editions")


@app.callback()
def editions(context: typer.Context, out: Out = DEFAULT_OUT, format: Format = "table") -> None:
    """版次清单。List the editions."""
    if context.invoked_subcommand is not None:
        return
    from ehpilot.reading.edition import list_editions, require_folder

    known_format(format)
    require_folder(out)
    rows = [_plain(info) for info in list_editions(Path(out))]
    if format == "table":
        print_rows(rows, ["edition_no", "profile", "as_of", "sealed_at", "previous_edition", "code_version", "path"])
    else:
        emit(rows, format)


@app.command("prune")
def prune(keep: Annotated[int, typer.Option("--keep", min=1)], out: Out = DEFAULT_OUT) -> None:
    """删除旧版次，保留最新 N 个。Remove old editions; the newest N and approved ones stay."""
    from ehpilot.publish.release import prune as prune_editions
    from ehpilot.reading.edition import require_folder

    require_folder(out)
    removed = prune_editions(Path(out), keep)
    say(f"已删除：{removed or '无'}", f"removed: {removed or 'none'}")


def approve(
    edition: int,
    out: Out = DEFAULT_OUT,
    role: Annotated[str, typer.Option("--role")] = "",
    note: Annotated[str, typer.Option("--note")] = "",
) -> None:
    """核准一个版次，写入 releases/。Approve an edition; written to releases/, the edition is not touched."""
    from ehpilot.publish.release import approve as approve_edition

    path = approve_edition(Path(out), edition, role=role, note=note)
    say(f"已核准：{path}", f"approved: {path}")


def diff(
    old: int,
    new: int,
    table: Annotated[list[str] | None, typer.Option("--table", help="只看此表，可重复 / only this table")] = None,
    named: Annotated[str, typer.Option("--object", help="只看名称或编号含此文字的对象 / name or id holds it")] = "",
    ids: Annotated[bool, typer.Option("--ids", help="对象后注编号 / with the ids of objects")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="最多几条，0 为全部 / at most, 0 = all")] = 100,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """两个版次逐格比较：先汇总，再逐条，内容在前。Compare two editions: a summary, then cell by cell, content first."""
    from ehpilot.reading.diff import diff as compare
    from ehpilot.reading.diff import summary
    from ehpilot.reading.diff_words import COLUMNS, SUMMARY, Words
    from ehpilot.reading.edition import find

    known_format(format)
    before, after = find(out, old), find(out, new)
    found = compare(before, after, table, named=named, ids=ids)
    if format == "json":
        print_json(found)
        return
    words = Words(before, after)
    if not named:
        print_rows([words.summary_line(counts) for counts in summary(before, after, table)], list(SUMMARY.values()))
    shown = found[:limit] if limit else found
    print_rows([words.line(item) for item in shown], list(COLUMNS))
    if more := len(found) - len(shown):
        say(
            f"还有 {more} 条，可用 --table、--object 筛选或 --limit 0", f"{more} more; see --table, --object, --limit 0"
        )


def sql(
    query: str,
    out: Out = DEFAULT_OUT,
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    all_editions: Annotated[bool, typer.Option("--all-editions")] = False,
    format: Annotated[str, typer.Option("--format", help="table | csv | json | parquet")] = "table",
) -> None:
    """只读查询。Read-only SQL over an edition."""
    from ehpilot.reading.edition import find, list_editions
    from ehpilot.reading.query import format_result
    from ehpilot.reading.query import query as run_query

    if all_editions and edition is not None:
        raise UsageError("give --edition or --all-editions, not both / --edition 与 --all-editions 二选一")
    folders = [info.path for info in list_editions(Path(out))] if all_editions else find(out, edition)
    result = format_result(run_query(query, folders, all_editions=all_editions), format)
    if isinstance(result, bytes):
        sys.stdout.buffer.write(result)
    else:
        typer.echo(result, nl=not result.endswith("\n"))


def trace(
    table: str,
    key: Annotated[list[str], typer.Argument(help="KEY=VALUE …")],
    column: Annotated[str | None, typer.Option("--column")] = None,
    edition: Annotated[int | None, typer.Option("--edition")] = None,
    depth: Annotated[int, typer.Option("--depth", min=0)] = 8,
    top: Annotated[int, typer.Option("--top", min=1)] = 5,
    out: Out = DEFAULT_OUT,
    format: Format = "table",
) -> None:
    """把一个数追溯到文件和行。Trace a cell back to file and row."""
    from ehpilot.reading.edition import find
    from ehpilot.reading.trace import trace as trace_cell
    from ehpilot.reading.trace_text import trace_lines

    pairs = [item.split("=", 1) for item in key]
    if any(len(pair) != 2 for pair in pairs):
        raise UsageError(
            "give the key as KEY=VALUE pairs, for example enterprise_id=… / 主键写作 列=值，如 enterprise_id=…"
        )
    rows = trace_cell(find(out, edition), table, dict(pairs), column, depth=depth, top=top)
    if format == "table":
        typer.echo("\n".join(trace_lines(rows)))
    else:
        emit(rows, format)


def _plain(value: Any) -> dict[str, Any]:
    return dict(getattr(value, "__dict__", None) or value._asdict())
