{# Vetoes of the rules that fire: area, year, what is capped, and how high it may be. A fact that nobody knows fires none. Facts:
   stated ones of an area (评分事实.xlsx), PM2.5 against the class 2 limit in force at the end of the year, and the largest cancer risk of
   residents at a sensitive point, which counts for the zone and its parks. #}
with

limits as (
    select
        valid_from,
        valid_to,
        min(limit_value) as limit_value
    from {{ ref('environmental_limit') }}
    where
        pollutant_id = 'PM2.5' and medium = 'ambient_air' and averaging_time = 'year'
        and standard_class in ('二级', '2', 'class 2', '二级（过渡）')
    group by valid_from, valid_to
),

sensitive as (
    select max(cancer_risk) as value
    from {{ ref('health_risk_total') }}
    where place_id like 'R:%' and population_group like 'resident%'
),

facts as (
    select object_id as area_id, year, fact, value
    from {{ ref('int_pilot__facts_stated') }}
    where object_kind = 'area_index'
    union all
    select
        united.area_id,
        united.year,
        'Q2_over_standard' as fact,
        max(case when united.value > limits.limit_value then 1.0 else 0.0 end) as value
    from {{ ref('int_green_index__values_united') }} as united
    inner join limits
        on {{ try_date("cast(united.year as " ~ type_string() ~ ") || '-12-31'") }} >= coalesce(limits.valid_from, date '1900-01-01')
        and {{ try_date("cast(united.year as " ~ type_string() ~ ") || '-12-31'") }} <= coalesce(limits.valid_to, date '9999-12-31')
    where united.indicator_id = 'Q2'
    group by united.area_id, united.year
    union all
    select
        area.area_id,
        cast(assessed.assessment_year as integer) as year,
        'sensitive_cr' as fact,
        sensitive.value
    from sensitive
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as assessed
    inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_kind in ('area', 'park')
)

select distinct
    facts.area_id,
    cast(facts.year as integer) as year,
    rule.scope,
    {{ try_double("replace(rule.result, 'cap ', '')") }} as cap,
    rule.rule_id,
    rule.text_cn
from facts
inner join {{ ref('green_rule') }} as rule on rule.kind = 'veto' and rule.fact = facts.fact
where
    case rule.operator
        when 'ge' then facts.value >= rule.threshold
        when 'gt' then facts.value > rule.threshold
        when 'is_true' then facts.value = 1
        else false
    end
