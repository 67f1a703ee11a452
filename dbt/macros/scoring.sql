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

{# Unit of a rule as it stands behind a number; empty where the item's own words say what is counted. #}
{% macro rule_unit_text(alias) -%}
    case {{ alias }}.unit
        {% for unit, word in [
            ('m', ' m'), ('mm', ' mm'), ('m2', ' m²'), ('m/a', ' m/a'), ('cfu/100mL', ' CFU/100 mL'), ('cfu/g', ' CFU/g'),
            ('n/L', '个/L'), ('n/kg', '个/kg'), ('n/km', '个/km'), ('d', '天'), ('month', '个月'), ('yuan', '元'),
            ('10^4 yuan', '万元'), ('share', '%')] -%}
        when '{{ unit }}' then '{{ word }}'
        {% endfor -%}
        else ''
    end
{%- endmacro %}

{# A bound of a rule as printed: a number with its unit, a share in percent, a tiny number as a power of ten; a word as it stands. #}
{% macro rule_bound_text(alias, bound) -%}
    {%- set number = try_double(alias ~ '.' ~ bound) -%}
    case
        when {{ alias }}.unit = 'share' then {{ number_text('100 * ' ~ number) }} || '%'
        when abs({{ number }}) < 0.001 and {{ number }} <> 0 then {{ printed_number(number, 3) }} || {{ rule_unit_text(alias) }}
        when {{ number }} is not null then {{ number_text(number) }} || {{ rule_unit_text(alias) }}
        else {{ alias }}.{{ bound }}
    end
{%- endmacro %}

{# What a line of scoring_result that is not passed says against its object: a condition that is known not to hold, one that nobody
   knows, or a veto, whose own words say what happened. #}
{% macro against_text(alias) -%}
    {{ alias }}.item || case
        when {{ alias }}.kind = 'gate' and {{ alias }}.is_known then '（未满足）'
        when {{ alias }}.kind = 'gate' then '（待核，缺资料）'
        else ''
    end
{%- endmacro %}

{# A row of scoring_fact as the item of scoring_item that asks it prints it: yes or no, a share in percent, else its number; a word as it
   stands. #}
{% macro rule_fact_text(item, fact) -%}
    case
        when {{ fact }}.value is null then {{ fact }}.value_text
        when {{ item }}.is_yes_no then case when {{ fact }}.value = 0 then '否' else '是' end
        when {{ fact }}.unit = 'class' then case {{ fact }}.value
            {% for word in ['一类', '二类', '三类', '四类', '劣四类'] -%}
            when {{ loop.index }} then '{{ word }}'
            {% endfor -%}
            else {{ number_text(fact ~ '.value') }}
        end
        when {{ fact }}.unit = '1:n' then '1:' || {{ significant_text(fact ~ '.value', 4) }}
        when {{ fact }}.unit = 'share' then {{ significant_text('100 * ' ~ fact ~ '.value', 4) }} || '%'
        when abs({{ fact }}.value) < 0.001 then {{ printed_number(fact ~ '.value', 3) }} || {{ rule_unit_text(fact) }}
        when abs({{ fact }}.value) >= 1000 then {{ number_text('round(' ~ fact ~ '.value)') }} || {{ rule_unit_text(fact) }}
        else {{ significant_text(fact ~ '.value', 4) }} || {{ rule_unit_text(fact) }}
    end
{%- endmacro %}

{# One step of a score item or a level of scoring_rule in words; null for other kinds. Linear items say at which end the points are. A step
   that holds one whole number (a mark 0 1 2 3, a count) names it, and nothing is below 0. #}
{% macro rule_step_text(alias) -%}
    {%- set low = rule_bound_text(alias, 'bound_low') -%}
    {%- set high = rule_bound_text(alias, 'bound_high') -%}
    {%- set number = number_text('abs(' ~ alias ~ '.points)') -%}
    {%- set points = "case when " ~ alias ~ ".points < 0 then '，扣' else '，' end || " ~ number ~ " || '分'" -%}
    {%- set low_number = try_double(alias ~ '.bound_low') -%}
    {%- set high_number = try_double(alias ~ '.bound_high') -%}
    case
        when {{ alias }}.kind = 'level' then {{ low }} || '分以上'
        when {{ alias }}.kind <> 'score' then null
        when {{ alias }}.operator = 'linear_up' then {{ low }} || '得0分，' || {{ high }} || '以上满分，其间按比例'
        when {{ alias }}.operator = 'linear_down' and {{ low_number }} > {{ high_number }}
            then {{ low }} || '得0分，' || {{ high }} || case when {{ high_number }} = 0 then '满分' else '以下满分' end || '，其间按比例'
        when {{ alias }}.operator = 'linear_down'
            then {{ high }} || '得0分，' || {{ low }} || case when {{ low_number }} = 0 then '满分' else '以下满分' end || '，其间按比例'
        when {{ alias }}.operator = 'between_left' and {{ alias }}.bound_low is null then '不足' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_left' and {{ alias }}.bound_high is null then {{ low }} || '以上' || {{ points }}
        when {{ alias }}.operator = 'between_left' and coalesce({{ alias }}.unit, '') in ('', 'n', 'class')
            and {{ high_number }} - {{ low_number }} = 1 and {{ low_number }} = floor({{ low_number }})
            then {{ low }} || {{ points }}
        when {{ alias }}.operator = 'between_left' then {{ low }} || '以上不足' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_right' and {{ alias }}.bound_low is null then '不超过' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'between_right' and {{ alias }}.bound_high is null then '超过' || {{ low }} || {{ points }}
        when {{ alias }}.operator = 'between_right' then '超过' || {{ low }} || '至' || {{ high }} || {{ points }}
        when {{ alias }}.operator = 'le' then '不超过' || coalesce({{ low }}, {{ high }}) || {{ points }}
        when {{ alias }}.operator = 'gt' then '超过' || coalesce({{ low }}, {{ high }}) || {{ points }}
    end
{%- endmacro %}
