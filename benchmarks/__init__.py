"""Speed as ratios of interleaved pairs within one run: ``make bench``. Seconds are printed, never asserted.

Does not belong here: tests, and any figure that is not measured by running.
"""
