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

{# Id of a mart row that is one record of one raw table: of the table, the record's business key and its number among equals, so
   that a workbook that is merely saved again changes no id. `key`: columns of the alias; equals (a key that the table does not
   hold unique, or that is not stated) are numbered by `told`, what else they say, then by their place. #}
{% macro business_id(raw_table, alias, key, told=[]) -%}
  {%- set columns = [] -%}
  {%- for column in key %}{% do columns.append(alias ~ '.' ~ column) %}{% endfor -%}
  {%- set number -%}
    row_number() over (
        partition by {{ columns | join(', ') }}
        order by
            {% for column in told %}{{ alias }}.{{ column }} asc nulls last, {% endfor -%}
            {{ alias }}._sheet asc nulls last, {{ alias }}._row asc nulls last, {{ alias }}._field asc nulls last,
            {{ alias }}._file_no asc nulls last
    )
  {%- endset -%}
  {{ id16(["'" ~ raw_table ~ "'"] + columns + [number]) }}
{%- endmacro %}

{# A value as text. type_string() is dbt's own: the engine's text type; models never write varchar or text in a cast, for
   which Spark wants a size. #}
{% macro to_text(expression) -%}
  cast({{ expression }} as {{ type_string() }})
{%- endmacro %}
