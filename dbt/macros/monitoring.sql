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

{# What a source releases into a medium, heaviest first (place_no 1): one row a source, medium and substance. #}
{% macro loads_ranked(relation) -%}
  select
      enterprise_id,
      medium,
      pollutant_id,
      row_number() over (
          partition by enterprise_id, medium order by weighted_kg desc nulls last, pollutant_id asc nulls last
      ) as place_no
  from {{ relation }}
  where weighted_kg > 0
{%- endmacro %}

{# First day of the quarter after a day's: when a plan of monitoring of that day starts. #}
{% macro next_quarter_first_day(day) -%}
  {{ try_date(
      "case quarter(" ~ day ~ ") when 1 then " ~ to_text('year(' ~ day ~ ')') ~ " || '-04-01' when 2 then "
      ~ to_text('year(' ~ day ~ ')') ~ " || '-07-01' when 3 then " ~ to_text('year(' ~ day ~ ')') ~ " || '-10-01' else "
      ~ to_text('year(' ~ day ~ ') + 1') ~ " || '-01-01' end") }}
{%- endmacro %}

{# Cost of the items that a frequency is given for, in ten thousand yuan; null where none of them has a price: unknown is not 0. #}
{% macro known_cost_wan(frequency, cost) -%}
  case
    when count({{ frequency }}) = 0 then 0
    when count({{ cost }}) > 0 then {{ exact_sum(cost) }} / 10000
  end
{%- endmacro %}
