"""``ehpilot new source|mart|deliverable``: arguments in, names of the written files out.

Does not belong here: what is written (``ehpilot.scaffold``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ehpilot.errors import UsageError
from ehpilot.project import PROJECT_ROOT
from ehpilot.register import Register, Table

if TYPE_CHECKING:
    from ehpilot.scaffold import Words

app = typer.Typer(no_args_is_help=True, help="脚手架 / files of a new source, mart table or document")

Label = Annotated[str, typer.Option("--label", help="中文名 / Chinese name")]
English = Annotated[str, typer.Option("--english", help="英文名 / English name")]
From = Annotated[str, typer.Option("--from", help="上游公开表 schema.table / the mart that it starts from")]


@app.command()
def source(
    name: Annotated[str, typer.Argument(help="登陆子目录 / landing folder, e.g. noise")],
    label: Label,
    entity: Annotated[str, typer.Option("--entity", help="一行是什么，单数 / what one row is, singular")] = "record",
    english: English = "",
    profile: Annotated[
        str, typer.Option("--profile", help="表样放在哪个档案 / profile that gets the form")
    ] = "national",
) -> None:
    """新来源：原始表、表样、staging 模型。A new landing folder: raw table, form, staging model."""
    from ehpilot.scaffold import new_source

    sources = {node["source_name"] for node in Register.load().manifest["sources"].values()}
    _tell(new_source(name, entity, _words(name, label, english), profile, taken=sources))
    typer.echo(f"next: name it in dbt/seeds/crosswalks/code_label.csv (code set source, code {name})")


@app.command()
def mart(
    table: Annotated[str, typer.Argument(help="schema.table")],
    label: Label,
    parent: From,
    english: English = "",
    kernel: Annotated[bool, typer.Option("--kernel", help="由内核计算 / its numbers are made by a kernel")] = False,
) -> None:
    """新公开表：模型及其说明（可带内核）。A new public table: model and YAML; with --kernel its kernel as well."""
    from ehpilot.scaffold import new_kernel_mart, new_mart

    taken = {known.name for known in Register.load().tables.values()}
    make = new_kernel_mart if kernel else new_mart
    _tell(make(table, _table(parent), _words(table.partition(".")[2], label, english), taken=taken))


@app.command()
def deliverable(
    document: Annotated[str, typer.Argument(help="D20 …")],
    name: Annotated[str, typer.Argument(help="英文短名 / short English name")],
    label: Label,
    parent: From,
    english: English = "",
) -> None:
    """新文件：登记、报表、文稿。A new document: declaration, report table, text."""
    from ehpilot.scaffold import new_deliverable

    _tell(new_deliverable(document, name, _table(parent), _words(name, label, english)))


def _words(name: str, label: str, english: str) -> Words:
    from ehpilot.scaffold import Words

    return Words(" ".join(label.split()), " ".join(english.split()) or name.replace("_", " "))


def _table(name: str) -> Table:
    tables = Register.load().public_tables
    if name not in tables:
        raise UsageError(f"no public table {name} / 没有公开表 {name}")
    return tables[name]


def _tell(paths: list[Path]) -> None:
    for path in paths:
        typer.echo(str(path.relative_to(PROJECT_ROOT)))
