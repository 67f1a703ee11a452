{# Origins without those whose cell was empty: of several cells that may hold one thing only the filled ones are its source. #}
{% macro origin_filled(expression) -%}
  list_filter({{ expression }}, x -> x.cell_text is not null)
{%- endmacro %}
