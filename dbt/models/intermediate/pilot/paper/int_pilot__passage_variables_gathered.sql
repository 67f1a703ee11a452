{# What the fund's papers say: one row a passage and variable. Points, levels and shares are read off the rules that the scoring and the
   allocation obey, so that an article and an award cannot disagree; terms are parameters; what no table decides (the fund's body, days of
   a call) is said by `texts` of area.yml, else left for the pen. #}
with

build as (
    select
        max(as_of) as as_of,
        max(cast(extract(year from as_of) as integer)) as year
    from {{ source('intake', 'build') }}
),

{# points of an aspect that all tracks have alike #}
aspect as (
    select dimension, min(points) as points
    from (
        select rule_set, dimension, sum(max_points) as points
        from (
            select distinct rule_set, dimension, item_id, max_points
            from {{ ref('scoring_rule') }}
            where rule_set like 'fund%' and kind = 'score'
        ) as item
        group by rule_set, dimension
    ) as track
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
            ('cost', 'bound_high', 'K2'), ('track', 'bound_high', 'K3'), ('applicant', 'bound_high', 'K4')] -%}
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

{%- set terms = ['award_level_1_yuan', 'award_level_2_yuan', 'award_level_3_yuan', 'announce_days', 'expert_count', 'notice_days',
    'reply_days', 'first_payment_share', 'recheck_months', 'ban_years', 'clawback_years'] %}

parameters as (
    select
        {% for name in terms -%}
        max(case when parameter_id = 'fund.{{ name }}' then value end) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id like 'fund.%'
),

{# every paper cites each law once #}
laws as (
    select {{ listagg_text("'《' || title || '》'", '、', 'title') }} as titles
    from (
        select distinct basis.title
        from {{ ref('legal_basis') }} as basis
        cross join build
        where
            basis.topic = 'publicity' and basis.verified <> 'doubtful'
            and basis.valid_from <= build.as_of and coalesce(basis.valid_to >= build.as_of, true)
            and basis.basis_id like 'EC-%'
    ) as law
),

awards as (
    select cast(count(case when award_yuan > 0 then 1 end) as integer) as given
    from {{ ref('fund_award') }}
),

zone as (
    select max(name_cn) as name_cn from {{ ref('dim_area') }} where area_kind = 'area' and parent_id is null
),

computed as (
    {% for variable, table, expression in [
        ('zone_name', 'zone', 'name_cn'), ('legal_basis_list', 'laws', 'titles'), ('n_awards', 'awards', to_text('given')),
        ('total_points_cn', 'aspects', number_cn('total')), ('points_effect_cn', 'aspects', number_cn('effect')),
        ('points_health_cn', 'aspects', number_cn('health')), ('points_innovation_cn', 'aspects', number_cn('innovation')),
        ('points_spread_cn', 'aspects', number_cn('spread')), ('points_cost_cn', 'aspects', number_cn('cost')),
        ('level1_cn', 'bounds', number_cn('level1')), ('level2_cn', 'bounds', number_cn('level2')),
        ('level3_cn', 'bounds', number_cn('level3')), ('cap_cost_cn', 'bounds', number_cn('100 * cost')),
        ('cap_track_cn', 'bounds', number_cn('100 * track')), ('cap_applicant_cn', 'bounds', number_cn('100 * applicant')),
        ('award_1', 'parameters', number_text('award_level_1_yuan')), ('award_2', 'parameters', number_text('award_level_2_yuan')),
        ('award_3', 'parameters', number_text('award_level_3_yuan')), ('announce_days_cn', 'parameters', number_cn('announce_days')),
        ('n_experts', 'parameters', number_cn('expert_count')), ('notice_days_cn', 'parameters', number_cn('notice_days')),
        ('notice_days', 'parameters', number_text('notice_days')), ('reply_days_cn', 'parameters', number_cn('reply_days')),
        ('first_payment_cn', 'parameters', number_cn('100 * first_payment_share')),
        ('recheck_months_cn', 'parameters', number_cn('recheck_months')), ('ban_years_cn', 'parameters', number_cn('ban_years')),
        ('clawback_years_cn', 'parameters', number_cn('clawback_years')), ('year', 'build', to_text('year')),
        ('period_from_cn', 'build', to_text('year - 1') ~ " || '年1月1日'"),
        ('period_to_cn', 'build', to_text('year - 1') ~ " || '年12月31日'")] -%}
    select '{{ variable }}' as variable, {{ expression }} as value from {{ table }}
    union all
    {% endfor -%}
    select variable, value_text as value
    from (
        select
            case parameter_id
                when 'profile.lead_unit.environment_bureau' then 'lead_unit'
                when 'profile.issuing_unit' then 'issuer'
            end as variable,
            value_text
        from {{ ref('stg_geography__profile_parameters') }}
    ) as unit
    where variable is not null
),

stated as (
    select replace(parameter_id, 'profile.text.', '') as variable, value_text as value
    from {{ ref('stg_geography__profile_parameters') }}
    where parameter_id like 'profile.text.%'
),

known as (
    select variable, value from computed where value is not null
    union all
    select stated.variable, stated.value
    from stated
    left join computed on computed.variable = stated.variable and computed.value is not null
    where computed.variable is null
)

select
    passage.notice_id,
    known.variable,
    known.value
from {{ ref('int_pilot__passages_listed') }} as passage
cross join known
