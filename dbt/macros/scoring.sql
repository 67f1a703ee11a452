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

{# A bound of a rule as printed: a share in percent, anything else as it stands. #}
{% macro rule_bound_text(alias, bound) -%}
    case
        when {{ alias }}.unit = 'share' then {{ number_text('100 * ' ~ try_double(alias ~ '.' ~ bound)) }} || '%'
        when {{ try_double(alias ~ '.' ~ bound) }} is not null then {{ number_text(try_double(alias ~ '.' ~ bound)) }}
        else {{ alias }}.{{ bound }}
    end
{%- endmacro %}

{# One step of a score item of scoring_rule or level of scoring_rule in words; null for other kinds. Linear items say at which end the points are. #}
{% macro rule_step_text(alias) -%}
    {%- set low = rule_bound_text(alias, 'bound_low') -%}
    {%- set high = rule_bound_text(alias, 'bound_high') -%}
    {%- set points = "'，' || " ~ number_text(alias ~ '.points') ~ " || '分'" -%}
    {%- set low_number = try_double(alias ~ '.bound_low') -%}
    {%- set high_number = try_double(alias ~ '.bound_high') -%}
    case
        when {{ alias }}.kind = 'level' then {{ low }} || '分以上'
        when {{ alias }}.kind <> 'score' then null
        when {{ alias }}.operator = 'linear_up' then {{ low }} || '得0分，' || {{ high }} || '以上满分，其间按比例'
        when {{ alias }}.operator = 'linear_down' and {{ low_number }} > {{ high_number }}
            then {{ low }} || '得0分，' || {{ high }} || '以下满分，其间按比例'
        when {{ alias }}.operator = 'linear_down' then {{ high }} || '得0分，' || {{ low }} || '以下满分，其间按比例'
        when {{ alias }}.operator = 'between_left' and {{ alias }}.bound_low is null then '不足' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_left' and {{ alias }}.bound_high is null then {{ low }} || '以上' || {{ points }}
        when {{ alias }}.operator = 'between_left' then {{ low }} || '以上不足' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_right' and {{ alias }}.bound_low is null then '不超过' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_right' and {{ alias }}.bound_high is null then '超过' || {{ low }} || {{ points }}
        when {{ alias }}.operator = 'between_right' then '超过' || {{ low }} || '至' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'le' then '不超过' || coalesce({{ low }}, {{ high }}) || {{ points }}
        when {{ alias }}.operator = 'gt' then '超过' || coalesce({{ low }}, {{ high }}) || {{ points }}
    end
{%- endmacro %}
