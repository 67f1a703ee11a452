{# Whether the object of a share decision is an outlet (site:number) and not a claim: claims have an id of hexadecimal digits or a key of
   parts joined by |. #}
{% macro names_outlet(expression) -%}
  ({{ expression }} like '%:%' and {{ expression }} not like '%|%')
{%- endmacro %}
