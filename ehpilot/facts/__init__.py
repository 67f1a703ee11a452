"""FACTS that a build knows beside its landing files, as ``intake.*`` tables: run, area, pilot, previous edition.

Does not belong here: files and their books (``ehpilot.landing``), what models make of facts (dbt).
"""
