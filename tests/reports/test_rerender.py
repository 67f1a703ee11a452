"""What ``ehpilot report`` accepts: a known document or --all, a format that it has, no public dossiers."""

from __future__ import annotations

import pytest

from ehpilot.errors import UsageError
from ehpilot.runs.rerender import formats_wanted


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("XX", False, ""), "no document XX; documents of this version: .*D01"), (("", False, ""), "none named"),
     (("D01", True, ""), "not both"), (("D01", False, "odt"), "D01 has html, docx, pdf"),
     (("dossier", False, "", True), "no public version"), (("DOSSIER", False, "pdf"), "DOSSIER has html, docx")],
)  # fmt: skip
def test_wrong_usage_is_named(arguments: tuple, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        formats_wanted(*arguments)


def test_all_means_every_document_and_the_public_ones_leave_out_dossiers() -> None:
    assert {"D01", "D02", "DOSSIER"} <= set(formats_wanted("", True, ""))
    assert "DOSSIER" not in formats_wanted("", True, "", True)
    assert formats_wanted("d01", False, "pdf") == {"D01": ("pdf",)}
