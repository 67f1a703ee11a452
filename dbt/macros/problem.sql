{# Whether a 督办函 lists a problem: it is past its term, and nobody has checked it as mended. `problem`: alias of the mart. #}
{% macro is_urged(problem) -%}
  ({{ problem }}.status not in ('verified', 'closed') and {{ problem }}.overdue_days > 0)
{%- endmacro %}
