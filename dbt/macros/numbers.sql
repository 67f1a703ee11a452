{# Aggregates of doubles that give the same bits whatever the number of threads (docs/editions.md): DuckDB's
   parallel sum of doubles depends on the order, that of decimals does not.
   Twelve decimals; |sum| must stay below 1e26. Null rows are left out; no rows give null. #}
{% macro exact_sum(expression) -%}
  cast(sum(cast({{ expression }} as decimal(38, 12))) as double)
{%- endmacro %}

{# Mean of doubles through exact_sum. #}
{% macro exact_mean(expression) -%}
  (cast(sum(cast({{ expression }} as decimal(38, 12))) as double) / nullif(count({{ expression }}), 0))
{%- endmacro %}

{# Sum over a window, e.g. over='partition by enterprise_id'. #}
{% macro exact_sum_over(expression, over) -%}
  cast(sum(cast({{ expression }} as decimal(38, 12))) over ({{ over }}) as double)
{%- endmacro %}
