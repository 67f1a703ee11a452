"""The command line: arguments in, one library call, words and exit codes out.

Does not belong here: what the commands do, exit codes and the form of errors (``exits``). Dagster is imported by
``build``, ``ui`` and ``doctor`` only, when they run.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable

from ehpilot.cli import exits
from ehpilot.cli.exits import complain, say
from ehpilot.errors import BuildError, UsageError
from ehpilot.scaffold.commands import app as scaffold_app

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
editions_app = typer.Typer(invoke_without_command=True, help="版次清单 / list and prune editions")
app.add_typer(editions_app, name="editions")
app.add_typer(scaffold_app, name="new")

DEFAULT_OUT = Path("build/demo/out")
Out = Annotated[
    Path, typer.Option("--out", envvar="EHPILOT_OUT", help="构建目录 / build folder", show_default=str(DEFAULT_OUT))
]
ProfileName = Annotated[str, typer.Option("--profile", help="profiles/ 下的名称或目录 / name or folder")]
Landing = Annotated[Path, typer.Option("--landing", help="登陆目录 / landing folder")]
Format = Annotated[str, typer.Option("--format", help="table | json")]


def main() -> None:
    """Run a command to its exit code."""
    exits.run(app)


@app.callback()
def options(lang: Annotated[str, typer.Option("--lang", help="zh | en")] = "") -> None:
    """环境与健康试点数据仓库。A warehouse for environment-and-health pilot areas: files in, sealed editions out."""
    if lang:
        exits.choose_language(lang)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="登陆目录 / landing folder to write")],
    truth: Annotated[Path | None, typer.Option("--truth", help="真值目录 / folder of the true values")] = None,
    seed: Annotated[int, typer.Option("--seed")] = 20260301,
    scale: Annotated[float, typer.Option("--scale", min=0.02)] = 1.0,
) -> None:
    """写出虚构的登陆目录。Write a fictional landing folder and what is true of it."""
    from ehpilot.demo import generate

    truth = truth or out.parent / "truth"
    generate(out, truth, seed=seed, scale=scale)
    say(f"虚构登陆文件：{out}；真值：{truth}", f"fictional landing files: {out}; truth: {truth}")


@app.command()
def check(profile: ProfileName, landing: Landing, format: Format = "table") -> None:
    """对照版式检查登陆文件，不写任何东西。Check files against the forms; writes nothing."""
    from ehpilot.landing.intake import FAULT_COLUMNS
    from ehpilot.landing.intake import check as check_landing
    from ehpilot.profile import load_profile
    from ehpilot.register import Register

    _known_format(format)
    _key_folder()
    if not landing.is_dir():
        raise UsageError(
            f"landing folder {landing} does not exist; give --landing DIR / "
            f"登陆目录 {landing} 不存在，请用 --landing 指明"
        )
    report = check_landing(landing, load_profile(profile), Register.load())
    facts = report.to_json()
    if format == "json":
        _json(facts)
    else:
        _print_rows(facts["files"], ["path", "form", "read", "loaded", "quarantined", "skipped"])
        _print_rows([{"reason": k, "records": v} for k, v in facts["reasons"].items()], ["reason", "records"])
        unmapped = [{"path": path, "unmapped columns": "、".join(names)} for path, names in report.unmapped.items()]
        if unmapped:
            _print_rows(unmapped, ["path", "unmapped columns"])
        _print_rows(report.faults(), FAULT_COLUMNS)
    raise typer.Exit(0 if report.is_clean else 1)


@app.command()
def build(
    profile: ProfileName,
    landing: Landing,
    out: Out = DEFAULT_OUT,
    as_of: Annotated[str, typer.Option("--as-of", help="YYYY-MM-DD")] = "",
    select: Annotated[str, typer.Option("--select", help="Dagster asset selection; publishes nothing")] = "",
    no_reports: Annotated[bool, typer.Option("--no-reports", help="公文留作缺口 / documents as gaps")] = False,
    wait: Annotated[float, typer.Option("--wait", help="等待另一构建的秒数 / seconds to wait for another build")] = 0,
    format: Format = "table",
) -> None:
    """从登陆文件到封存版次。The whole run: landing files to a sealed edition."""
    from ehpilot.runs.build import Build

    _known_format(format)
    _key_folder()
    job = Build(profile, landing, out, _date(as_of))
    with job.writing(wait):
        if not select and job.is_unchanged():
            name = job.previous.name if job.previous else ""
            facts = {"state": "unchanged", "edition": name}
            _report_build(facts, f"没有变化，版次 {name} 仍为最新", f"nothing changed; edition {name} stands", format)
            return
        job.require_inputs(keeps_warehouse=bool(select))
        job.warm_up()  # while Dagster is imported here
        _run_job(profile, landing, out, as_of, select, no_reports, format)


def _run_job(profile: str, landing: Path, out: Path, as_of: str, select: str, no_reports: bool, format: str) -> None:
    from assets.run import BuildRun
    from dagster_project.execute import execute
    from ehpilot.publish import report_index

    run = BuildRun(profile=str(profile), landing=str(landing), out=str(out), as_of=as_of, reports=not no_reports)
    say(f"构建 {profile}：{landing} → {out}", f"building {profile}: {landing} → {out}", stderr=True)
    result = execute(run, select or None)
    if result.usage:
        raise UsageError(result.usage)
    if not result.success:
        for step, reason in result.failures:
            complain(f"✗ {step}: {reason}")
        raise BuildError(
            "the build failed; nothing was published / 构建失败，没有发布"
            if not select
            else "the build failed / 构建失败"
        )
    if select:
        _report_build(
            {"state": "selected"}, "所选部分已更新，未发布版次", "selection built, no edition published", format
        )
        return
    edition = (Path(out) / "editions" / "latest").resolve()
    broken = [entry["document_id"] for entry in report_index.read(edition) if entry["state"] == "failed"]
    facts = {"state": "published", "edition": edition.name, "path": str(edition), "broken_documents": broken}
    _report_build(
        facts, f"版次 {edition.name} 已发布：{edition}", f"edition {edition.name} published: {edition}", format
    )
    if broken:
        names = ", ".join(broken)
        raise BuildError(
            f"documents that could not be made: {names} (edition {edition.name} is published) / "
            f"未能生成的文件：{names}（版次 {edition.name} 已发布）"
        )


def _report_build(facts: dict[str, Any], chinese: str, english: str, format: str) -> None:
    if format == "json":
        _json(facts)
    else:
        say(chinese, english)


@app.command()
def ui(
    profile: ProfileName, landing: Landing, out: Out = DEFAULT_OUT, port: Annotated[int, typer.Option("--port")] = 3000
) -> None:
    """在本机打开 Dagster 界面。The Dagster UI on 127.0.0.1 over the same assets."""
    from dagster_project.execute import open_instance
    from ehpilot.project import PROJECT_ROOT
    from ehpilot.runs.build import Build

    _key_folder()
    job = Build(profile, landing, out)
    open_instance(job.workspace.make())
    env = dict(
        os.environ, EHPILOT_PROFILE=str(profile), EHPILOT_LANDING=str(landing.resolve()), EHPILOT_OUT=str(out.resolve())
    )
    command = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "dagster_project.definitions"]
    command += ["-h", "127.0.0.1", "-p", str(port), "-d", str(PROJECT_ROOT)]
    raise typer.Exit(subprocess.run(command, env=env, cwd=PROJECT_ROOT, check=False).returncode)


@app.command()
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
    from ehpilot.runs.rerender import formats_wanted, rendered

    wanted = formats_wanted(document, all_documents, format, public)
    folder = find(out, edition)
    results: list[Any] = []

    def make(source: Path, target: Path) -> list[Any]:
        results.extend(rendered(wanted, source, target, public, Path(out), lambda line: say(line, line)))
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


@app.command()
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


@editions_app.callback()
def editions(context: typer.Context, out: Out = DEFAULT_OUT, format: Format = "table") -> None:
    """版次清单。List the editions."""
    if context.invoked_subcommand is not None:
        return
    from ehpilot.reading.edition import list_editions

    rows = [_plain(info) for info in list_editions(Path(out))]
    if format == "table":
        _print_rows(rows, ["edition_no", "profile", "as_of", "sealed_at", "previous_edition", "code_version", "path"])
    else:
        _emit(rows, format)


@editions_app.command("prune")
def prune(keep: Annotated[int, typer.Option("--keep", min=1)], out: Out = DEFAULT_OUT) -> None:
    """删除旧版次，保留最新 N 个。Remove old editions; the newest N and approved ones stay."""
    from ehpilot.publish.release import prune as prune_editions

    removed = prune_editions(Path(out), keep)
    say(f"已删除：{removed or '无'}", f"removed: {removed or 'none'}")


@app.command()
def diff(old: int, new: int, out: Out = DEFAULT_OUT, format: Format = "table") -> None:
    """两个版次逐格比较。Compare two editions cell by cell."""
    from ehpilot.reading.diff import diff as compare
    from ehpilot.reading.edition import find

    _emit(compare(find(out, old), find(out, new)), format)


@app.command()
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


@app.command()
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
        _emit(rows, format)


@app.command()
def doctor(
    out: Out = DEFAULT_OUT,
    repair: Annotated[
        bool, typer.Option("--repair/--no-repair", help="清理死进程的残留 / clear what dead runs left")
    ] = True,
    format: Format = "table",
) -> None:
    """什么被锁、卡住、缺失。What is locked, stuck, missing; clears what dead runs left."""
    from ehpilot.reading.doctor import facts

    rows = facts(Path(out))
    if repair and (Path(out) / "work" / "dagster").is_dir():
        from dagster_project.stuck_runs import clear_stuck_runs

        rows += clear_stuck_runs(Path(out))
    _emit(rows, format)
    if any(row.get("state") == "problem" for row in rows):
        raise typer.Exit(1)


def _key_folder() -> None:
    """``$EHPILOT_KEY_DIR`` must exist if it is set."""
    folder = os.environ.get("EHPILOT_KEY_DIR")
    if folder and not Path(folder).is_dir():
        raise UsageError(
            f"EHPILOT_KEY_DIR names no folder: {folder}; make it or unset the variable / "
            f"EHPILOT_KEY_DIR 所指目录 {folder} 不存在，请新建或取消该变量"
        )


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"--as-of {text!r} is not a date; write YYYY-MM-DD / --as-of {text!r} 不是日期，请写 YYYY-MM-DD"
        ) from error


def _plain(value: Any) -> dict[str, Any]:
    return dict(getattr(value, "__dict__", None) or value._asdict())


def _known_format(format: str) -> None:
    if format not in ("table", "json"):
        raise UsageError(f"unknown --format {format}; use table or json / 未知的 --format {format}，可用 table 或 json")


def _emit(rows: list[dict[str, Any]], format: str) -> None:
    _known_format(format)
    if format == "json":
        _json(rows)
    else:
        _print_rows(rows, list(rows[0]) if rows else [])


def _json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print_rows(rows: list[dict[str, Any]], columns: list[str]) -> None:
    table = RichTable(show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(c) is None else str(row.get(c)) for c in columns))
    # Into a pipe or a file there is no screen whose width must be kept.
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


if __name__ == "__main__":
    main()
