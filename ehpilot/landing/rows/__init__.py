"""Rows of sheets become records of raw tables: staged, conformed to their kinds, faults found, written.

Does not belong here: values of single cells (``values``), keys and books (``books``).
"""
