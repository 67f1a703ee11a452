{# Lists and structs as DuckDB writes them. Another engine changes this folder and nothing else. #}

{% macro origin_type() -%}
  {{ return('struct(source_table varchar, file_no integer, sheet varchar, first_row bigint, last_row bigint, field varchar, record_field varchar, cell_text varchar, role varchar, column_name varchar)[]') }}
{%- endmacro %}

{# One struct of an origin list, with the types of origin_type(). Arguments are SQL expressions. #}
{% macro origin_item(source_table, file_no, sheet, first_row, last_row, field, record_field, cell_text, role, column_name) -%}
  {%- set item -%}
  {'source_table': {{ source_table }}, 'file_no': cast({{ file_no }} as integer), 'sheet': coalesce({{ sheet }}, ''), 'first_row': cast({{ first_row }} as bigint), 'last_row': cast({{ last_row }} as bigint), 'field': {{ field }}, 'record_field': coalesce({{ record_field }}, ''), 'cell_text': cast({{ cell_text }} as varchar), 'role': {{ role }}, 'column_name': {{ column_name }}}
  {%- endset -%}
  {{ return(item) }}
{%- endmacro %}

{# A list literal of SQL expressions. #}
{% macro list_of(items) -%}
  {{ return('[' ~ items | join(', ') ~ ']') }}
{%- endmacro %}

{# Lists one after the other, null ones as empty ones. `type`: type of the result. #}
{% macro list_join(lists, type) -%}
  {%- set joined = [] -%}
  {%- for item in lists -%}{%- do joined.append('coalesce(' ~ item ~ ', cast([] as ' ~ type ~ '))') -%}{%- endfor -%}
  flatten([{{ joined | join(', ') }}])
{%- endmacro %}

{# Aggregate of lists into one list: sorted, equal items once, so that it does not depend on the order of the rows. #}
{% macro list_collect_sorted(expression) -%}
  list_sort(list_distinct(flatten(array_agg({{ expression }}))))
{%- endmacro %}

{# Aggregate of scalars into a sorted list without nulls and repeats; an empty list when nothing is left. #}
{% macro list_agg_distinct(expression) -%}
  coalesce(list_sort(array_agg(distinct {{ expression }}) filter (where {{ expression }} is not null)), cast([] as varchar[]))
{%- endmacro %}

{# Sorted list without nulls and repeats of scalar expressions (of one row). #}
{% macro list_distinct_of(items) -%}
  list_sort(list_distinct(list_filter([{{ items | join(', ') }}], x -> x is not null)))
{%- endmacro %}

{# True when a list holds a value. #}
{% macro list_has(list, value) -%}
  coalesce(list_contains({{ list }}, {{ value }}), false)
{%- endmacro %}

{# Number of items, 0 for null. #}
{% macro list_size(list) -%}
  coalesce(len({{ list }}), 0)
{%- endmacro %}

{# Text of the items joined by a separator, in the list's order. #}
{% macro list_text(list, separator=';') -%}
  array_to_string({{ list }}, '{{ separator }}')
{%- endmacro %}

{# A text cut at a separator into a list of trimmed, non-empty items; null and '' give an empty list. #}
{% macro text_to_list(expression, separator=';') -%}
  list_filter(list_transform(string_split(coalesce({{ expression }}, ''), '{{ separator }}'), x -> trim(x)), x -> x <> '')
{%- endmacro %}

{# Rows out of a list column, for a select list: one row an item (rows with empty lists vanish). #}
{% macro unnest_list(expression) -%}
  unnest({{ expression }})
{%- endmacro %}

{# Text of the items of a group, ordered; the order columns must make it unique. #}
{% macro listagg_text(expression, separator=';', order_by=none) -%}
  string_agg({{ expression }}, '{{ separator }}' order by {{ order_by or expression }} asc nulls last)
{%- endmacro %}

{# Rows of a relation's origin list, numbered in the order of the list: table_name, row_key, item (struct), item_no. #}
{% macro origin_items_of(relation, table_name, key_expression) -%}
  select {{ table_name }} as table_name, {{ key_expression }} as row_key, unnest(_origin) as item, unnest(range(1, len(_origin) + 1)) as item_no from {{ relation }}
{%- endmacro %}

{# File number of the first origin of a row that comes from a file. #}
{% macro origin_file_no_of(expression, column_name) -%}
  list_filter({{ expression }}, x -> x.file_no is not null and x.column_name = '{{ column_name }}')[1].file_no
{%- endmacro %}

{% macro origin_any_file_no(expression) -%}
  list_filter({{ expression }}, x -> x.file_no is not null)[1].file_no
{%- endmacro %}

{# Aggregate of rows into a JSON list of objects, ordered; `fields`: pairs of member and expression. #}
{% macro json_rows(fields, order_by) -%}
  cast(to_json(array_agg({ {%- for name, expression in fields %}'{{ name }}': {{ expression }}{{ ', ' if not loop.last }}{% endfor -%} } order by {{ order_by }} asc nulls last)) as json)
{%- endmacro %}

{# Item of a list by its number, counted from 1; null beyond its end. #}
{% macro list_at(list, number) -%}
  {{ list }}[{{ number }}]
{%- endmacro %}
