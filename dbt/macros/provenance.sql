{# The eight columns that the loader adds to every raw table. Staging models select them last, so that every later step can
   say from which record it came. `alias`: table alias, '' for none. #}
{% macro provenance(alias='') -%}
  {%- set prefix = alias ~ '.' if alias else '' -%}
  {%- for column in provenance_columns() %}
    {{ prefix }}{{ column }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{% macro provenance_columns() -%}
  {{ return(['_record_id', '_file_no', '_sheet', '_row', '_field', '_flags', '_cells', '_loaded_at']) }}
{%- endmacro %}
