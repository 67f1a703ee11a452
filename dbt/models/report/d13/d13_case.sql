-- Cases: converted projects with what was put in, what came out, for how long they run and which gates speak for their effect.
with

shown as (
    select
        result.object_id as project_id,
        max(case when result.fact = 'baseline_measured' and result.passed then result.item end) as baseline,
        max(case when result.fact = 'indicator_improved' and result.passed then result.item end) as effect,
        max(case when result.fact = 'value_verified' and result.passed then result.item end) as proof,
        max(case when result.fact = 'replicable' and result.passed then result.item end) as spread
    from {{ ref('scoring_result') }} as result
    where result.rule_set = 'industry_plus' and result.kind = 'gate'
    group by result.object_id
),

running as (
    select object_id as project_id, max(value) as operating_months
    from {{ ref('scoring_fact') }}
    where rule_set = 'industry_plus' and fact = 'operating_months'
    group by object_id
)

select
    cast(row_number() over (order by project.row_no asc nulls last) as integer) as row_no,
    project.project_id,
    project.name_cn,
    project.category,
    project.industry,
    project.implementer,
    project.input_wan_yuan,
    project.value_wan_yuan,
    project.value_wan_yuan / nullif(project.input_wan_yuan, 0) as value_to_input,
    project.accounting_method,
    cast(running.operating_months as integer) as operating_months,
    project.evidence,
    shown.baseline,
    shown.effect,
    shown.proof,
    shown.spread
from {{ ref('d13_project') }} as project
inner join {{ ref('industry_plus') }} as plus on plus.project_id = project.project_id and plus.is_converted
left join shown on shown.project_id = project.project_id
left join running on running.project_id = project.project_id
