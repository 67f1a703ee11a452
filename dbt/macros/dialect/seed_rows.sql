{# A seed with `_line`, the line of each row in its csv (header = 1). DuckDB's rowid follows the order of the file because
   preserve_insertion_order is on and seeds hold no line breaks in cells (tests/dbt/test_seeds.py). The rows that a unit test
   gives have no rowid; their line is 0. #}
{% macro seed_rows(seed) -%}
  (select *, {{ '0' if model.resource_type == 'unit_test' else 'rowid + 2' }} as _line from {{ ref(seed) }})
{%- endmacro %}
