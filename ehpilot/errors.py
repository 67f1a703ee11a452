"""Errors that a user can mend. One line each; the command line turns them into exit codes.

Does not belong here: reason codes (``ehpilot.landing``) and failures of single records, which are
never exceptions but rows of ``intake.quarantine``.
"""


class UsageError(Exception):
    """Wrong usage, input or environment: exit code 2. The message is one line that says what to do."""


class BuildError(Exception):
    """A gate, a document or the build failed: exit code 1."""
