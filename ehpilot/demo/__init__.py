"""The demo generator: a fictional landing folder with all its dirt, and the truth about it.

Belongs here: ``generate``, ``write_demo`` and the modules that make the files of one source each.
Does not belong here: reading files, and any import of the rest of ehpilot.
"""

from ehpilot.demo.generate import generate
from ehpilot.demo.own_folder import FolderError, write_demo

__all__ = ["FolderError", "generate", "write_demo"]
