{# Keys and ids. row_key: key values in the contract's order, joined by `|`, with `|` and the backslash escaped by a
   backslash, null as ''. chr(92) because engines differ on a backslash in a literal. #}
{% macro row_key(columns, alias='') -%}
  {%- set prefix = alias ~ '.' if alias else '' -%}
  {%- for column in columns -%}
    replace(replace(coalesce({{ to_text(prefix ~ column) }}, ''), chr(92), chr(92) || chr(92)), '|', chr(92) || '|')
    {%- if not loop.last %} || '|' || {% endif -%}
  {%- endfor -%}
{%- endmacro %}

{# First 16 hex digits of SHA-256 of the row_key of the expressions: ids of things that are not one record of a file. #}
{% macro id16(expressions) -%}
  substr({{ sha256_hex(row_key(expressions)) }}, 1, 16)
{%- endmacro %}

{# Id of a mart row that is one record of one raw table: the loader's own id; series tables have none, so it is made from
   raw table, file number, sheet, row and field. #}
{% macro record_id(raw_table, alias) -%}
  coalesce({{ alias }}._record_id, {{ id16(["'" ~ raw_table ~ "'", alias ~ '._file_no', alias ~ '._sheet', alias ~ '._row', alias ~ '._field']) }})
{%- endmacro %}

{# A value as text. type_string() is dbt's own: the engine's text type; models never write varchar or text in a cast, for
   which Spark wants a size. #}
{% macro to_text(expression) -%}
  cast({{ expression }} as {{ type_string() }})
{%- endmacro %}
