-- What the formulas lack: stages of a site of which a record cannot be computed, with the reason; and stages of which plants of the
-- manual's processes state nothing at all, counted. There the next tier of methods rules, and nothing is guessed.
with

failed as (
    select
        emission.enterprise_id,
        emission.stage,
        emission.reason_code,
        count(distinct emission.object_no) as object_count
    from {{ ref('formula_emission') }} as emission
    where emission.reason_code is not null
    group by emission.enterprise_id, emission.stage, emission.reason_code
),

expected as (
    select distinct
        recognised.enterprise_id,
        label.code as stage
    from {{ ref('int_inventory__processes_recognised') }} as recognised
    inner join {{ ref('process_unit') }} as process on process.process_id = recognised.process_id
    inner join
        {{ ref('code_label') }} as label
        on label.code_set = 'stage_of_process' and {{ list_has(text_to_list('process.stages'), 'label.code') }}
    where label.code in ('storage', 'loading', 'leaks', 'waste_water', 'cooling_water', 'flare')
),

stated as (
    select distinct enterprise_id, stage from {{ ref('formula_emission') }}
),

silent as (
    select
        expected.stage,
        count(*) as site_count,
        count(case when stated.enterprise_id is null then 1 end) as silent_count
    from expected
    left join stated
        on stated.enterprise_id = expected.enterprise_id and stated.stage = expected.stage
    group by expected.stage
)

select
    'FORMULA:' || failed.enterprise_id || ':' || failed.stage || ':' || failed.reason_code as gap_id,
    '公式法核算 / by formula ' || coalesce(site.name, failed.enterprise_id) as subject,
    stage.label_cn || '：' || reason.label_cn || ' / ' || stage.label_en || ': ' || reason.label_en as missing,
    '该环节不按公式核算，改用下一级方法（设施' || {{ to_text('failed.object_count') }} || '个） / the next tier of methods rules' as effect,
    failed.enterprise_id as subject_key
from failed
left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = failed.enterprise_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_process' and stage.code = failed.stage
left join {{ ref('code_label') }} as reason on reason.code_set = 'formula_reason' and reason.code = failed.reason_code
union all
select
    'FORMULA:' || silent.stage as gap_id,
    '公式法核算 / by formula ' || stage.label_cn as subject,
    {{ to_text('silent.silent_count') }} || '家企业没有提供输入（有该环节的' || {{ to_text('silent.site_count') }}
    || '家） / sites that state no inputs' as missing,
    '缺输入，改用下一级方法 / inputs missing: the next tier of methods rules' as effect,
    silent.stage as subject_key
from silent
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_process' and stage.code = silent.stage
where silent.silent_count > 0
