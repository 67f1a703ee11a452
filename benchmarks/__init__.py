"""Speed as ratios of interleaved pairs within one run: ``make bench``. Seconds are printed, never asserted.

Does not belong here: tests, and any figure that is not measured by running.
"""

import ehpilot as ehpilot  # first, as in a build: it gives BLAS one thread before numpy is loaded
