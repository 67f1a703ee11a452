{# Single functions whose name or result differs between engines. #}

{% macro sha256_hex(expression) -%}{{ return('sha256(' ~ expression ~ ')') }}{%- endmacro %}

{# Text of one member of a JSON object, null when absent. `name`: plain member name. #}
{% macro json_text(expression, name) -%}
  {{ return("json_extract_string(" ~ expression ~ ", '$." ~ name ~ "')") }}
{%- endmacro %}

{# True when the text matches the regular expression somewhere. `pattern`: plain pattern. #}
{% macro regexp_like(expression, pattern) -%}
  regexp_matches({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{# Regular expression replacement of all matches. #}
{% macro regexp_replace_all(expression, pattern, replacement='') -%}
  regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{# `period` words of a date: 2026, 2026Q1, 2026-03. `grain`: year, quarter, month. #}
{% macro period_of(expression, grain) -%}
  {%- if grain == 'year' -%} strftime({{ expression }}, '%Y')
  {%- elif grain == 'quarter' -%} (strftime({{ expression }}, '%Y') || 'Q' || {{ to_text('quarter(' ~ expression ~ ')') }})
  {%- else -%} strftime({{ expression }}, '%Y-%m')
  {%- endif -%}
{%- endmacro %}

{# Year of a period word (2026, 2026Q1, 2026-03) as integer. #}
{% macro period_year(expression) -%}
  try_cast(substr({{ expression }}, 1, 4) as integer)
{%- endmacro %}

{# Number of years of a period word covers: 1, 0.25 or 1/12. #}
{% macro period_share(expression) -%}
  (case when {{ expression }} like '____' then 1.0 when {{ expression }} like '____Q_' then 0.25 else 1.0 / 12 end)
{%- endmacro %}

{# Value of one column in the row where another is largest; of several such rows the last value in order. Rows without `by` count not. #}
{% macro value_at_max(value, by) -%}
  max_by({{ value }}, case when {{ by }} is not null then row({{ by }}, {{ value }}) end)
{%- endmacro %}

{# Quantile with interpolation, share in 0..1. #}
{% macro quantile(expression, share) -%}
  percentile_cont({{ share }}) within group (order by {{ expression }} asc nulls last)
{%- endmacro %}

{# A date made of text in ISO notation, null when it is none. #}
{% macro try_date(expression) -%}
  try_cast({{ expression }} as date)
{%- endmacro %}

{# Loads the spatial extension by path; use it as a pre-hook of the few models that call ST_ functions. #}
{% macro load_spatial() -%}
  load '{{ env_var("EHPILOT_SPATIAL") }}'
{%- endmacro %}

{# A number made of text, null when it is none. #}
{% macro try_double(expression) -%}
  try_cast({{ expression }} as double)
{%- endmacro %}

{# Value of one column in the row where another is smallest; `by` must be unique in the group. #}
{% macro value_at_min(value, by) -%}
  arg_min({{ value }}, {{ by }})
{%- endmacro %}

{# Whole days from one date to another, negative when the second is earlier. #}
{% macro days_between(first, last) -%}
  date_diff('day', {{ first }}, {{ last }})
{%- endmacro %}

{# A time so many whole hours later; null when the number is. #}
{% macro hours_after(time, hours) -%}
  ({{ time }} + to_hours({{ hours }}))
{%- endmacro %}

{# A value as text: a number with the digits that it has, anything else as it stands. #}
{% macro number_or_text(expression) -%}
  case
    when typeof({{ expression }}) in ('DOUBLE', 'INTEGER', 'BIGINT')
      then {{ number_text('try_cast(' ~ to_text(expression) ~ ' as double)') }}
    else {{ to_text(expression) }}
  end
{%- endmacro %}

{# Which of four quarters a site's yearly visit falls in, 0-3, from the check character of its credit code: fixed, and even over many. #}
{% macro visit_offset(enterprise_id) -%}
  mod(ascii(substr({{ enterprise_id }}, 18, 1)), 4)
{%- endmacro %}
