"""``ehpilot new``: what it writes parses, passes the register's checks and fits the form reader."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from ehpilot import kernels
from ehpilot.errors import UsageError
from ehpilot.landing.forms import check_against_register, load_forms
from ehpilot.project import PROJECT_ROOT, read_yaml
from ehpilot.register import Register
from ehpilot.scaffold import Words, new_deliverable, new_kernel_mart, new_mart, new_source
from tests.dbt import test_contract, test_manifest, test_python_models


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Path]]]:
    """A copy of the project's declarations with one scaffold of each kind, and the files of each. dbt's stored parse is
    copied too: what it has not seen is the scaffolds."""
    root = tmp_path_factory.mktemp("project")
    tables = Register.load().public_tables
    shutil.copytree(PROJECT_ROOT / "dbt", root / "dbt", ignore=shutil.ignore_patterns("logs"))
    (root / "profiles" / "national" / "forms").mkdir(parents=True)
    (root / "quarto_reports").mkdir()
    return root, {
        "source": new_source("noise", "level", Words('噪声监测: "昼夜" #1', "noise monitoring"), root=root),
        "mart": new_mart("inventory.noise_exposure", tables["inventory.emission"], Words("噪声", "noise"), root=root),
        "kernel": new_kernel_mart(
            "inventory.noise_share", tables["inventory.emission"], Words("噪声占比", "noise share"), root=root
        ),
        "deliverable": new_deliverable(
            "D20", "noise", tables["core.dim_enterprise"], Words("噪声专题报告", "noise report"), root=root
        ),
        "more": new_mart("report.d20_more", tables["core.dim_enterprise"], Words("又一表", "another"), root=root),
    }


@pytest.fixture(scope="module")
def register(written: tuple[Path, dict[str, list[Path]]]) -> Register:
    """dbt's parse of the copy."""
    root, _ = written
    return Register.load(root / "dbt")


def test_few_files(written: tuple[Path, dict[str, list[Path]]]) -> None:
    assert {kind: len(files) for kind, files in written[1].items()} == {
        "source": 4, "mart": 2, "kernel": 6, "deliverable": 4, "more": 2,
    }  # fmt: skip


def test_the_tables_of_a_document_are_declared_in_one_file(written: tuple[Path, dict[str, list[Path]]]) -> None:
    folder = written[0] / "dbt" / "models" / "report" / "d20"
    assert {path.name for path in folder.iterdir()} == {"d20_noise.sql", "d20_more.sql", "_d20__models.yml"}
    declared = read_yaml((folder / "_d20__models.yml").read_text(encoding="utf-8"))["models"]
    assert {model["name"] for model in declared} == {"d20_noise", "d20_more"}


def test_scaffolds_pass_the_checks_of_the_register(register: Register) -> None:
    assert "noise_level" in register.raw_tables
    assert {"inventory.noise_exposure", "inventory.noise_share", "report.d20_noise", "report.d20_more"} <= set(
        register.public_tables
    )
    assert register.documents["D20"].reads == ("report.d20_noise",)
    test_manifest.test_models_read_their_own_stage_and_earlier_ones(register)
    test_manifest.test_files_are_read_by_staging_and_the_books_by_the_record(register)
    test_manifest.test_staging_reads_files_only_and_documents_read_what_is_published(register)
    test_manifest.test_names_say_the_layer_and_a_step_says_its_mart(register)
    test_manifest.test_every_public_table_declares_where_it_comes_from(register)
    test_manifest.test_traces_name_tables_and_columns_that_exist(register)
    test_contract.test_every_public_table_states_grain_label_and_key(register)


@pytest.fixture
def kernel_files(
    written: tuple[Path, dict[str, list[Path]]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Path]]:
    """The files of the mart with a kernel by name; its kernel can be imported like one of the project."""
    root, files = written
    monkeypatch.setattr(kernels, "__path__", [*kernels.__path__, str(root / "ehpilot" / "kernels")])
    yield {path.name: path for path in files["kernel"]}
    sys.modules.pop("ehpilot.kernels.noise_share", None)
    vars(kernels).pop("noise_share", None)


