"""THE WORKING DATABASE: who has it open, dbt run over it, lineage of its columns.

Does not belong here: the order of a build's steps (``ehpilot.runs``), SQL of models (dbt).
"""
