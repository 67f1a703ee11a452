{# The flows of a mass balance beside what is lost to air, as columns in tonnes. #}
{% macro balance_flows() -%}
  {{ return(['input_t', 'product_t', 'water_t', 'waste_t', 'recovered_t', 'destroyed_t']) }}
{%- endmacro %}

{# What meters of a relative error (a column or number) cannot tell from nothing, in t: errors of the flows add up as squares. #}
{% macro metering_error_t(relation, meter_error) -%}
  {%- set squares = [] -%}
  {%- for flow in balance_flows() -%}
    {%- do squares.append(relation ~ '.' ~ flow ~ ' * ' ~ relation ~ '.' ~ flow) -%}
  {%- endfor -%}
  {{ meter_error }} * sqrt({{ squares | join(' + ') }})
{%- endmacro %}
