"""ehpilot: the library of the environment-and-health pilot warehouse. Pure Python; never imports dagster."""

import os

# One BLAS thread: the bits of a matrix product depend on how many there are. Kernels work in blocks and use the cores
# themselves. Set before numpy is loaded; who sets it otherwise means it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
