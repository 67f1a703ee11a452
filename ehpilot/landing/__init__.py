"""Landing files to raw rows: what a file is, its cells as texts, texts as values, forms, provenance, quarantine.

Does not belong here: rules over whole tables (gates), relations between tables (dbt), methods (kernels).
"""
