"""One build as a sequence of library calls: what the Dagster assets and the command line share.

Belongs here: the order of the calls and the facts of the run (profile, as-of date, edition number, previous edition).
Does not belong here: dagster, SQL of models, reading of files (``ehpilot.landing``), sealing (``ehpilot.publish``).
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import uuid
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ehpilot import gates
from ehpilot.facts.build import code_version, write_build, write_profile
from ehpilot.facts.pilot import write_pilot_facts
from ehpilot.facts.previous import write_previous
from ehpilot.landing.folder.decisions import used_at_intake
from ehpilot.landing.folder.delivery import (
    ShrinkLimits,
    records_by_source,
    refuse_shrinking,
    require_files,
    require_records,
    shrinking,
)
from ehpilot.landing.folder.inventory import Inventory, require_folder, take_inventory, usable_forms
from ehpilot.landing.intake import (
    IntakeContext,
    LoadReport,
    create_intake_tables,
    flag_after_as_of,
    last_content_date,
    load_source,
)
from ehpilot.landing.kept import cache
from ehpilot.landing.personal import load_key
from ehpilot.landing.values.aliases import load_aliases
from ehpilot.profile import Profile, load_profile
from ehpilot.project import DBT_DIR
from ehpilot.publish import confirmation_sheets, ledger
from ehpilot.publish import edition as publishing
from ehpilot.publish.marts import PublishedTable
from ehpilot.reading import edition as reading
from ehpilot.reading.series import rows_by_month
from ehpilot.register import Deliverable, Register
from ehpilot.warehouse import steps, upstream
from ehpilot.warehouse.connection import Warehouse
from ehpilot.workspace import Workspace

if TYPE_CHECKING:
    from ehpilot.runs.documents import BuildDocuments


class Build:
    """One run over one landing folder. ``as_of`` None = the profile's, else the last content date. ``accept_shrink``:
    far fewer records or sources than the last edition had, or an earlier date, are meant."""

    def __init__(
        self, profile: str, landing: Path, out: Path, as_of: datetime.date | None = None, run_id: str = "",
        accept_shrink: bool = False,
    ):  # fmt: skip
        self.profile: Profile = load_profile(profile)
        self.landing = Path(landing).resolve()
        require_folder(Path(landing))
        self.workspace = Workspace(Path(out))
        self.warehouse = Warehouse(self.workspace.warehouse, self.workspace.work / "spill")
        self.requested_as_of = as_of or self.profile.as_of
        self.accept_shrink = accept_shrink
        self.shrunk = ""
        self.run_id = run_id or str(uuid.uuid4())
        self.started_at = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
        self.as_of: datetime.date | None = None
        self.gate_results: list[Any] = []
        self.unused_winners: list[str] = []
        self._judging: list[Future[dict[str, gates.SuiteResult]]] = []
        self.building: Path | None = None
        self.documents: list[Any] = []
        self._rendering: BuildDocuments | None = None

    @cached_property
    def register(self) -> Register:
        """The tables as declared in dbt."""
        return Register.load()

    @cached_property
    def previous(self) -> Path | None:
        """Folder of the newest sealed edition, None before the first."""
        latest = self.workspace.editions / "latest"
        return latest.resolve() if latest.exists() else None

    @cached_property
    def edition_no(self) -> int:
        """Number that this build's edition gets."""
        return publishing.next_edition_no(self.workspace.out)

    @cached_property
    def inventory(self) -> Inventory:
        """Every file under landing/, hashed once, with its form and its state against the previous edition."""
        return take_inventory(self.landing, self.profile, self.register, self.previous_files, self.requested_as_of)

    @cached_property
    def previous_files(self) -> list[dict[str, Any]]:
        """Rows of ``meta.source_file`` of the newest edition."""
        if self.previous is None:
            return []
        with reading.open_marts(self.previous) as con:
            return con.execute("select * from meta.source_file order by file_no").to_arrow_table().to_pylist()

    @cached_property
    def intake_context(self) -> IntakeContext:
        """What the intake needs besides the files."""
        place, stale = self.workspace, self.stale_months
        return IntakeContext.create(self.profile, self.register, place.work, place.read_files, stale)

    @property
    def input_hash(self) -> str:
        """Hash over paths and contents of the landing folder and over the profile."""
        text = f"{self.inventory.input_hash}|{self.profile.content_hash()}"
        return hashlib.sha256(text.encode()).hexdigest()

    @contextlib.contextmanager
    def writing(self, wait_s: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock. First ``latest`` is moved on where a build was killed before it could: what is
        compared with the previous edition must see that one. The ledger is completed from it, or the build stops."""
        with self.workspace.writer(wait_s):
            publishing.repair_latest(self.workspace.out)
            ledger.complete(self.workspace.out)
            try:
                yield
            finally:
                self._abandon()

    def require_inputs(self, keeps_warehouse: bool) -> None:
        """Raise UsageError now for what would stop a step later: the key, the forms, a folder without a file that they
        fit, a warehouse that is in use; and for an as-of date before the latest edition's."""
        if not self.accept_shrink:
            publishing.require_no_step_back(self.previous, self.requested_as_of)
        load_key(self.workspace.out)
        usable_forms(self.profile, self.register)
        require_files(self.inventory)
        if keeps_warehouse and self.workspace.warehouse.exists():
            self.warehouse.open()

    def read_anew(self, series: str, months: Iterable[str]) -> dict[str, int]:
        """Have the next whole build parse the files that speak of these months (``YYYY-MM``), and make an edition even
        where nothing else changed. Returns the rows that each month of the series has in the newest edition."""
        listed = sorted(months)
        cache.mark_stale(self.workspace.read_files, listed)
        if self.previous is None:
            return dict.fromkeys(listed, 0)
        rows = rows_by_month(self.previous, series)
        return {month: rows.get(month, 0) for month in listed}

    @cached_property
    def stale_months(self) -> set[str]:
        """Months that were marked when this build began to look."""
        return cache.stale_months(self.workspace.read_files)

    def is_unchanged(self) -> bool:
        """True when the newest edition was made from these files, this profile, code and as-of date, and no month is to
        be read anew."""
        if self.previous is None or self.stale_months:
            return False
        return publishing.is_unchanged(
            self.previous, self.input_hash, self.profile.name, code_version(), self.requested_as_of
        )

    def fresh_warehouse(self) -> None:
        """Throw the working database of earlier builds away: everything in it comes from files and editions."""
        self.warehouse.close()
        for path in self.workspace.work.glob("warehouse.duckdb*"):
            path.unlink()

    def start(self) -> dict[str, int]:
        """Take the inventory of the landing folder and make the intake tables. Returns files by status.

        Raises UsageError where no file is one that a form could read.
        """
        require_files(self.inventory)
        con = self.warehouse.open()
        con.execute("create schema if not exists raw")
        create_intake_tables(con, self.register)
        return dict(Counter(file.status for file in self.inventory.files))

    def load(self, source: str) -> LoadReport:
        """Load all raw tables of one source; they are judged in the helper while the next one is loaded. Returns the
        loader's report."""
        con = self.warehouse.open()
        report = load_source(con, self.inventory, source, self.intake_context)
        self.unused_winners += report.unused_decisions
        frames = gates.read_frames(con, "raw", [f"raw.{name}" for name in report.rows])
        self._judging.append(self.warehouse.beside(gates.run_frames, frames))
        return report

    def run_dbt(self, layer: str, arguments: Sequence[str]) -> Generator[Any, None, steps.LayerResult]:
        """``dbt build`` of one layer: yields the columns the warehouse has, then each node as it ends."""
        stamp = steps.RunStamp(self.run_id, self.started_at)
        done = yield from self.warehouse.follow(
            steps.build_layer, self.workspace.warehouse, layer, list(arguments), stamp
        )
        self.gate_results.extend(done.tests)
        return done

    def require_upstream(self, tables: Iterable[str]) -> None:
        """Raise UsageError where what these models (``schema.name``) read was never made."""
        upstream.require_upstream(self.warehouse.open(), self.register, tables)

    def judge(self, gate: str) -> gates.GateResult:
        """Run one gate; of raw tables that this build loaded, the results are there or on their way."""
        judged: dict[str, gates.SuiteResult] = {}
        if gate == "raw":
            for future in self._judging:
                judged |= self.warehouse.answer(future)
        step = partial(gates.run_gate, judged=judged)
        result = self.warehouse.run(step, gate, self.run_id, self.started_at)
        self.gate_results.append(result)
        return result

    def settle(self) -> dict[str, Any]:
        """Fix the as-of date, flag later records and write the facts of the build into ``intake``.

        Raises UsageError for a landing folder without a record, or one that shrank without ``accept_shrink``.
        """
        con = self.warehouse.open()
        records = self._judge_delivery(con)
        as_of = self.requested_as_of or last_content_date(con, self.register) or self.started_at.date()
        flagged = flag_after_as_of(con, self.register, as_of)
        self._mark_used_decisions(con)
        facts = {
            "edition_no": self.edition_no,
            "run_id": self.run_id,
            "profile": self.profile.name,
            "profile_name_cn": self.profile.name_cn,
            "is_fictional": self.profile.is_fictional,
            "as_of": as_of,
            "assessment_year": self.profile.assessment_year,
            "input_hash": self.input_hash,
            "code_version": code_version(),
            "previous_edition": int(self.previous.name) if self.previous else None,
            "started_at": self.started_at,
            "seed": self.profile.seed,
        }
        self.as_of = as_of
        write_build(con, self.register, facts)
        write_profile(con, self.register, self.profile)
        write_previous(con, self.register, self.previous)
        write_pilot_facts(con, self.register, self._texts(), self.previous, self.workspace.out / "releases")
        return {**facts, "records_loaded": records, "records_after_as_of": flagged}

    def _judge_delivery(self, con: duckdb.DuckDBPyConnection) -> int:
        files = con.execute("select source, records_loaded from intake.source_file").to_arrow_table().to_pylist()
        loaded = records_by_source(files)
        require_records(self.inventory, loaded)
        self.shrunk = shrinking(loaded, records_by_source(self.previous_files), ShrinkLimits.of(self.profile))
        if not self.accept_shrink:
            refuse_shrinking(self.landing, self.shrunk)
        return sum(loaded.values())

    def _mark_used_decisions(self, con: duckdb.DuckDBPyConnection) -> None:
        paths = [file.path for file in self.inventory.files]
        used = used_at_intake(self.inventory.decisions, self.unused_winners, paths)
        con.execute("update intake.decision set is_used = true where list_contains(?, decision_id)", [used])

    def publish(self) -> tuple[list[PublishedTable], list[Path], list[Path]]:
        """Copy the public tables into an edition under construction and, meanwhile, write its confirmation sheets; then
        its risk codes and what goes with them. Returns tables, sheets, the other files."""
        assert self.as_of is not None
        self.building = publishing.begin(self.workspace.out, self.edition_no)
        reading_sheets = self.warehouse.submit(confirmation_sheets.read_all, self.edition_no, self.as_of)
        copying = self.warehouse.submit(steps.publish, self.workspace.work, self.building, self._texts())
        sheets = self.warehouse.answer(reading_sheets)
        paths = confirmation_sheets.write_all(self.building, sheets, self.as_of, self.profile.is_fictional)
        tables = self.warehouse.answer(copying)
        self.warehouse.fold()  # while the edition is sealed
        return tables, paths, self._write_codes()

    def _write_codes(self) -> list[Path]:
        from ehpilot.runs.code_products import write_code_products

        assert self.building is not None
        return write_code_products(self.building, self.workspace.out, self.edition_no, self.profile)

    def write_coefficients(self) -> list[Path]:
        """The released coefficients of the edition under construction."""
        from ehpilot.publish.factor_release import write_of

        assert self.building is not None
        return write_of(self.building)

    def write_geographic(self) -> list[Path]:
        """GeoPackage and GeoParquet of the edition under construction."""
        from ehpilot.publish.geographic import write_geographic

        assert self.building is not None
        return write_geographic(self.building)

    def write_map(self) -> list[Path]:
        """The interactive map of the edition under construction, with links to the dossiers that stand in it."""
        from ehpilot.publish.offline_map import write_offline_map

        assert self.building is not None
        folder = reading.editions_folder(self.workspace.out)
        earlier = [folder / reading.folder_name(number) for number in reading.sealed_numbers(self.workspace.out)]
        return write_offline_map(self.building, self.building, earlier)

    def render(self, document: Deliverable) -> list[Any]:
        """A document of the edition under construction in its formats; what fails is a result, not an error. All
        documents are begun when the first is asked for."""
        if self._rendering is None:
            from ehpilot.runs.documents import BuildDocuments, written

            assert self.building is not None
            documents = written(self.register).values()
            self._rendering = BuildDocuments(documents, self.building, self.workspace.work / "pictures")
        results = self._rendering.results(document.deliverable_id)
        self.documents += results
        return results

    def _texts(self) -> dict[str, str]:
        """Names of the area that titles and heads of documents need."""
        profile = self.profile
        return {
            "zone_name": profile.name_cn,
            "zone_name_en": profile.name_en or "",
            "zone_formal": profile.zone_formal or profile.name_cn,
            "city": profile.city or "",
            "year": str(self.as_of.year) if self.as_of else "",
            "profile_name": profile.name,
            "issuing_unit": profile.issuing_unit or "",
            "crs_metric": profile.crs_metric,
            "as_of_requested": str(self.requested_as_of or ""),
            "accepted_shrink": self.shrunk,
            **({f"data_licence_{key}": value or "" for key, value in profile.licence} if profile.licence else {}),
            **{f"lead.{key}": unit for key, unit in profile.lead_units.items()},
        }

    @property
    def broken_rules(self) -> list[gates.Outcome]:
        """Outcomes of gates and dbt tests that block."""
        found = [o for r in self.gate_results for o in (r.outcomes if isinstance(r, gates.GateResult) else [r])]
        return [outcome for outcome in found if outcome.blocks]

    def write_quality_page(self) -> Path:
        """The page of all gates and dbt tests: of the edition under construction, else, where none was begun because
        one of them is broken, under ``work/``."""
        path = (self.building or self.workspace.work) / "quality" / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        seeds = DBT_DIR / "seeds"
        with contextlib.ExitStack() as stack:
            con = stack.enter_context(reading.open_marts(self.building)) if self.building else self.warehouse.open()
            names = load_aliases(seeds).names
            words = gates.page_words(self.register, seeds, names, con, self.gate_results)
        return gates.quality_page(self.gate_results, path, self._heading(), words)

    def _heading(self) -> dict[str, Any]:
        return {
            "zone": self.profile.name_cn,
            "edition_no": self.edition_no,
            "as_of": self.as_of,
            "run_id": self.run_id,
            "is_fictional": self.profile.is_fictional,
        }

    def once_sealed(self, path: Path) -> Path:
        """Where a file of the edition under construction stands when that is sealed: in the newest one where nothing
        changed since."""
        assert self.building is not None
        edition = self.previous if self.previous is not None and self.is_unchanged() else None
        edition = edition or self.building.with_name(reading.folder_name(self.edition_no))
        return edition.resolve() / path.resolve().relative_to(self.building.resolve())

    def seal(self) -> Path:
        """Close the edition under construction. Where nothing changed since the newest one, that one stands."""
        assert self.building is not None
        if self.previous is not None and self.is_unchanged():
            self._abandon()
            return self.previous
        sealed = publishing.seal(self.building, documents=self.documents)
        cache.clear_stale(self.workspace.read_files, self.stale_months)
        ledger.complete(self.workspace.out)
        return sealed

    def _abandon(self) -> None:
        """Throw an unfinished edition away and end the work on the working database, as after Ctrl-C: a whole build
        begins with an empty one."""
        if self._rendering is not None:
            self._rendering.stop()
        self.warehouse.end()
        if self.building is not None and self.building.exists():
            publishing.abandon(self.building)
