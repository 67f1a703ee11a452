"""THE GRAPH: thin Dagster assets. An asset reads, calls one library function, writes and returns metadata.

Does not belong here: arithmetic, numpy, SQL of models, wiring (``dagster_project``).
"""
