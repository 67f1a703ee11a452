"""A publisher killed at any point leaves a whole `latest` and nothing that blocks the next build."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ehpilot.errors import BuildError
from ehpilot.publish import edition as publishing
from ehpilot.reading import doctor, owner, sums
from ehpilot.reading import edition as reading
from ehpilot.runs.build import Build
from tests.publish.editions import publish

ROOT = Path(__file__).resolve().parents[2]
# Where to die: (module attribute that is replaced by a kill, edition that must be latest afterwards)
POINTS = {
    "before the marts": ("ehpilot.publish.edition:copy_marts", 1),
    "between marts and parquet": ("ehpilot.publish.edition:write_parquet", 1),
    "while sealing": ("ehpilot.publish.edition:content_hash", 1),
    "before the front page": ("ehpilot.publish.index_page:write", 1),
    "before the sums": ("ehpilot.reading.sums:folder_sums", 1),
    "with sums, before the rename": ("ehpilot.publish.edition:make_durable", 1),
    "after the rename, before latest moves": ("ehpilot.publish.edition:_move_latest", 1),
    "with a temporary link": ("pathlib:Path.replace", 1),
}


def _publish_and_die(out: Path, target: str) -> int:
    script = f"""
    import importlib, os, signal
    from pathlib import Path
    from tests.publish.editions import publish
    module, _, attribute = {target!r}.partition(":")
    holder = importlib.import_module(module)
    *path, last = attribute.split(".")
    for part in path:
        holder = getattr(holder, part)
    setattr(holder, last, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
    publish(Path({str(out)!r}), changed=True, with_documents=False)
    """
    return subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True).returncode


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_publisher_leaves_latest_whole_and_blocks_nothing(tmp_path: Path, point: str) -> None:
    target, still = POINTS[point]
    publish(tmp_path, with_documents=False)
    assert _publish_and_die(tmp_path, target) == -9
    latest = reading.latest(tmp_path)
    assert latest is not None
    assert int(latest.name) == still
    assert sums.problems(latest) == []
    assert any(item["state"] == "warning" for item in doctor.facts(tmp_path)), "the doctor sees what was left"

    folder = publish(tmp_path, with_documents=False)
    assert reading.latest(tmp_path) == folder
    assert sums.problems(folder) == []
    assert not list((tmp_path / "editions").glob(".*"))
    assert all(item["state"] == "ok" for item in doctor.facts(tmp_path, verify=True))


def test_killed_between_seal_and_latest_the_sealed_edition_is_not_lost(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    _publish_and_die(tmp_path, "ehpilot.publish.edition:_move_latest")
    assert publishing.repair_latest(tmp_path)
    latest = reading.latest(tmp_path)
    assert latest is not None
    assert latest.name == "0002"
    assert sums.problems(latest) == []
    assert publishing.next_edition_no(tmp_path) == 3


def test_killed_between_seal_and_latest_the_next_build_compares_with_the_sealed_one(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    out = tmp_path / "out"
    publish(out, with_documents=False)
    assert _publish_and_die(out, "ehpilot.publish.edition:_move_latest") == -9
    assert reading.find(out).name == "0001"
    build = Build("demo", tmp_path / "landing", out)
    with build.writing():
        assert build.previous == (out / "editions" / "0002").resolve()
        assert build.edition_no == 3


def test_a_first_edition_without_its_link_is_found(tmp_path: Path) -> None:
    _publish_and_die(tmp_path, "ehpilot.publish.edition:_move_latest")
    assert not (tmp_path / "editions" / "latest").exists()
    assert reading.find(tmp_path).name == "0001"


def test_a_living_owner_is_not_swept_away(tmp_path: Path) -> None:
    building = publishing.begin(tmp_path, 1)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        facts = f'{{"pid": {process.pid}, "started": ""}}'
        (building / owner.OWNER_FILE).write_text(facts)
        try:
            with pytest.raises(BuildError, match=str(process.pid)):
                publishing.begin(tmp_path, 1)
        finally:
            process.communicate(b"\n")
    assert publishing.begin(tmp_path, 1).is_dir(), "a dead owner's folder is taken over"


def test_a_reused_process_id_is_not_a_living_owner(tmp_path: Path) -> None:
    (tmp_path / owner.OWNER_FILE).write_text('{"pid": 1, "started": "never"}')
    assert owner.living(tmp_path) is None
    assert owner.living(tmp_path / "nowhere") is None


@pytest.mark.slow
def test_readers_never_fail_while_editions_are_published(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    script = f"""
    import sys, time
    from pathlib import Path
    from ehpilot.reading import edition, query
    seen, end = [], time.time() + 60
    while time.time() < end and len(set(seen)) < 3:
        folder = edition.find(Path({str(tmp_path)!r}))
        count = "(select count(*) from inventory.emission_claim)"
        row = query.query(f"select edition_no, {{count}} as n from meta.edition", folder).to_pylist()[0]
        assert row["n"] == 3, row
        seen.append(row["edition_no"])
    assert seen == sorted(seen)
    print(len(set(seen)))
    """
    reader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    publish(tmp_path, with_documents=False)
    while reader.poll() is None:
        publish(tmp_path, with_documents=False)
        if len(reading.sealed_numbers(tmp_path)) > 40:
            break
    output, errors = reader.communicate(timeout=90)
    assert reader.returncode == 0, errors.decode()
    assert int(output) == 3
