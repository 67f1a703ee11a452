"""README and docs are true today: tables, columns, commands, options, paths, seeds and targets that they name exist.

Does not belong here: what the commands print (tests/e2e), figures of speed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer.main

from ehpilot.cli.main import app
from ehpilot.project import DBT_DIR, PROJECT_ROOT
from ehpilot.publish.description import DESCRIPTION_TABLES
from ehpilot.register import PUBLIC_SCHEMAS, Register

PAGES = [PROJECT_ROOT / "README.md", PROJECT_ROOT / "CONTRIBUTING.md", *sorted((PROJECT_ROOT / "docs").glob("*.md"))]
SCHEMAS = (*PUBLIC_SCHEMAS, "raw", "intake", "staging", "intermediate")
FOLDERS = ("ehpilot", "dbt", "tests", "docs", "profiles", "expectations", "quarto_reports", "assets", "dagster_project",
           "benchmarks")  # fmt: skip
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(
    rf"\b({'|'.join(SCHEMAS)})\.([a-z][a-z0-9_]*)(?:\.([a-z_][a-z0-9_]*))?(?![\w*(<]|\.(?:sql|yml|md|csv|py))"
)
_NODE = re.compile(r"\b(?:stg|int)_[a-z0-9]+__[a-z0-9_]+\b(?!\*)")
_OPENED = ("…", "<", "*", "NN", "Nr", "/x.", "_x.")  # a pattern that the reader fills in
# keys of `config.meta` that docs call by their YAML path, of the same first word as the schema
META_KEYS = {"by_month", "label", "kind", "stage", "sensitivity", "unit", "per", "trace", "tested_by", "words"}
EXAMPLES = {"inventory.noise_share"}  # what a command of the page would write


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path.name)
def page(request: pytest.FixtureRequest) -> Path:
    return request.param


def code(path: Path) -> Iterator[str]:
    """What stands in code: between backticks, and the indented or fenced lines."""
    fenced = False
    for line in path.read_text(encoding="utf-8").splitlines():
        fenced ^= line.lstrip().startswith("```")
        if fenced or line.startswith("    "):
            yield line
        yield from _CODE.findall(line)


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@cache
def parameters() -> set[str]:
    """Ids of parameters and of names of the profile, which have points as tables have."""
    text = (DBT_DIR / "seeds/methods/parameter.csv").read_text(encoding="utf-8")
    return {line.split(",")[0] for line in text.splitlines()}


def test_tables_and_columns_exist(page: Path, register: Register) -> None:
    columns: dict[str, set[str]] = {name: {c.name for c in table.columns} for name, table in register.tables.items()}
    columns |= {name: set() for name in (*DESCRIPTION_TABLES, *EXAMPLES)}
    for schema, tables in (("raw", register.raw_tables), ("intake", register.intake_tables)):
        columns |= {f"{schema}.{name}": {c.name for c in table.columns} for name, table in tables.items()}
    unknown = []
    for text in code(page):
        for schema, name, column in _NAME.findall(text):
            full = f"{schema}.{name}"
            whole = f"{full}.{column}" if column else full
            if (schema == "meta" and name in META_KEYS) or any(f"{p}.".startswith(f"{whole}.") for p in parameters()):
                continue
            if full not in columns or (column and column not in columns[full]):
                unknown.append(".".join(filter(None, (schema, name, column))))
    assert unknown == []


def test_models_exist(page: Path, register: Register) -> None:
    names = {node["name"] for node in register.manifest["nodes"].values()}
    assert {name for text in code(page) for name in _NODE.findall(text) if name not in names} == set()


def test_schemas_of_the_readme_are_those_of_an_edition() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("| `marts.duckdb`"))
    assert {word for word in _CODE.findall(line) if re.fullmatch("[a-z_]+", word)} == set(PUBLIC_SCHEMAS)


def test_paths_exist(page: Path) -> None:
    missing = []
    for text in code(page):
        path = text.strip().rstrip("/")
        is_path = path.split("/")[0] in FOLDERS and "/" in path and not re.search(r"\s", path)
        if is_path and not any(mark in path for mark in _OPENED):
            missing += [path] * (not any((PROJECT_ROOT / name).exists() for name in (path, f"{path}.py")))
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing += [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def commands(page: Path) -> Iterator[list[str]]:
    """Arguments of every call of ``ehpilot`` without comments and redirections."""
    for text in code(page):
        for call in re.findall(r"(?<!from )(?:^|(?<=[\s/]))ehpilot ([a-z][^#>|\\]*)", text):
            try:
                yield shlex.split(call.strip())
            except ValueError:
                yield call.split()


def test_commands_and_their_options_exist(page: Path) -> None:
    unknown = []
    for words in commands(page):
        command: Any = typer.main.get_command(app)
        place = 0
        while place < len(words) and words[place] in getattr(command, "commands", {}):
            command, place = command.commands[words[place]], place + 1
        if place == 0:
            unknown.append(" ".join(words))
            continue
        options = {name for parameter in command.params for name in parameter.opts + parameter.secondary_opts}
        given = {word for word in words if word.startswith("--")} - {"--help"}
        unknown += [f"{words[0]} {word}" for word in sorted(given - options)]
    assert unknown == []


def test_the_page_of_commands_names_all_of_them() -> None:
    text = (PROJECT_ROOT / "docs/commands.md").read_text(encoding="utf-8")
    missing = []

    def walk(command: Any, name: str) -> None:
        for word, inner in getattr(command, "commands", {}).items():
            if not re.search(rf"`[^`\n]*\b{re.escape(f'{name} {word}'.strip())}\b", text):
                missing.append(f"{name} {word}".strip())
            walk(inner, f"{name} {word}".strip())

    walk(typer.main.get_command(app), "")
    assert missing == []


def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for text in code(page) for name in re.findall(r"^\s*make ([a-z-]+)", text)}
    assert named <= targets


def test_seeds_of_the_page_of_seeds_are_all_of_them() -> None:
    """One row of docs/seeds.md or another page says of each seed what it is for."""
    seeds = {path.stem for path in (DBT_DIR / "seeds").rglob("*.csv")}
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert {seed for seed in seeds if not re.search(rf"\b{seed}\b", text)} == set()


def test_profiles_that_are_named_exist(page: Path) -> None:
    profiles = {path.parent.name for path in (PROJECT_ROOT / "profiles").glob("*/area.yml")}
    named = {name for words in commands(page) for before, name in pairwise(words) if before == "--profile"}
    assert {name for name in named if re.fullmatch("[a-z_]+", name)} <= profiles | {"my_zone"}
