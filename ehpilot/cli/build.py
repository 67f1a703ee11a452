"""``ehpilot demo``, ``check``, ``build``: landing files, and what is made of them.

Dagster is imported by ``build`` only, when it runs. Does not belong here: the order of a build (``ehpilot.runs``).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ehpilot.cli.exits import complain, say
from ehpilot.cli.options import DEFAULT_OUT, Format, Landing, Out, ProfileName, date, key_folder, known_format
from ehpilot.cli.output import print_json, print_rows
from ehpilot.errors import BuildError, UsageError

if TYPE_CHECKING:
    import duckdb

    from ehpilot.runs.build import Build


def demo(
    out: Annotated[Path, typer.Option("--out", help="登陆目录，新的或空的 / landing folder to write, new or empty")],
    truth: Annotated[Path | None, typer.Option("--truth", help="真值目录 / folder of the true values")] = None,
    seed: Annotated[int, typer.Option("--seed")] = 20260301,
    scale: Annotated[float, typer.Option("--scale", min=0.02, max=100)] = 1.0,
    as_of: Annotated[str, typer.Option("--as-of", help="截止日期 / the day the folder is of, YYYY-MM-DD")] = "",
    hostile: Annotated[bool, typer.Option("--hostile", help="另加恶意名称和文件 / add hostile names")] = False,
) -> None:
    """写出虚构的登陆目录。Write a fictional landing folder and what is true of it."""
    from ehpilot.demo import write_demo

    try:
        truth = write_demo(out, truth, seed, scale, date(as_of), is_hostile=hostile)
    except ValueError as error:
        raise UsageError(str(error)) from error
    say(f"虚构登陆文件：{out}；真值：{truth}", f"fictional landing files: {out}; truth: {truth}")


def check(profile: ProfileName, landing: Landing, format: Format = "table") -> None:
    """对照版式检查登陆文件，不写任何东西。Check files against the forms; writes nothing."""
    from ehpilot.landing.folder.inventory import require_folder
    from ehpilot.landing.intake import FAULT_COLUMNS
    from ehpilot.landing.intake import check as check_landing
    from ehpilot.profile import load_profile
    from ehpilot.register import Register

    known_format(format)
    key_folder()
    require_folder(landing)
    report = check_landing(landing, load_profile(profile), Register.load(), _broken_raw_rules)
    facts = report.to_json()
    if format == "json":
        print_json(facts)
    else:
        print_rows(facts["files"], ["path", "form", "read", "loaded", "quarantined", "skipped"])
        print_rows([{"reason": k, "records": v} for k, v in facts["reasons"].items()], ["reason", "records"])
        if report.flags:
            print_rows([{"flag": k, "records": v} for k, v in report.flags.items()], ["flag", "records"])
        unmapped = [{"path": path, "unmapped columns": "、".join(names)} for path, names in report.unmapped.items()]
        if unmapped:
            print_rows(unmapped, ["path", "unmapped columns"])
        print_rows(report.faults(), FAULT_COLUMNS)
        for rule in report.rules:
            say(f"✗ {rule['words_cn']}", f"✗ {rule['words_en']}")
    raise typer.Exit(0 if report.is_clean else 1)


def _broken_raw_rules(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Rules of the gates ``intake`` and ``raw`` that loaded files break, with their words in both languages."""
    from ehpilot import gates

    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    found = [rule for gate in ("intake", "raw") for rule in gates.run_gate(con, gate, "check", now).outcomes]
    return [
        {"rule": rule.check_name, "severity": rule.severity, "failing_rows": rule.failing_rows,
         "words_cn": rule.words("zh"), "words_en": rule.words("en")}
        for rule in found if not rule.passed
    ]  # fmt: skip


def build(
    profile: ProfileName,
    landing: Landing,
    out: Out = DEFAULT_OUT,
    as_of: Annotated[str, typer.Option("--as-of", help="YYYY-MM-DD")] = "",
    select: Annotated[str, typer.Option("--select", help="Dagster asset selection; publishes nothing")] = "",
    no_reports: Annotated[bool, typer.Option("--no-reports", help="公文留作缺口 / documents as gaps")] = False,
    accept_shrink: Annotated[
        bool,
        typer.Option("--accept-shrink", help="比上一版次少得多或截止日更早，确属如此 / fewer or earlier is meant"),
    ] = False,
    wait: Annotated[float, typer.Option("--wait", help="等待另一构建的秒数 / seconds to wait for another build")] = 0,
    format: Format = "table",
) -> None:
    """从登陆文件到封存版次。The whole run: landing files to a sealed edition."""
    from ehpilot.runs.build import Build

    known_format(format)
    key_folder()
    job = Build(profile, landing, out, date(as_of), accept_shrink=accept_shrink)
    with job.writing(wait):
        if not select and job.is_unchanged():
            name = job.previous.name if job.previous else ""
            facts = {"state": "unchanged", "edition": name}
            _report_build(facts, f"没有变化，版次 {name} 仍为最新", f"nothing changed; edition {name} stands", format)
            return
        job.require_inputs(keeps_warehouse=bool(select))
        say(f"构建 {profile}：{landing} → {out}", f"building {profile}: {landing} → {out}", stderr=True)
        _run(job, select, not no_reports)
        if select:
            done = "所选部分已更新，未发布版次", "selection built, no edition published"
            _report_build({"state": "selected"}, *done, format)
        else:
            _report_edition((job.workspace.editions / "latest").resolve(), format)


def _run(job: Build, select: str, reports: bool) -> None:
    """The build through Dagster, which is imported while the helper imports dbt."""
    if not select:
        job.fresh_warehouse()
    job.warehouse.prepare()
    from assets.run import Run
    from dagster_project.execute import execute

    result = execute(Run(job, reports), select or None)
    if result.usage:
        raise UsageError(result.usage)
    if not result.success:
        _complain_of(job, result.failures)
        raise BuildError(
            "the build failed; nothing was published / 构建失败，没有发布"
            if not select
            else "the build failed / 构建失败"
        )


def _complain_of(job: Build, failures: list[tuple[str, str]]) -> None:
    """Broken rules with their rows, and where the page of all of them is; then what else failed."""
    broken = job.broken_rules
    for rule in broken:
        say(f"✗ {rule.words('zh')}", f"✗ {rule.words('en')}", stderr=True)
    for step, reason in failures:
        if not (broken and ":" in step):  # a check, told above
            complain(reason, about=f"✗ {step}:")
    if broken:
        page = job.write_quality_page()
        say(f"全部检查结果：{page}", f"all results: {page}", stderr=True)


def _report_edition(edition: Path, format: str) -> None:
    from ehpilot.publish import report_index

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
        print_json(facts)
    else:
        say(chinese, english)
