{# Concentrations as documents print them: COD in mg/L, exhaust gas in mg/m³. What belongs here: how a model takes the one rule,
   core.display_unit. Not here: the rule itself (seed display_unit_rule), how a unit is written (printed_unit). #}

{# The join that brings the rule; `alias` has medium, pollutant_id and, under `unit`, the unit of its values. #}
{% macro display_unit_join(alias, unit='unit') -%}
  left join {{ ref('display_unit') }} as shown
    on shown.medium = {{ alias }}.medium
    and shown.pollutant_id = {{ alias }}.pollutant_id
    and shown.canonical_unit = {{ alias }}.{{ unit }}
{%- endmacro %}

{# A value in the unit that is printed, after display_unit_join. #}
{% macro displayed(value) -%}
  ({{ value }}) / coalesce(shown.canonical_per_display, 1.0)
{%- endmacro %}

{# That unit as it is written: mg/L, μg/m³. #}
{% macro displayed_unit(unit) -%}
  {{ printed_unit('coalesce(shown.display_unit, ' ~ unit ~ ')') }}
{%- endmacro %}
