"""Values of single cells: a text and the kind of its column become a typed value, a flag or a fault.

Does not belong here: which column has which kind (dbt sources YAML), records (``rows``), fields of persons
(``personal``).
"""
