"""One module a file format; each yields ``ehpilot.landing.grid.Grid`` objects.

Does not belong here: forms, headers, types of values.
"""
