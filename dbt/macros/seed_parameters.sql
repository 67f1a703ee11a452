{# Rows of a seed as meta.parameter_used lists parameters: one select of a model `…_parameters_listed`. `entry` is the row of the seed
   in all SQL that is given: `id` of the parameter, `value` where it is more than the text of `column`, `unit`, `source_ref`, `where`.
   `cells`: which columns of the seed the row shows. What does not belong here: seed `parameter` itself, which
   int_core__parameter_values_chosen reads. #}
{% macro seed_parameters(
    seed, used_by, id, column, value=none, unit="'1'", cells=none, source_ref='entry.source_ref', where='true'
) -%}
  select
      {{ id }} as parameter_id,
      '{{ used_by }}' as used_by,
      {{ value or to_text('entry.' ~ column) }} as value,
      {{ unit }} as unit,
      {{ source_ref }} as source_ref,
      entry.verified,
      {{ origin_seed(seed, 'entry', cells or {'value': column}) }} as _origin
  from {{ seed_rows(seed) }} as entry
  where {{ where }}
{%- endmacro %}
