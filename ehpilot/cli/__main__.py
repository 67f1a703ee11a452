"""``python -m ehpilot.cli``: the command line."""

from ehpilot.cli.main import main

main()
