"""One Jupyter kernel, kept for a batch of documents: its cells run once a document, for all formats.

Started without a way to the network (proxies that lead nowhere), with home, configuration and temporary files in a
folder of its own. Names of a document are deleted before the next one. Does not belong here: parsing (``source``),
pandoc.
"""

from __future__ import annotations

import atexit
import base64
import os
import tempfile
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from ehpilot.errors import BuildError, UsageError
from ehpilot.reporting.engine.executed import last_cell
from ehpilot.reporting.engine.source import _INLINE, Cell, Source

CELL_TIMEOUT_S = 120
# Prints the Markdown of inline expressions, one a line; the separator can't stand in inert text.
_SEPARATOR = "\x1e"
_INLINE_CODE = """
import re as _re
def _inline(value):
    from ehpilot.reporting.markdown import inert
    text = value._repr_markdown_() if hasattr(value, "_repr_markdown_") else inert(value)
    print(text, end={separator!r})
"""


class Kernel:
    """A started kernel; :meth:`run` executes the cells of one document. Stop it with :meth:`close`."""

    def __init__(self, picture_cache: Path | None = None):
        from nbclient import NotebookClient
        from nbformat.v4 import new_notebook

        self._folder = tempfile.TemporaryDirectory(prefix="ehpilot-press-")
        self.folder = Path(self._folder.name)
        self._client = NotebookClient(new_notebook(), timeout=CELL_TIMEOUT_S, kernel_name="python3")
        self._client.create_kernel_manager()
        self._client.start_new_kernel(
            env=self._environment(picture_cache), cwd=str(self.folder), stdout=DEVNULL, stderr=DEVNULL
        )
        self._client.start_new_kernel_client()
        atexit.register(self.close)

    def _environment(self, picture_cache: Path | None) -> dict[str, str]:
        nowhere = "http://127.0.0.1:9"
        env = {key: value for key, value in os.environ.items() if not key.startswith("EHPILOT_")}
        folders = dict.fromkeys(("HOME", "TMPDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "XDG_CACHE_HOME"), self.folder)
        env.update({key: str(path) for key, path in folders.items()})
        env.update(http_proxy=nowhere, https_proxy=nowhere, HTTP_PROXY=nowhere, HTTPS_PROXY=nowhere, no_proxy="")
        env.update(DO_NOT_TRACK="1", MPLBACKEND="agg", PYTHONDONTWRITEBYTECODE="1")
        env["MPLCONFIGDIR"] = str(picture_cache or self.folder)
        return env

    def run(self, source: Source, environment: dict[str, str], parameters: dict[str, str], folder: Path) -> str:
        """Execute a document; returns its Markdown with every cell and inline value in place.

        ``environment`` is set before the first cell, ``parameters`` after the cell tagged so; pictures and what was
        printed (``engine.last_cell``) go to ``folder``. Raises BuildError naming file and line of the cell that failed.
        """
        # %reset would also collect garbage and begin a history: a tenth of a second a document.
        start = f"%reset_selective -f .\nimport os\nos.environ.update({environment!r})\n"
        self._execute(Cell(start + _INLINE_CODE.format(separator=_SEPARATOR), {}, source.path.name, 1))
        parts = []
        for part in source.parts:
            if isinstance(part, str):
                parts.append(self._text(part, source))
                continue
            parts.append(self._cell(part, folder))
            if "parameters" in part.options.get("tags", []) and parameters:
                lines = [f"{name} = {value!r}" for name, value in parameters.items()]
                self._execute(Cell("\n".join(lines), {}, part.file, part.line))
        self._execute(Cell(last_cell(repr(str(folder))), {}, source.path.name, 1))
        return "\n".join(parts)

    def _text(self, text: str, source: Source) -> str:
        found = [expression for _, expression in _INLINE.findall(text)]
        if not found:
            return text
        outputs = self._execute(Cell("\n".join(f"_inline({e})" for e in found), {}, source.path.name, 1))
        printed = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
        values = iter(printed.split(_SEPARATOR))
        return _INLINE.sub(lambda _: next(values), text)

    def _cell(self, cell: Cell, pictures: Path) -> str:
        if cell.options.get("eval") is False:
            return ""
        outputs = self._execute(cell)
        if cell.options.get("include") is False:
            return ""
        content = [block for output in outputs if (block := self._output(output, cell, pictures))]
        if not cell.label:
            return "\n\n" + "\n\n".join(content) + "\n\n"
        if len(content) != 1:
            raise UsageError(f"{cell.file}:{cell.line}: {cell.label} has {len(content)} outputs, a float has one")
        caption = cell.options["tbl-cap"] if cell.label.startswith("tbl-") else cell.options["fig-cap"]
        return f"\n\n::: {{#{cell.label} .press-float}}\n\n{content[0]}\n\n{caption}\n\n:::\n\n"

    def _output(self, output: dict[str, Any], cell: Cell, pictures: Path) -> str:
        if output["output_type"] == "stream":
            if output["name"] == "stderr":
                return ""
            if cell.options.get("output") == "asis":
                return output["text"]
            raise UsageError(f"{cell.file}:{cell.line}: prints text without `#| output: asis`")
        data = output.get("data", {})
        if "text/markdown" in data:
            return data["text/markdown"]
        if "image/png" in data:
            path = pictures / f"{cell.label or f'picture-{cell.line}'}.png"
            path.write_bytes(base64.b64decode(data["image/png"]))
            alt = str(cell.options.get("fig-alt", "")).replace('"', "”")
            return f'![]({path.name}){{alt="{alt}"}}'
        raise UsageError(f"{cell.file}:{cell.line}: the result is neither Markdown nor a picture of `doc`")

    def _execute(self, cell: Cell) -> list[dict[str, Any]]:
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
        from nbformat.v4 import new_code_cell, new_notebook

        notebook = new_notebook(cells=[new_code_cell(cell.code)])
        self._client.nb = notebook
        self._client.reset_execution_trackers()
        try:
            self._client.execute_cell(notebook.cells[0], 0, store_history=False)
        except CellExecutionError as error:
            raise BuildError(f"{cell.file}:{cell.line}: {error.ename}: {error.evalue}".splitlines()[0]) from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise BuildError(f"{cell.file}:{cell.line}: {type(error).__name__}") from error
        return notebook.cells[0].outputs

    def close(self) -> None:
        """Shut the kernel down and remove its folder."""
        from jupyter_core.utils import run_sync

        atexit.unregister(self.close)
        manager: Any = self._client.km  # its class says neither that it is asynchronous nor that it is not
        self._client.km = None
        if manager is not None:
            if self._client.kc is not None:
                self._client.kc.stop_channels()
            run_sync(manager.shutdown_kernel)(now=True)
        self._folder.cleanup()
