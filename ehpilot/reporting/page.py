"""The page that pictures are drawn for: width of the text, colours, hatches and marks that read in grey too.

Does not belong here: drawing (``figures``, ``maps``), fonts (``fonts``), the layout of Word, PDF and HTML
(``quarto_reports/_brand``).
"""

from __future__ import annotations

TEXT_WIDTH_CM = 15.6
# Readable in grey too: marks and hatches differ besides colour.
COLOURS = ("#1f4e79", "#c55a11", "#548235", "#7f6000", "#7030a0", "#808080")
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++")
MARKERS = ("o", "^", "s", "D", "v", "P")
