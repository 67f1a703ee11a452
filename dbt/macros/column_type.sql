{# Declared type of a model's column, from its contract; empty while dbt is still parsing. #}
{% macro column_type(model, column) -%}
  {%- if execute -%}
    {%- set node = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | selectattr('name', 'equalto', model) | first -%}
    {{ return(node.columns[column].data_type) }}
  {%- endif -%}
  {{ return('') }}
{%- endmacro %}
