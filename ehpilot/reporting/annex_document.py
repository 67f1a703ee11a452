"""What ``evidence_annex.qmd`` calls: the annex of the document that the press has just made.

Does not belong here: the parts of an annex (``annex``), when it is made (``press``).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from ehpilot.reporting.annex import TITLE, Annex
from ehpilot.reporting.document_view import ENGINE_ENV, Document, document
from ehpilot.reporting.markdown import Block
from ehpilot.reporting.printed import Printed

DOCUMENT_ENV = "EHPILOT_ANNEX_OF"  # id of the document
PRINTED_ENV = "EHPILOT_ANNEX_PRINTED"  # file of what it printed (``Printed.to_json``)
FIRST = "D01"  # whose annex a rendering by hand shows: it has printed nothing


class AnnexDocument(Document):
    """The view of the annex; ``about`` is what its document printed."""

    about: Printed

    def parts(self) -> Block:
        """All its parts."""
        annex = Annex(self.connection, self.facts, self.about, os.environ.get(ENGINE_ENV, ""), self.public)
        return Block(annex.markdown())


def evidence_annex(edition: str = "") -> AnnexDocument:
    """The annex of document ``$EHPILOT_ANNEX_OF``, which printed ``$EHPILOT_ANNEX_PRINTED``. Raises as ``document``."""
    plain = document(os.environ.get(DOCUMENT_ENV, FIRST), edition)
    view = AnnexDocument(plain.head.document_id, plain.folder, plain.public)
    view.head = replace(plain.head, title=plain.head.title + TITLE)
    printed = os.environ.get(PRINTED_ENV)
    view.about = Printed.from_json(Path(printed).read_text(encoding="utf-8")) if printed else Printed()
    return view
