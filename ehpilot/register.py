"""The one register: dbt's manifest read as typed sources, tables and deliverables.

Belongs here: turning ``dbt/target/manifest.json`` into dataclasses.
Does not belong here: any declaration of a table (they stand in dbt YAML only), making tables, data, running dbt
(``warehouse``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.manifest import manifest_file
from ehpilot.project import DBT_DIR

PUBLIC_SCHEMAS = (
    "core", "inventory", "exposure", "risk_grade", "emission_factor", "green_index", "pilot", "meta", "report",
)  # fmt: skip

TITLE_WORDS = {"{zone}": "zone_name", "{zone_formal}": "zone_formal", "{city}": "city"}
_GRAIN = re.compile(r"^一行\s*=\s*(一个|一条|一种|一份|一项|一张|一)?")
YEAR_WORD = "{year}"  # of a title: the year of the as-of date


@dataclass(frozen=True)
class Stage:
    """A part of the build: one invocation of dbt makes its models, then one gate judges them.

    A model declares its stage (``meta.stage``, the stage's ``key``) and reads models of its own and earlier ones.
    """

    number: int
    name: str
    label: str

    @property
    def key(self) -> str:
        """Name in ``meta.stage``, of the gate and of the steps: ``2_inventory``."""
        return f"{self.number}_{self.name}"


# In the order in which they are built. Schemas read one another both ways, so a schema may have several.
STAGES = (
    Stage(1, "staging", "整理"),
    Stage(2, "inventory", "场所与排放清单"),
    Stage(3, "exposure", "监测与暴露"),
    Stage(4, "risk_pollutant", "风险污染物与排放因子"),
    Stage(5, "risk_grade", "风险分级与管控"),
    Stage(6, "risk_source", "风险源与企业档案"),
    Stage(7, "pilot", "试点与指数"),
    Stage(8, "meta", "记录与缺口"),
    Stage(9, "report", "成果表"),
)

_KIND_BY_TYPE = {"varchar": "text", "double": "number", "bigint": "integer", "boolean": "mark"} | {
    kind: kind for kind in ("integer", "date", "timestamp")
}


@dataclass(frozen=True)
class RawColumn:
    """One declared column of a raw table. ``unit`` is the unit of the stored number."""

    name: str
    data_type: str
    kind: str
    label: str
    description: str = ""
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    sensitivity: str = "public"
    unit_in_cell: bool = False
    published_if: str | None = None
    hashed_if: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RawTable:
    """A raw table: where the records of one kind of form go. ``grain`` is the business key.

    A table of the intake is one too; ``written_by`` says who writes it: ``landing``, ``build`` or ``gates``.
    """

    name: str
    source: str
    entity: str
    label: str
    description: str
    owner: str
    grain: tuple[str, ...]
    provenance: str
    sensitivity: str
    columns: tuple[RawColumn, ...]
    asset_key: tuple[str, ...]
    written_by: str = "landing"

    @property
    def columns_sql(self) -> str:
        """Columns and types as ``create table`` takes them."""
        return ", ".join(f'"{column.name}" {column.data_type}' for column in self.columns)

    @property
    def column(self) -> dict[str, RawColumn]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def keeps_cells(self) -> bool:
        """True where the text of every cell is kept with the record (false for hourly series)."""
        return self.provenance == "record"


@dataclass(frozen=True)
class Column:
    """One column of a model."""

    name: str
    data_type: str
    description: str
    meta: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A dbt model or seed: ``schema.name`` with its grain, columns and how it is traced.

    ``path`` and ``declared_in`` (the YAML) are relative to the dbt folder.
    """

    schema: str
    name: str
    kind: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meta: dict[str, Any]
    path: str
    declared_in: str
    unique_id: str

    @property
    def full_name(self) -> str:
        """``schema.table``: the name that analysts, traces and asset keys share."""
        return f"{self.schema}.{self.name}"

    @property
    def stage(self) -> Stage:
        """The stage that makes the table; seeds are loaded in the first. Raises BuildError for one that is none."""
        return STAGES[0] if self.kind == "seed" else _stage(self.meta.get("stage"), self.path)

    @property
    def is_public(self) -> bool:
        """True for tables that go into an edition."""
        return self.kind == "model" and self.schema in PUBLIC_SCHEMAS

    @property
    def series(self) -> dict[str, Any]:
        """How a series is kept: ``month_of`` its time column, ``order_by`` a total order; {} for tables."""
        return dict(self.meta.get("series") or {})

    @property
    def is_series(self) -> bool:
        """True for a public table that an edition keeps as one Parquet file a month, not in marts.duckdb."""
        return self.is_public and bool(self.series)

    @property
    def has_origin(self) -> bool:
        """True where the table carries ``_origin`` (it stands next to the files)."""
        return bool(self.meta.get("origin"))

    @property
    def trace(self) -> list[dict[str, Any]]:
        """Where the rows come from: ``[{table, on: {their column: our column}, weight}]``."""
        return list(self.meta.get("trace", []))


@dataclass(frozen=True)
class Deliverable:
    """An official document: a dbt exposure with its title, date and the tables it reads."""

    deliverable_id: str
    name: str
    title: str
    description: str
    meta: dict[str, Any]
    reads: tuple[str, ...]

    @property
    def is_deliverable(self) -> bool:
        """True for the nineteen of the work plan; false for documents beside them (annual summary, dossiers)."""
        return self.meta.get("kind", "deliverable") == "deliverable"

    @property
    def qmd(self) -> str:
        """File name of its text in ``quarto_reports/``."""
        return f"{self.name}.qmd"

    def titled(self, texts: Mapping[str, str]) -> str:
        """Official title with the names of the area filled in (a name that is not given is ``zone_name``) and the
        year."""
        title = self.title
        for word, key in TITLE_WORDS.items():
            title = title.replace(word, texts.get(key) or texts.get("zone_name", ""))
        return title.replace(YEAR_WORD, texts.get("year", ""))


class Register:
    """Typed view of a dbt manifest."""

    def __init__(self, manifest: dict[str, Any]):
        self.manifest = manifest

    @classmethod
    def load(cls, dbt_dir: Path = DBT_DIR) -> Register:
        """Read the manifest, after ``dbt parse`` where a dbt file changed since it was written."""
        return cls(json.loads(manifest_file(dbt_dir).read_text(encoding="utf-8")))

    @cached_property
    def raw_tables(self) -> dict[str, RawTable]:
        """Raw tables by physical name, in the order of the name."""
        tables = [_raw_table(node) for node in self.manifest["sources"].values() if node["schema"] == "raw"]
        return {table.name: table for table in sorted(tables, key=lambda table: table.name)}

    @cached_property
    def intake_tables(self) -> dict[str, RawTable]:
        """The intake's books and the facts of a build (schema ``intake``) by name."""
        tables = [_raw_table(node) for node in self.manifest["sources"].values() if node["schema"] == "intake"]
        return {table.name: table for table in sorted(tables, key=lambda table: table.name)}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Models and seeds by ``schema.name``."""
        nodes = [n for n in self.manifest["nodes"].values() if n["resource_type"] in ("model", "seed")]
        tables = [_table(node) for node in nodes]
        return {table.full_name: table for table in sorted(tables, key=lambda table: table.full_name)}

    @cached_property
    def public_tables(self) -> dict[str, Table]:
        """Tables of an edition by ``schema.name``."""
        return {name: table for name, table in self.tables.items() if table.is_public}

    @cached_property
    def stages(self) -> dict[str, list[Table]]:
        """Tables of each stage that has models, by its key, in the order in which stages are built.

        Raises BuildError that names a model whose stage is not one of :data:`STAGES`.
        """
        made: dict[str, list[Table]] = {stage.key: [] for stage in STAGES}
        for table in self.tables.values():
            made[table.stage.key].append(table)
        return {key: tables for key, tables in made.items() if any(table.kind == "model" for table in tables)}

    @cached_property
    def deliverables(self) -> dict[str, Deliverable]:
        """The nineteen deliverables of the work plan by id (``D01``)."""
        return {key: item for key, item in self.documents.items() if item.is_deliverable}

    @cached_property
    def documents(self) -> dict[str, Deliverable]:
        """All declared documents by id: the deliverables and those beside them."""
        found = [_deliverable(node, self.manifest) for node in self.manifest.get("exposures", {}).values()]
        return {item.deliverable_id: item for item in sorted(found, key=lambda item: item.deliverable_id)}

    @cached_property
    def words(self) -> dict[str, str]:
        """Chinese names of raw, intake and built tables (``schema.table``) and of their columns
        (``schema.table.column``, and the bare name), as pages print them."""
        found: dict[str, str] = {}
        for schema, tables in (("raw", self.raw_tables), ("intake", self.intake_tables)):
            for name, raw in tables.items():
                found[f"{schema}.{name}"] = raw.label
                found |= {f"{schema}.{name}.{column.name}": column.label for column in raw.columns}
        for name, table in self.tables.items():
            found[name] = table_label(table.meta.get("label"), table.description) or table.name
            found |= {
                f"{name}.{column.name}": label_of(column.name, column.meta, column.description)
                for column in table.columns
            }
        # A rule may judge columns of several tables: by its name alone a column is what it is called first.
        bare: dict[str, str] = {}
        for key, label in found.items():
            if key.count(".") == 2 and label != key.rpartition(".")[2]:
                bare.setdefault(key.rpartition(".")[2], label)
        return {**bare, **found}

    def raw_tables_of(self, source: str) -> list[RawTable]:
        """Raw tables fed by the landing folder ``source``."""
        return [table for table in self.raw_tables.values() if table.source == source]


def label_of(name: str, meta: Mapping[str, Any], description: str) -> str:
    """Chinese label of a column: declared, else the Chinese half of its description, else its name."""
    return str(meta.get("label") or description.split(" / ", 1)[0].strip() or name)


def table_label(label: str | None, description: str) -> str:
    """Declared label of a table, else the thing that a row is (“一行 = 一个污染物。” → 污染物), else nothing."""
    return str(label or _GRAIN.sub("", description.split(" / ", 1)[0].strip().rstrip("。")).split("。")[0].strip())


def _stage(key: str | None, path: str) -> Stage:
    for stage in STAGES:
        if stage.key == key:
            return stage
    known = ", ".join(stage.key for stage in STAGES)
    raise BuildError(f"{path}: meta.stage {key!r} is no stage; one of {known} / meta.stage {key!r} 不是建设阶段")


def _raw_table(node: dict[str, Any]) -> RawTable:
    meta = _meta(node)
    name = node["identifier"]
    return RawTable(
        name=name,
        source=node["source_name"],
        entity=node["name"],
        label=meta.get("label", name),
        description=node.get("description", ""),
        owner=meta.get("owner") or node.get("source_meta", {}).get("owner", ""),
        grain=tuple(meta.get("grain", [])),
        provenance=meta.get("provenance", "record"),
        sensitivity=meta.get("sensitivity", "government"),
        columns=tuple(_raw_column(column) for column in node["columns"].values()),
        asset_key=(node["schema"], name),
        written_by=meta.get("written_by", "landing"),
    )


def _raw_column(column: dict[str, Any]) -> RawColumn:
    meta = _meta(column)
    data_type = (column.get("data_type") or "varchar").lower()
    return RawColumn(
        name=column["name"],
        data_type=data_type,
        kind=meta.get("kind", _KIND_BY_TYPE.get(data_type, "text")),
        label=label_of(column["name"], meta, column.get("description", "")),
        description=column.get("description", ""),
        unit=meta.get("unit"),
        minimum=meta.get("min"),
        maximum=meta.get("max"),
        sensitivity=meta.get("sensitivity", "public"),
        unit_in_cell=bool(meta.get("unit_in_cell", False)),
        published_if=meta.get("published_if"),
        hashed_if=meta.get("hashed_if"),
        meta=meta,
    )


def _table(node: dict[str, Any]) -> Table:
    columns = tuple(
        Column(c["name"], (c.get("data_type") or "").lower(), c.get("description", ""), _meta(c))
        for c in node["columns"].values()
    )
    key: tuple[str, ...] = tuple(node.get("primary_key") or ())
    for constraint in node.get("constraints", []):
        if constraint.get("type") == "primary_key":
            key = tuple(constraint.get("columns") or key)
    return Table(
        schema=node["schema"],
        name=node.get("alias") or node["name"],
        kind=node["resource_type"],
        description=node.get("description", ""),
        key=key,
        columns=columns,
        meta=_meta(node),
        path=node["original_file_path"],
        declared_in=(node.get("patch_path") or node["original_file_path"]).rpartition("://")[2],
        unique_id=node["unique_id"],
    )


def _deliverable(node: dict[str, Any], manifest: dict[str, Any]) -> Deliverable:
    meta = _meta(node)
    reads = []
    for unique_id in node["depends_on"]["nodes"]:
        model = manifest["nodes"].get(unique_id)
        if model is not None:
            reads.append(f"{model['schema']}.{model.get('alias') or model['name']}")
    return Deliverable(
        deliverable_id=meta.get("deliverable_id", node["name"][:3].upper()),
        name=node["name"],
        title=meta.get("title") or node.get("label") or node["name"],
        description=node.get("description", ""),
        meta=meta,
        reads=tuple(reads),
    )


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    """``config.meta`` where dbt puts it for the node's kind, older ``meta`` beneath it."""
    merged = dict(node.get("meta") or {})
    merged.update((node.get("config") or {}).get("meta") or {})
    return merged
