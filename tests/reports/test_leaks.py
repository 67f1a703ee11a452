"""What is looked into for leaks holds what a picture of a PDF says beside its pixels.

Does not belong here: documents (``tests/pipeline/test_public_version.py``).
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from tests.reports.leaks import leaks


def test_comment_and_metadata_of_a_picture_in_a_pdf_are_read(tmp_path: Path) -> None:
    picture, page = io.BytesIO(), io.BytesIO()
    red = Image.new("RGB", (40, 40), "red")
    red.save(picture, "JPEG", comment=b"firm A")
    red.save(page, "PDF")
    writer = PdfWriter(clone_from=PdfReader(page))
    (drawn,) = writer.pages[0]["/Resources"]["/XObject"].values()
    about = StreamObject()
    about.set_data(b"<x>firm B</x>")
    drawn.get_object()._data = picture.getvalue()
    drawn.get_object()[NameObject("/Metadata")] = writer._add_object(about)
    path = tmp_path / "a.pdf"
    writer.write(path)
    found = leaks(path, {"name": {"firmA", "firmB", "firmC"}, "coordinate": set()})
    assert [leak.rpartition(": ")[2] for leak in found] == ["firmA", "firmB"]
