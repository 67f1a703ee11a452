"""``ehpilot new``: files of a new source, mart table or document that parse and pass the register's checks as written.

A scaffold is a start that runs: real columns, labels, key, trace; the person then renames and adds. Templates stand in
``templates/`` (``<< >>`` and ``<% %>``, because the files are full of dbt's own braces).

Does not belong here: the command line (``ehpilot.cli.new``), a registry of what was made (there is none to keep).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from ehpilot.errors import UsageError
from ehpilot.landing.folder.decisions import FOLDER as DECISIONS_FOLDER
from ehpilot.landing.folder.inventory import TRUTH_FOLDER
from ehpilot.project import PROJECT_ROOT, read_yaml
from ehpilot.register import PUBLIC_SCHEMAS, Column, Table

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MODELS = "\nmodels:\n"  # of a YAML file, below which the models stand
OTHER_FOLDERS = (DECISIONS_FOLDER, TRUTH_FOLDER)  # of a landing folder, which are no sources
_environment = Environment(
    loader=PackageLoader("ehpilot.scaffold", "templates"), undefined=StrictUndefined, keep_trailing_newline=True,
    trim_blocks=True, lstrip_blocks=True, block_start_string="<%", block_end_string="%>",
    variable_start_string="<<", variable_end_string=">>", comment_start_string="<#", comment_end_string="#>",
)  # fmt: skip

_environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


@dataclass(frozen=True)
class Words:
    """What a thing is called on pages: Chinese label and English words."""

    label: str
    english: str


def new_source(
    source: str,
    entity: str,
    words: Words,
    profile: str = "national",
    root: Path = PROJECT_ROOT,
    taken: Collection[str] = (),
) -> list[Path]:
    """Raw table, form, staging model and its YAML of a new landing folder. Returns the four files.

    ``taken`` are the sources of the register. Raises UsageError for a name that is none or is taken; nothing is written
    then.
    """
    _check_names(source, entity)
    _refuse_taken(source, {*taken, *OTHER_FOLDERS})
    if not (root / "profiles" / profile).is_dir():
        raise UsageError(f"unknown profile {profile!r} / 未知的区域档案")
    staging = root / "dbt" / "models" / "staging" / source
    facts = {"source": source, "entity": entity, "label": words.label, "english": words.english}
    return _write_all({
        staging / f"_{source}__sources.yml": ("sources.yml.j2", facts),
        root / "profiles" / profile / "forms" / f"{source}.yml": ("forms.yml.j2", facts),
        staging / f"stg_{source}__{entity}s.sql": ("staging.sql.j2", facts),
        staging / f"_{source}__models.yml": ("staging_models.yml.j2", facts),
    })  # fmt: skip


def new_mart(
    table: str, parent: Table, words: Words, root: Path = PROJECT_ROOT, taken: Collection[str] = ()
) -> list[Path]:
    """Model and YAML of ``schema.name`` with the key columns of ``parent``, which it traces to. Returns both files.

    ``taken`` are the names of all models and seeds: dbt knows one of a name, whatever its schema.
    """
    schema, _, name = table.partition(".")
    _refuse_taken(name, taken)
    if schema not in PUBLIC_SCHEMAS:
        raise UsageError(f"{table}: write schema.name with one of {', '.join(PUBLIC_SCHEMAS)} / 请写 模式.表名")
    return _write_all(_model(schema, name, parent, words, root))


def new_kernel_mart(
    table: str, parent: Table, words: Words, root: Path = PROJECT_ROOT, taken: Collection[str] = ()
) -> list[Path]:
    """A mart whose numbers a kernel makes from the rows of ``parent``: kernel and its test, Python model and mart, each
    with its YAML. Returns the six files.

    The kernel starts as the share of each row in the first number of ``parent``. Raises UsageError as ``new_mart``, for
    a schema whose tables are not computed, and for a parent without a number.
    """
    schema, _, name = table.partition(".")
    _refuse_taken(name, taken)
    if schema not in PUBLIC_SCHEMAS or schema in ("meta", "report"):
        raise UsageError(f"{table}: a kernel makes a mart, no table of meta or report / 内核只用于主题表")
    numbers = [column for column in parent.columns if column.data_type == "double" and column.name not in parent.key]
    if not numbers:
        raise UsageError(f"{parent.full_name} has no number to compute with / 该表没有数值列")
    computed = f"int_{schema}__{name}_computed"
    files = _model(schema, name, parent, words, root, computed=computed, value=numbers[0])
    facts = next(iter(files.values()))[1]
    steps = root / "dbt" / "models" / "intermediate" / schema / name
    return _write_all({
        root / "ehpilot" / "kernels" / f"{name}.py": ("kernel.py.j2", facts),
        root / "tests" / "kernels" / f"test_{name}.py": ("kernel_test.py.j2", facts),
        steps / f"{computed}.py": ("kernel_model.py.j2", facts),
        steps / f"_{schema}_{name}__models.yml": ("kernel_model.yml.j2", facts),
        **files,
    })  # fmt: skip


def new_deliverable(
    deliverable_id: str, name: str, parent: Table, words: Words, root: Path = PROJECT_ROOT
) -> list[Path]:
    """A document beside the nineteen: its declaration, report table with YAML, text. Returns the four files.

    Raises UsageError when the id is declared already.
    """
    if not re.fullmatch(r"D\d\d", deliverable_id):
        raise UsageError(f"{deliverable_id}: a document's id is D and two digits / 成果编号为 D 加两位数字")
    register = root / "dbt" / "models" / "deliverables.yml"
    text = register.read_text(encoding="utf-8")
    declared = {item["config"]["meta"]["deliverable_id"] for item in read_yaml(text)["exposures"]}
    if deliverable_id in declared:
        raise UsageError(f"{deliverable_id} is declared in {register.name}; a further table of it: new mart report.…")
    table = f"{deliverable_id.lower()}_{name}"
    facts = {
        "deliverable_id": deliverable_id, "name": name, "table": table, "parent": parent, "label": words.label,
        "english": words.english,
    }  # fmt: skip
    files = _model("report", table, parent, words, root)
    files[root / "quarto_reports" / f"{table}.qmd"] = ("document.qmd.j2", facts)
    written = _write_all(files)
    with register.open("a", encoding="utf-8") as file:
        file.write(_environment.get_template("exposure.yml.j2").render(facts))
    return [register, *written]


def _model(
    schema: str, name: str, parent: Table, words: Words, root: Path, computed: str = "", value: Column | None = None
) -> dict[Path, tuple[str, dict[str, Any]]]:
    """SQL and YAML of a public model: the keys of ``parent``, or what the step ``computed`` makes of its ``value``."""
    _check_names(name)
    if not parent.is_public or parent.schema == "report" or not parent.key:
        raise UsageError(f"{parent.full_name}: a model starts from a mart with a key / 请给出有主键的公开表")
    columns = [column for column in parent.columns if column.name in parent.key]
    facts = {
        "name": name, "parent": parent, "columns": columns, "label": words.label, "english": words.english,
        "computed": computed, "value": value, "stage": parent.stage.key if parent.schema == schema else "",
    }  # fmt: skip
    sql = "kernel_mart.sql.j2" if computed else "model.sql.j2"
    models = root / "dbt" / "models"
    if schema == "report":  # in the folder of its document, which its name begins with, as are its declarations
        document = name.split("_")[0]
        folder, declared = models / "report" / document, f"_{document}__models.yml"
    else:  # beside its parent, whose stage it then has
        folder = (root / "dbt" / parent.path).parent if parent.schema == schema else models / "marts" / schema
        declared = f"{name}.yml"
    return {folder / f"{name}.sql": (sql, facts), folder / declared: ("model.yml.j2", facts)}


def _check_names(*names: str) -> None:
    for name in names:
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r}: names are lower-case English words joined by _ / 名称 {name!r} 须为小写英文")
        if name in _sql_words():
            raise UsageError(f"{name!r} is a word of SQL; choose another name / {name!r} 是 SQL 保留字，请另取名称")


def _refuse_taken(name: str, taken: Collection[str]) -> None:
    if name in taken:
        raise UsageError(f"{name!r} exists already; choose another name / {name!r} 已存在，请另取名称")


@cache
def _sql_words() -> frozenset[str]:
    """Words that can't be a name without quotes."""
    with duckdb.connect() as con:
        rows = con.execute("select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall()
    return frozenset(word for (word,) in rows)


def _write_all(files: dict[Path, tuple[str, dict[str, Any]]]) -> list[Path]:
    taken = [path.name for path in files if path.exists() and not _is_shared(path)]
    if taken:
        raise UsageError(f"exists already, nothing written: {', '.join(taken)} / 文件已存在")
    for path, (template, facts) in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _environment.get_template(template).render(facts)
        if path.exists():  # first of those that the file declares
            before, mark, after = path.read_text(encoding="utf-8").partition(_MODELS)
            text = f"{before}{mark}{text.partition(_MODELS)[2]}{after}"
        path.write_text(text, encoding="utf-8")
    return list(files)


def _is_shared(path: Path) -> bool:
    """True for declarations that a further model is added to."""
    return path.name.endswith("__models.yml") and _MODELS in path.read_text(encoding="utf-8")
