"""A Python model of dbt is a seam and no place for a method: short, `frames` on both sides, one kernel between."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ehpilot.project import DBT_DIR, PROJECT_ROOT

MODELS = sorted((DBT_DIR / "models").rglob("*.py"))
LONGEST = 15


def modules_of(path: Path) -> list[str]:
    """Full names of the modules that a file imports, or imports names of."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def faults_of(path: Path) -> list[str]:
    """What makes a Python model more than a seam."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    faults = [f"{lines} lines"] if lines > LONGEST else []
    modules = modules_of(path)
    kernels = [name for name in modules if (PROJECT_ROOT / f"{name.replace('.', '/')}.py").parent.name == "kernels"]
    if len(kernels) != 1 or not (PROJECT_ROOT / f"{kernels[0].replace('.', '/')}.py").is_file():
        faults.append(f"imports the kernels {kernels}")
    faults += [f"imports {name}" for name in modules if name not in ("ehpilot.frames", *kernels)]
    return faults


def test_there_are_python_models() -> None:
    assert len(MODELS) >= 9


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_python_model_is_short_and_imports_frames_and_one_kernel(path: Path) -> None:
    assert faults_of(path) == []


def test_a_model_with_a_method_or_an_engine_in_it_is_found(tmp_path: Path) -> None:
    """The check itself: length, another library, two kernels, a name out of a kernel instead of the kernel."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import duckdb\nfrom ehpilot.kernels import geo, screening\n" + "\n" * 20, encoding="utf-8")
    assert faults_of(wrong) == [
        "22 lines", "imports the kernels ['ehpilot.kernels.geo', 'ehpilot.kernels.screening']", "imports duckdb",
    ]  # fmt: skip
    wrong.write_text("from ehpilot.kernels.screening import ranks\n", encoding="utf-8")
    assert faults_of(wrong)[-1] == "imports ehpilot.kernels.screening.ranks"


def test_kernels_know_neither_the_warehouse_nor_the_rest_of_the_project() -> None:
    """Nothing of ours but other kernels, no engine, no frame library."""
    wrong = [
        f"{path.name}: {name}"
        for path in sorted((PROJECT_ROOT / "ehpilot" / "kernels").glob("*.py"))
        for name in modules_of(path)
        if (name.startswith("ehpilot.") and not name.startswith("ehpilot.kernels."))
        or name.split(".")[0] in ("duckdb", "pandas", "dbt", "dagster")
    ]
    assert wrong == []
