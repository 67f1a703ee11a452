"""RUNS: whole calls in order (a build, documents made again, open data). Does not belong here: the single steps."""
