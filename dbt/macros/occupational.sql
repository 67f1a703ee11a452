{# Equations of occupational exposure, each once. What belongs here: GBZ 2.1 and GBZ/T 298 as expressions. Not here: limits and
   grades (seeds of dbt/seeds/occupational), dose and risk of EPA's method. #}

{# Place id of a workshop: its enterprise, or a digest of the names where the enterprise is unknown, and its name. #}
{% macro workshop_place_id(enterprise_id, alias) -%}
  'W:' || coalesce(
      {{ enterprise_id }}, {{ id16([alias ~ '.permit_no', alias ~ '.credit_code', alias ~ '.enterprise_name']) }}
  ) || ':' || coalesce({{ alias }}.workshop, 'unknown')
{%- endmacro %}

{# Hours of work a week of one crew: hours a shift × shifts a day × days with shifts ÷ crews. Null where unknown. #}
{% macro weekly_hours_h(shift_hours_h, pattern) -%}
  ({{ shift_hours_h }} * {{ pattern }}.shifts_per_day * {{ pattern }}.days_per_week / {{ pattern }}.crews)
{%- endmacro %}

{# Factor by which PC-TWA falls with a shift of more than 8 h (GBZ 2.1-2019, A.7): 8/h × (24-h)/16; 1 up to 8 h, null where unknown. #}
{% macro day_reduction_factor(hours_h) -%}
  case when {{ hours_h }} <= 8 then 1.0 else 8.0 / {{ hours_h }} * (24.0 - {{ hours_h }}) / 16.0 end
{%- endmacro %}

{# Factor by which PC-TWA falls with a week of more than 40 h (GBZ 2.1-2019, A.7): 40/h × (168-h)/128. #}
{% macro week_reduction_factor(hours_h) -%}
  case when {{ hours_h }} <= 40 then 1.0 else 40.0 / {{ hours_h }} * (168.0 - {{ hours_h }}) / 128.0 end
{%- endmacro %}

{# Composite risk class of GBZ/T 298-2017, 6.4: √(HR × ER), rounded half up. #}
{% macro gbz298_class(hazard_grade, exposure_grade) -%}
  cast(floor(sqrt({{ hazard_grade }} * {{ exposure_grade }}) + 0.5) as integer)
{%- endmacro %}
