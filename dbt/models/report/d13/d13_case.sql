-- Cases: converted projects with what was put in, what came out and for how long they run. What speaks for their effect: d13_proof.
with

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
    project.evidence
from {{ ref('d13_project') }} as project
inner join {{ ref('industry_plus') }} as plus on plus.project_id = project.project_id and plus.is_converted
left join running on running.project_id = project.project_id