def test_the_test_of_a_new_kernel_passes(kernel_files: dict[str, Path]) -> None:
    tests = runpy.run_path(str(kernel_files["test_noise_share.py"]))
    checks = [check for name, check in tests.items() if name.startswith("test_")]
    assert len(checks) == 4
    for check in checks:
        check()


def test_the_models_of_a_new_kernel_run(kernel_files: dict[str, Path]) -> None:
    step = kernel_files["int_inventory__noise_share_computed.py"]
    assert len(step.read_text(encoding="utf-8").splitlines()) <= test_python_models.LONGEST
    sql = kernel_files["noise_share.sql"].read_text(encoding="utf-8")
    with duckdb.connect() as session:
        session.execute(
            """create table emission as select 'e' as enterprise_id, 'o' as outlet_id, 'air' as medium,
               unnest(['p', 'q', 'r']) as pollutant_id, 2025 as year, unnest([1.0, null, 3.0]) as emission_t"""
        )
        dbt = SimpleNamespace(ref=lambda name: session.query(f"select * from {name}"))
        relation = runpy.run_path(str(step))["model"](dbt, session)
        relation.create("int_inventory__noise_share_computed")
        rows = session.execute(re.sub(r"{{ ref\('(\w+)'\) }}", r"\1", sql)).fetchall()
    assert rows == [
        ("e", "o", "air", "p", 2025, 0.25),
        ("e", "o", "air", "q", 2025, None),
        ("e", "o", "air", "r", 2025, 0.75),
    ]


def test_a_new_kernel_is_tidy(kernel_files: dict[str, Path]) -> None:
    """As ruff has it, so that the first lint after `ehpilot new` passes."""
    python = [str(path) for path in kernel_files.values() if path.suffix == ".py"]
    for command in (["check"], ["format", "--check"]):
        result = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *command, "--config", PROJECT_ROOT / "pyproject.toml", *python],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr


def test_a_kernel_needs_a_number_and_makes_no_table_of_a_document(tmp_path: Path) -> None:
    tables = Register.load().public_tables
    bare = next(table for table in tables.values() if "double" not in {column.data_type for column in table.columns})
    with pytest.raises(UsageError, match="no number"):
        new_kernel_mart("inventory.noise", bare, Words("噪声", "noise"), root=tmp_path)
    with pytest.raises(UsageError, match="no table of meta"):
        new_kernel_mart("report.noise", tables["inventory.emission"], Words("噪声", "noise"), root=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_form_fits_the_raw_table(written: tuple[Path, dict[str, list[Path]]], register: Register) -> None:
    forms = load_forms([written[0] / "profiles" / "national" / "forms"])
    assert [form.source for form in forms] == ["noise"]
    assert check_against_register(forms, register.raw_tables) == []


def test_nothing_is_overwritten(written: tuple[Path, dict[str, list[Path]]]) -> None:
    root, files = written
    before = {path: path.read_bytes() for paths in files.values() for path in paths}
    table = Register.load().public_tables["inventory.emission"]
    with pytest.raises(UsageError, match="exists already"):
        new_source("noise", "level", Words("噪声", "noise"), root=root)
    with pytest.raises(UsageError, match="declared"):
        new_deliverable("D20", "other", table, Words("另", "other"), root=root)
    with pytest.raises(UsageError, match="lower-case"):
        new_mart("inventory.Noise Level", table, Words("噪声", "noise"), root=root)
    for name, message in (("order", "word of SQL"), ("decisions", "exists"), ("truth", "exists"), ("permit", "exists")):
        with pytest.raises(UsageError, match=message):
            new_source(name, "level", Words("噪声", "noise"), root=root, taken=("permit",))
    with pytest.raises(UsageError, match="word of SQL"):
        new_source("traffic", "group", Words("噪声", "noise"), root=root)
    with pytest.raises(UsageError, match="exists already"):
        new_mart("exposure.emission", table, Words("噪声", "noise"), root=root, taken=("emission",))
    assert before == {path: path.read_bytes() for path in before}
    assert read_yaml((root / "dbt" / "models" / "deliverables.yml").read_text(encoding="utf-8"))["exposures"]
