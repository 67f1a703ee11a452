"""The list of files: numbers that stay, supersession, removal, duplicates, links, and the input hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from ehpilot.errors import UsageError
from ehpilot.landing.folder.inventory import take_inventory
from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table("site_entry", ["name"], [column("name", "name")])
FORM: dict[str, Any] = {
    "form_id": "entry",
    "files": ["*名单*"],
    "parts": [{"table": "site_entry", "columns": {"name": {"aliases": ["名称"], "required": True}}}],
}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path, [TABLE], [FORM])


def _one(kit: Kit, path: str) -> Any:
    assert kit.inventory is not None
    return next(file for file in kit.inventory.files if file.path == path)


def test_every_file_is_listed_but_hidden_temporary_and_truth(kit: Kit) -> None:
    for name in ("名单.csv", ".hidden/名单.csv", "~$名单.csv", ".名单.csv", "深/名单2.csv"):
        kit.csv(name if "/" not in name else f"site/{name}", ["名称", name])
    kit.csv("truth/名单.csv", ["名称", "真"])
    kit.csv("其他/说明.csv", ["a,b", "1,2"])
    kit.path("照片.jpg").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    kit.load()
    assert [row[0] for row in kit.rows("select path from intake.source_file order by path")] == [
        "site/名单.csv", "site/深/名单2.csv", "site/照片.jpg", "其他/说明.csv",
    ]  # fmt: skip
    codes = dict(kit.rows("select path, reason_code from intake.quarantine join intake.source_file using (file_no)"))
    assert codes == {"site/照片.jpg": "FILE-TYPE", "其他/说明.csv": "NO-FORM"}
    assert kit.counts()["site/照片.jpg"] == (1, 0, 1, 0)


def test_a_file_at_the_top_belongs_to_no_source(kit: Kit) -> None:
    (kit.landing / "名单.csv").write_text("名称\n甲\n", encoding="utf-8")
    kit.load()
    assert kit.counts() == {"名单.csv": (1, 0, 1, 0)}
    assert kit.rows("select reason_code from intake.quarantine") == [("NO-FORM",)]


def test_hash_and_size_are_those_of_the_bytes(kit: Kit) -> None:
    path = kit.csv("名单.csv", ["名称", "甲"])
    kit.load()
    (row,) = kit.files()
    assert row["file_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row["size_bytes"] == path.stat().st_size


def test_numbers_stay_and_new_files_come_after(kit: Kit) -> None:
    kit.csv("b名单.csv", ["名称", "乙"])
    kit.load()
    before = kit.files()
    kit.csv("a名单.csv", ["名称", "甲"])
    kit.load(before)
    assert kit.rows("select path, file_no from intake.source_file order by 2") == [
        ("site/b名单.csv", 1),
        ("site/a名单.csv", 2),
    ]
    assert _one(kit, "site/b名单.csv").first_seen_at == before[0]["first_seen_at"]


def test_same_path_with_new_bytes_supersedes(kit: Kit) -> None:
    kit.csv("名单.csv", ["名称", "甲"])
    kit.load()
    kit.csv("名单.csv", ["名称", "乙"])
    kit.load(kit.files())
    assert kit.rows("select file_no, status, superseded_by, records_loaded from intake.source_file order by 1") == [
        (1, "superseded", 2, 0), (2, "current", None, 1),
    ]  # fmt: skip
    assert kit.rows("select name, _file_no from raw.site_entry") == [("乙", 2)]
    kit.csv("名单.csv", ["名称", "甲"])  # the old bytes again: the old number again
    kit.load(kit.files())
    assert kit.rows("select file_no, status, superseded_by from intake.source_file order by 1") == [
        (1, "current", None), (2, "superseded", 1),
    ]  # fmt: skip


def test_a_file_that_disappears_is_removed_and_its_rows_leave(kit: Kit) -> None:
    path = kit.csv("名单.csv", ["名称", "甲"])
    kit.load()
    path.unlink()
    kit.load(kit.files())
    assert [(row["status"], row["records_read"]) for row in kit.files()] == [("removed", 0)]
    assert kit.rows("select count(*) from raw.site_entry") == [(0,)]


def test_the_same_bytes_under_two_names_are_read_once(kit: Kit) -> None:
    lines = ["名称", "甲", "", "乙", "合计", "丙"]
    kit.csv("a名单.csv", lines)
    kit.csv("b名单.csv", lines)
    kit.load()
    assert kit.counts() == {"site/a名单.csv": (5, 3, 0, 2), "site/b名单.csv": (5, 0, 0, 5)}
    assert [file["status"] for file in kit.files()] == ["current", "duplicate"]
    codes = kit.rows("select reason_code, count(*) from intake.skipped where file_no = 2 group by 1 order by 1")
    assert codes == [("SKIP-BLANK", 1), ("SKIP-DUPLICATE", 3), ("SKIP-TOTAL", 1)]
    assert kit.rows("select count(*) = count(distinct record_id) from intake.skipped") == [(True,)]


def test_links_that_leave_the_folder_are_refused_and_others_are_read(kit: Kit, tmp_path: Path) -> None:
    outside = tmp_path / "名单_外.csv"
    outside.write_text("名称\n外\n", encoding="utf-8")
    inside = kit.csv("名单.csv", ["名称", "内"])
    (kit.landing / "site" / "外名单.csv").symlink_to(outside)
    (kit.landing / "site" / "外夹").symlink_to(tmp_path, target_is_directory=True)
    (kit.landing / "site" / "断名单.csv").symlink_to(tmp_path / "nothing")
    (kit.landing / "site" / "环名单.csv").symlink_to(kit.landing / "site" / "环名单.csv")
    (kit.landing / "site" / "内名单.csv").symlink_to(os.path.relpath(inside, inside.parent))
    kit.load()
    codes = dict(kit.rows("select path, reason_code from intake.quarantine join intake.source_file using (file_no)"))
    assert codes == {f"site/{name}": "FILE-LINK" for name in ("外名单.csv", "外夹", "断名单.csv", "环名单.csv")}
    assert kit.rows("select distinct name from raw.site_entry") == [("内",)]


def test_two_refused_copies_are_two_records(kit: Kit) -> None:
    for name in ("a名单.csv", "b名单.csv"):
        kit.path(name).write_bytes(b"")
    kit.load()
    assert set(kit.counts().values()) == {(1, 0, 1, 0)}
    assert kit.rows("select count(distinct quarantine_id), count(distinct record_id) from intake.quarantine") == [
        (2, 2)
    ]


def test_input_hash_knows_names_and_bytes_but_not_times(kit: Kit) -> None:
    def take() -> str:
        return take_inventory(kit.landing, kit.profile, kit.register).input_hash  # type: ignore[arg-type]

    path = kit.csv("名单.csv", ["名称", "甲"])
    first = take()
    os.utime(path, (1, 1))
    assert take() == first
    kit.csv("decisions/a.csv", ["decision_id,kind,object"])
    second = take()
    assert second != first
    path.rename(path.with_name("名单2.csv"))
    assert take() not in (first, second)


def test_required_forms_that_no_file_has_are_told(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [TABLE], [{**FORM, "required": True}])
    kit.load()
    assert kit.inventory is not None
    assert [form.form_id for form in kit.inventory.missing_forms] == ["entry"]
    kit.csv("没有叫对名字.csv", ["名称,备注", "甲,"])
    kit.csv("名单.csv", ["名称", "甲"])
    kit.load()
    assert kit.inventory.missing_forms == []


def test_a_missing_folder_is_a_usage_error(kit: Kit) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        take_inventory(kit.folder / "none", kit.profile, kit.register)  # type: ignore[arg-type]


def test_names_that_are_no_utf8_are_printable(kit: Kit) -> None:
    folder = os.fsencode(kit.path("x").parent)
    with open(folder + b"/\xff\xfe.csv", "wb") as handle:  # noqa: PTH123 - a path of bytes
        handle.write("名称\n甲\n".encode())
    kit.load()
    (path,) = kit.counts()
    path.encode("utf-8")
    assert path == "site/\\xff\\xfe.csv"
