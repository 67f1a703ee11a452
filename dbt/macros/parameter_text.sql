{# A parameter's value as printed: whole numbers without ".0". #}
{% macro parameter_text(expression) -%}
  case when {{ expression }} like '%.0' then left({{ expression }}, length({{ expression }}) - 2) else {{ expression }} end
{%- endmacro %}
