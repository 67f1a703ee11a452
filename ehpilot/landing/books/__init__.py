"""The books of the intake: every record counted; duplicates, limits and dates that need the whole table.

Does not belong here: records themselves (``rows``).
"""
