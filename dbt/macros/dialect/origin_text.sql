{# Origins without those whose cell was empty: of several cells that may hold one thing only the filled ones are its source. #}
{% macro origin_filled(expression) -%}
  list_filter({{ expression }}, x -> x.cell_text is not null)
{%- endmacro %}

{# The same origins said of another column: a row that shows one attribute shows it as `value`. #}
{% macro origin_of_column(expression, column_name) -%}
  list_transform({{ expression }}, x -> struct_update(x, column_name := '{{ column_name }}'))
{%- endmacro %}
