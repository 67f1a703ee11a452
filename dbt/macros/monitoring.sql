{# Number of the monitoring site that an online outlet is: the permit number (or the credit code where the file has no permit
   number) and the outlet number, so that the series of an outlet keeps its site whatever the site list says. #}
{% macro online_site_no(alias) -%}
  coalesce({{ alias }}.permit_no, {{ alias }}.credit_code) || ':' || {{ alias }}.outlet_no
{%- endmacro %}

{# Relative deviation of a pair in per cent, |a - b| / (a + b) x 100 (HJ 630-2011); half of the relative percent difference. #}
{% macro relative_deviation(first, second) -%}
  abs({{ first }} - {{ second }}) / nullif({{ first }} + {{ second }}, 0) * 100
{%- endmacro %}

{# Degrees turned back into 0 up to 360. #}
{% macro turned(degrees) -%}
  ({{ degrees }}) - 360 * floor(({{ degrees }}) / 360)
{%- endmacro %}
