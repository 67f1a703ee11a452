"""The layout of a sheet: where the header stands, what is said above and below, which part of a form it feeds.

Does not belong here: making records (``rows``), reading of formats (``readers``).
"""
