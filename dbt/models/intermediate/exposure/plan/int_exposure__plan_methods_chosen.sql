{# How each substance is measured in each medium, what a sample costs, and whether the method sees a quarter of the lowest limit. A
   substance's own method goes before its class's. Costs are the middle of the range; without a method, or of one without a price,
   nothing is known of them. #}
with

need as (
    select distinct site.medium, item.pollutant_id
    from {{ ref('int_exposure__plan_current_listed') }} as item
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = item.site_id
    union distinct
    select distinct medium, pollutant_id from {{ ref('int_exposure__plan_items_required') }}
),

chosen as (
    select
        need.medium,
        need.pollutant_id,
        rule.rule_id as method_rule_id,
        rule.method_code,
        (cost.cost_low_yuan + cost.cost_high_yuan) / 2 as cost_yuan,
        cost.cost_unit,
        case
            when {{ regexp_like('cost.typical_lod', '^[0-9.]+-[0-9.]+$') }}
                then {{ try_double("regexp_replace(cost.typical_lod, '^[0-9.]+-', '')") }}
            else {{ try_double('cost.typical_lod') }}
        end as detection_limit,
        cost.typical_lod_unit,
        case when rule.verified = 'yes' and cost.verified = 'yes' then 'yes' else rule.verified end as verified
    from need
    left join {{ ref('chemical') }} as substance on substance.pollutant_id = need.pollutant_id
    inner join {{ ref('monitoring_analyte_method') }} as rule
        on
            rule.medium = need.medium and rule.verified <> 'doubtful'
            and (rule.pollutant_id = need.pollutant_id or (rule.pollutant_id is null and rule.pollutant_class = substance.class))
    left join {{ ref('monitoring_method_cost') }} as cost on cost.method_code = rule.method_code
    qualify
        row_number() over (
            partition by need.medium, need.pollutant_id
            order by case when rule.pollutant_id is not null then 1 else 2 end asc nulls last, rule.rule_id asc nulls last
        ) = 1
),

lowest as (
    select
        limits.medium,
        limits.pollutant_id,
        unit.canonical_unit,
        min(limits.limit_value * unit.factor) as limit_value
    from {{ ref('environmental_limit') }} as limits
    inner join {{ ref('core_unit_conversion') }} as unit on unit.unit = limits.unit
    where limits.verified <> 'doubtful' and limits.limit_value > 0 and limits.valid_to is null
    group by limits.medium, limits.pollutant_id, unit.canonical_unit
)

select
    chosen.medium,
    chosen.pollutant_id,
    chosen.method_rule_id,
    chosen.method_code,
    chosen.cost_yuan,
    chosen.cost_unit like '%day' as is_cost_per_day,
    chosen.verified,
    min(chosen.detection_limit * unit.factor / lowest.limit_value) as detection_limit_ratio
from chosen
left join {{ ref('core_unit_conversion') }} as unit on unit.unit = chosen.typical_lod_unit
left join lowest
    on lowest.medium = chosen.medium and lowest.pollutant_id = chosen.pollutant_id and lowest.canonical_unit = unit.canonical_unit
group by
    chosen.medium, chosen.pollutant_id, chosen.method_rule_id, chosen.method_code, chosen.cost_yuan, chosen.cost_unit, chosen.verified
