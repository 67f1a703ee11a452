"""Science kernels: one module a method, arrays or Arrow tables and parameters in, arrays or Arrow tables out.

A function that takes a table sorts it by its key for itself and names the columns it reads; a missing number is NaN
in and out. Its docstring says equation, unit, source, valid range and what it takes a missing value for.

Does not belong here: files, clocks, databases, global state, anything of Dagster; law and science constants that a seed
holds.
"""
