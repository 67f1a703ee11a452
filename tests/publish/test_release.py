"""Approvals and later renderings go beside the edition; pruning keeps what matters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ehpilot.errors import BuildError, UsageError
from ehpilot.publish import release
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from ehpilot.reading.documents import DocumentResult
from tests.publish.editions import a_document, publish


def test_approving_writes_a_release_and_leaves_the_edition(tmp_path: Path) -> None:
    edition = publish(tmp_path)
    before = sums.folder_sums(edition)
    folder = release.approve(tmp_path, role="分局负责人", note="同意")
    assert folder.name == "0001-r1"
    assert sums.problems(folder) == []
    assert sums.folder_sums(edition) == before
    approval = json.loads((folder / "approval.json").read_text(encoding="utf-8"))
    assert approval["content_hash"] == reading.info(edition).content_hash
    assert approval["sums_sha256"] == sums.file_sum(edition / "SHA256SUMS")
    ((path, digest),) = approval["documents"].items()
    assert sums.file_sum(folder / path) == digest
    index = json.loads((folder / "reports" / "index.json").read_text(encoding="utf-8"))
    assert index["documents"][0]["state"] == "approved"
    assert release.approve(tmp_path).name == "0001-r2"


def test_an_altered_edition_is_not_approved(tmp_path: Path) -> None:
    edition = publish(tmp_path, with_documents=False)
    (edition / "index.html").chmod(0o644)
    (edition / "index.html").write_text("altered")
    with pytest.raises(BuildError, match="not as sealed"):
        release.approve(tmp_path)
    assert not (tmp_path / "releases").exists()


def test_rendering_again_goes_to_a_release(tmp_path: Path) -> None:
    edition = publish(tmp_path, with_documents=False)
    folder = release.render(tmp_path, None, lambda _, to: [a_document(to)])
    assert folder.name == "0001-r1"
    assert sums.problems(folder) == []
    assert len(list((folder / "reports").glob("D01_*.html"))) == 1
    assert sums.problems(edition) == []


def test_a_release_that_fails_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    with pytest.raises(BuildError, match="kaputt"):
        release.render(tmp_path, 1, lambda *_: [DocumentResult("D01", "", "html", None, "failed", "kaputt")])
    assert list((tmp_path / "releases").iterdir()) == []


def test_prune_keeps_the_newest_the_latest_and_the_approved(tmp_path: Path) -> None:
    for _ in range(4):
        publish(tmp_path, with_documents=False)
    release.approve(tmp_path, 1)
    assert release.prune(tmp_path, 2) == [2]
    assert reading.sealed_numbers(tmp_path) == [1, 3, 4]
    assert release.prune(tmp_path, 1) == [3]
    assert release.prune(tmp_path, 1) == []
    assert reading.find(tmp_path).name == "0004"
    with pytest.raises(UsageError, match="at least one"):
        release.prune(tmp_path, 0)
    assert publish(tmp_path, with_documents=False).name == "0005", "numbers are never given twice"
