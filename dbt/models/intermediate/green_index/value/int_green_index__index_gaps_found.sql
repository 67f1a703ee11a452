{# What the index lacks: indicators that our tables could give and do not, years without a value between two that have one, indicators
   that do not differ, reported values of other indicators or areas, weights without a base, refused matrices, facts of caps that nobody states. #}
with

zone_values as (
    select united.indicator_id, united.year, united.origin
    from {{ ref('int_green_index__values_united') }} as united
    inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_id = united.area_id and area.area_kind <> 'park'
),

known as (
    select
        indicator_id,
        min(year) as first_year,
        max(year) as last_year,
        count(distinct year) as years,
        count(case when origin in ('computed', 'carried') then 1 end) as computed_count
    from zone_values
    group by indicator_id
),

refused as (
    select 'entropy' as method, max(entropy_refusal) as reason from {{ ref('int_green_index__indicators_diagnosed') }}
    union all
    select 'critic' as method, max(critic_refusal) as reason from {{ ref('int_green_index__indicators_diagnosed') }}
)

select
    'INDICATOR:' || indicator.indicator_id as gap_id,
    '绿色指数指标 / indicator ' || indicator.indicator_id || ' ' || indicator.name_cn as subject,
    case when known.indicator_id is null then '没有任何区域和年份有值：' else '不由本库计算，取填报值：' end || computation.lacks_cn as missing,
    case when known.indicator_id is null then '所在维度可能未评 / its dimension may not be rated'
        else '填报值不能追溯到监测和监管记录 / the reported value cannot be followed to records' end as effect,
    indicator.indicator_id as subject_key
from {{ ref('green_indicator') }} as indicator
inner join {{ ref('indicator_computation') }} as computation on computation.indicator_id = indicator.indicator_id
left join known on known.indicator_id = indicator.indicator_id
where
    known.indicator_id is null
    or (known.computed_count = 0 and indicator.source_table <> 'green_index.indicator_value')
union all
select
    'INDICATOR-YEAR:' || indicator.indicator_id as gap_id,
    '绿色指数指标 / indicator ' || indicator.indicator_id || ' ' || indicator.name_cn as subject,
    {{ to_text('known.first_year') }} || '—' || {{ to_text('known.last_year') }} || '年间缺'
    || {{ to_text('known.last_year - known.first_year + 1 - known.years') }} || '年 / years missing' as missing,
    '缺值年份与前后年不能比较 / those years cannot be compared' as effect,
    indicator.indicator_id as subject_key
from known
inner join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = known.indicator_id
where known.last_year - known.first_year + 1 > known.years
union all
select
    'INDICATOR-SAME:' || indicator.indicator_id as gap_id,
    '绿色指数指标 / indicator ' || indicator.indicator_id || ' ' || indicator.name_cn as subject,
    '各区域各年份的值都相同 / the same in all areas and years' as missing,
    '不区分区域和年份，不参加客观赋权 / tells no area or year apart, has no weight from data' as effect,
    indicator.indicator_id as subject_key
from {{ ref('int_green_index__indicators_diagnosed') }} as diagnosed
inner join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = diagnosed.indicator_id
where {{ list_has('diagnosed.flags', "'constant'") }}
union all
select
    'INDICATOR-OTHER:' || value.indicator_id as gap_id,
    '绿色指数指标表中的 / reported ' || coalesce(min(value.indicator_name), value.indicator_id) as subject,
    '不是本体系的指标，' || {{ to_text('count(*)') }} || ' 个值 / values of no indicator of the index' as missing,
    '未采用 / they are not used' as effect,
    value.indicator_id as subject_key
from {{ ref('stg_indicator__values') }} as value
left join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = trim(value.indicator_id)
where indicator.indicator_id is null
group by value.indicator_id
union all
select
    'INDICATOR-AREA:' || value.area as gap_id,
    '绿色指数指标表中的区域 / reported area ' || value.area as subject,
    '不是评价的区域，' || {{ to_text('count(*)') }} || ' 个值 / values of no area that is assessed' as missing,
    '未采用 / they are not used' as effect,
    value.area as subject_key
from {{ ref('stg_indicator__values') }} as value
left join {{ ref('int_green_index__areas_rated') }} as area
    on trim(value.area) in (area.area_id, area.name_cn) or {{ list_has('area.aliases', 'trim(value.area)') }}
where area.area_id is null and value.area is not null
group by value.area
union all
select
    'WEIGHT:' || method as gap_id,
    '绿色指数权重 / weights by ' || {{ code_word('method', 'weight_method') }} as subject,
    {{ code_word('reason', 'weight_refusal') }} as missing,
    '不给出该方法的权重；指数采用层次分析法 / no weights of that method; the index uses AHP' as effect,
    method as subject_key
from refused
where reason is not null
union all
select
    'MATRIX:' || expert_no || ':' || layer as gap_id,
    '判断矩阵 / matrix of expert ' || expert_no || '，' || replace({{ code_word('layer', 'dimension_of_index') }}, 'dimension', '各维度')
        as subject,
    {{ code_word('fault', 'matrix_fault') }}
    || coalesce('：' || {{ code_word('worst_row', 'dimension_of_index') }}, '')
    || coalesce('与' || {{ code_word('worst_column', 'dimension_of_index') }}, '') as missing,
    '未采用 / takes no part in the weights' as effect,
    expert_no || ':' || layer as subject_key
from {{ ref('int_green_index__matrices_judged') }}
where not is_accepted
union all
select
    'INDEX-FACT:' || rule.rule_id as gap_id,
    '绿色指数限制规则 / cap of the index ' || rule.condition_cn as subject,
    '评分事实中没有区域的该项事实 / 评分事实 states it of no area' as missing,
    '限制不起作用，不等于没有发生 / the cap does not act, which is not that nothing happened' as effect,
    rule.fact as subject_key
from {{ ref('green_rule') }} as rule
cross join {{ ref('int_inventory__assessment_year_chosen') }} as assessed
left join {{ ref('int_pilot__facts_stated') }} as stated
    on stated.object_kind = 'area_index' and stated.fact = rule.fact and stated.value is not null
    and stated.year = assessed.assessment_year
where
    rule.kind = 'veto' and rule.fact not in ('Q2_over_standard', 'sensitive_cr') and stated.fact is null
    and exists (select 1 from known)
