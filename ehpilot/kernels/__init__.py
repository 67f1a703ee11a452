"""Science kernels: one module a method, arrays and parameters in, arrays or frames out.

Does not belong here: files, clocks, databases, global state, anything of Dagster; law and science constants that a seed
holds.
"""
