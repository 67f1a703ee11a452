{# What can be counted of an acceptance standard from the pilot's own files, in words with the unit of the standard. A count is
   not a judgement: whether it meets the standard is read beside it. #}
with

counts as (
    select 'D13' as deliverable_id, count(*) as result_count, '个转化项目' as unit from {{ ref('stg_pilot__industries') }}
    union all
    select
        'D16' as deliverable_id,
        count(distinct coalesce(credit_code, enterprise_name)) as result_count,
        '家企业开放设施' as unit
    from {{ ref('stg_pilot__open_days') }}
    union all
    select 'D17' as deliverable_id, count(distinct venue) as result_count, '个宣传阵地' as unit
    from {{ ref('stg_pilot__venues') }}
    union all
    select 'D18' as deliverable_id, count(distinct expert_key) as result_count, '名专家' as unit
    from {{ ref('stg_pilot__experts') }}
)

select
    deliverable_id,
    cast(result_count as integer) as result_count,
    {{ to_text('result_count') }} || unit as counted_achieved
from counts
where result_count > 0
