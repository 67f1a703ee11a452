{# Number of the monitoring site that an online outlet is: the permit number (or the credit code where the file has no permit
   number) and the outlet number, so that the series of an outlet keeps its site whatever the site list says. #}
{% macro online_site_no(alias) -%}
  coalesce({{ alias }}.permit_no, {{ alias }}.credit_code) || ':' || {{ alias }}.outlet_no
{%- endmacro %}
