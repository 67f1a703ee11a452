{# Words of a risk: its level and how sure it is. Not here: the equations (macros/risk.sql); the lines themselves (seed parameter). #}

{# Code risk_level of a total: the worse of cancer risk and the index of the most affected organ; unknown where neither is known.
   `line` has the five levels. #}
{% macro risk_level(cancer_risk, organ_hazard_index, line) -%}
  (case
    when {{ cancer_risk }} is null and {{ organ_hazard_index }} is null then 'unknown'
    when {{ cancer_risk }} > {{ line }}.cancer_high or {{ organ_hazard_index }} > {{ line }}.hazard_index_high then 'high'
    when {{ cancer_risk }} > {{ line }}.cancer_attention or {{ organ_hazard_index }} > {{ line }}.hazard_index_attention then 'attention'
    when {{ cancer_risk }} > {{ line }}.cancer_low then 'low'
    else 'negligible'
  end)
{%- endmacro %}

{# Code band_and_confidence of a total: by the part of the risk that rests on measured levels or emissions of quality A or B, of
   cancer risk and hazard index the smaller part. #}
{% macro risk_confidence(point, line) -%}
  {%- set share = 'least(coalesce(' ~ point ~ '.measured_cancer_risk / nullif(' ~ point ~ '.cancer_risk, 0), 1.0), coalesce('
    ~ point ~ '.measured_hazard_index / nullif(' ~ point ~ '.hazard_index, 0), 1.0))' -%}
  (case
    when not {{ point }}.is_air_known or ({{ point }}.cancer_risk is null and {{ point }}.hazard_index is null) then 'low'
    when {{ share }} >= {{ line }}.high_share then 'high'
    when {{ share }} >= {{ line }}.medium_share then 'medium'
    else 'low'
  end)
{%- endmacro %}
