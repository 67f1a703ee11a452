{# One row: points, levels, shares and terms of the fund, read off the rules that the scoring and the allocation obey. A number that
   the tracks do not have alike is none that an article can state: null. #}
with

items as (
    select distinct rule_set, dimension, item_id, max_points
    from {{ ref('scoring_rule') }}
    where rule_set like 'fund%' and kind = 'score'
),

tracks as (
    select rule_set, dimension, sum(max_points) as points
    from items
    group by rule_set, dimension
),

aspect as (
    select dimension, min(points) as points
    from tracks
    group by dimension
    having min(points) = max(points)
),

aspects as (
    select
        sum(points) as total,
        {% for name, word in [('effect', '实效'), ('health', '健康收益'), ('innovation', '创新'), ('spread', '带动'), ('cost', '成本效益')] -%}
        max(case when dimension = '{{ word }}' then points end) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from aspect
),

bounds as (
    select
        {% for name, column, item in [
            ('level1', 'bound_low', 'L1'), ('level2', 'bound_low', 'L2'), ('level3', 'bound_low', 'L3'),
            ('cost_share', 'bound_high', 'K2'), ('track_share', 'bound_high', 'K3'), ('applicant_share', 'bound_high', 'K4')] -%}
        case
            when
                min(case when item_id = '{{ item }}' then {{ try_double(column) }} end)
                = max(case when item_id = '{{ item }}' then {{ try_double(column) }} end)
                then max(case when item_id = '{{ item }}' then {{ try_double(column) }} end)
        end as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('scoring_rule') }}
    where rule_set like 'fund%'
),

parameters as (
    select
        {% for name in ['award_level_1_yuan', 'award_level_2_yuan', 'award_level_3_yuan', 'announce_days', 'expert_count', 'notice_days',
            'reply_days', 'first_payment_share', 'recheck_months', 'ban_years', 'clawback_years'] -%}
        max(case when parameter_id = 'fund.{{ name }}' then value end) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id like 'fund.%'
)

select
    aspects.*,
    bounds.*,
    parameters.*
from aspects
cross join bounds
cross join parameters
