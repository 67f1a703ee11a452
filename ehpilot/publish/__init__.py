"""What an edition is made of, one module a product: marts, Parquet, catalogue, index page, sums, releases.

Does not belong here: reading an edition (``ehpilot.reading``), laying out documents (``ehpilot.reporting``), the
order of a build and its lock (``ehpilot.runs.build``).
"""
