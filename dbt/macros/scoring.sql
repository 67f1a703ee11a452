{# Columns of one computed fact, for a select list. `fact`: plain name, or `fact` where a column of that name says it. The other
   arguments are SQL expressions. Not here: which facts there are (int_pilot__facts_computed). #}
{% macro scoring_fact_columns(rule_set, object_id, year, fact, value='null', value_text='null', source_key='null') -%}
    '{{ rule_set }}' as rule_set,
    {{ object_id }} as object_id,
    {{ year }} as year,
    {{ 'fact' if fact == 'fact' else "'" ~ fact ~ "'" }} as fact,
    cast({{ value }} as double) as value,
    cast({{ value_text }} as {{ type_string() }}) as value_text,
    cast({{ source_key }} as {{ type_string() }}) as source_key
{%- endmacro %}
