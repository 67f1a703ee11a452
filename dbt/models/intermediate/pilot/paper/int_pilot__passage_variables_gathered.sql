{# What the fund's papers say: one row a passage and variable. Points, levels and shares are read off the rules that the scoring and the
   allocation obey, so that an article and an award cannot disagree; terms are parameters; what no table decides (the fund's body, days of
   a call, awards of the year that is called for: they come after it) is said by `texts` of area.yml, else left for the pen. #}
with

build as (
    select
        max(as_of) as as_of,
        max(cast(extract(year from as_of) as integer)) as year
    from {{ source('intake', 'build') }}
),

{# every paper cites each law once #}
law as (
    select distinct basis.title
    from {{ ref('legal_basis') }} as basis
    cross join build
    where
        basis.topic = 'publicity' and basis.basis_id like 'EC-%'
        and {{ is_in_force('basis', 'build.as_of') }}
),

laws as (
    select {{ listagg_text("'《' || title || '》'", '、', 'title') }} as titles from law
),

unit as (
    select
        case parameter_id
            when 'profile.lead_unit.environment_bureau' then 'lead_unit'
            when 'profile.issuing_unit' then 'issuer'
        end as variable,
        value_text as value
    from {{ ref('stg_geography__profile_parameters') }}
    where parameter_id in ('profile.lead_unit.environment_bureau', 'profile.issuing_unit')
),

zone as (
    select max(name_cn) as name_cn from {{ ref('dim_area') }} where area_kind = 'area' and parent_id is null
),

numbers as (
    select * from {{ ref('int_pilot__fund_numbers_read') }}
),

computed as (
    {% for variable, table, expression in [
        ('zone_name', 'zone', 'name_cn'), ('legal_basis_list', 'laws', 'titles'),
        ('total_points_cn', 'numbers', number_cn('total')), ('points_effect_cn', 'numbers', number_cn('effect')),
        ('points_health_cn', 'numbers', number_cn('health')), ('points_innovation_cn', 'numbers', number_cn('innovation')),
        ('points_spread_cn', 'numbers', number_cn('spread')), ('points_cost_cn', 'numbers', number_cn('cost')),
        ('level1_cn', 'numbers', number_cn('level1')), ('level2_cn', 'numbers', number_cn('level2')),
        ('level3_cn', 'numbers', number_cn('level3')), ('cap_cost_cn', 'numbers', number_cn('100 * cost_share')),
        ('cap_track_cn', 'numbers', number_cn('100 * track_share')), ('cap_applicant_cn', 'numbers', number_cn('100 * applicant_share')),
        ('award_1', 'numbers', yuan_cn('award_level_1_yuan')), ('award_2', 'numbers', yuan_cn('award_level_2_yuan')),
        ('award_3', 'numbers', yuan_cn('award_level_3_yuan')), ('announce_days_cn', 'numbers', number_cn('announce_days')),
        ('n_experts', 'numbers', number_cn('expert_count')), ('notice_days_cn', 'numbers', number_cn('notice_days')),
        ('notice_days', 'numbers', number_text('notice_days')), ('reply_days_cn', 'numbers', number_cn('reply_days')),
        ('first_payment_cn', 'numbers', number_cn('100 * first_payment_share')),
        ('recheck_months_cn', 'numbers', number_cn('recheck_months')), ('ban_years_cn', 'numbers', number_cn('ban_years')),
        ('clawback_years_cn', 'numbers', number_cn('clawback_years')), ('year', 'build', to_text('year')),
        ('period_from_cn', 'build', to_text('year - 1') ~ " || '年1月1日'"),
        ('period_to_cn', 'build', to_text('year - 1') ~ " || '年12月31日'")] -%}
    select
        '{{ variable }}' as variable,
        {{ expression }} as value
    from {{ table }}
    union all
    {% endfor -%}
    select variable, value from unit
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
