"""What documents are made with: the edition they read, tables with Chinese headers, number formats, render engines.

A document reads an edition's ``report.*`` and ``meta.*`` tables and computes nothing. Does not belong here: any figure
(dbt models), what a document says (its template or .qmd file).
"""
