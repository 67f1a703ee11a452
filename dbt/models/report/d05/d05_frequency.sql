{# How often is measured, a line a medium and link, a column a grade. On-line rules stand beside the manual ones. #}
with

rule as (
    select
        frequency.medium,
        frequency.chain_role,
        frequency.frequency = 'continuous' as is_continuous,
        frequency.grade,
        label.label_cn || coalesce('×' || {{ to_text('frequency.samples_per_period') }}, '') as often,
        frequency.pollutant_scope,
        {{ articles_together('frequency.legal_basis') }} as legal_basis
    from {{ ref('monitoring_frequency') }} as frequency
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = frequency.frequency
),

joined as (
    select
        medium,
        chain_role,
        is_continuous,
        coalesce(max(case when grade = 1 then often end), '—') as red,
        coalesce(max(case when grade = 2 then often end), '—') as orange,
        coalesce(max(case when grade = 3 then often end), '—') as yellow,
        coalesce(max(case when grade = 4 then often end), '—') as blue,
        {{ value_at_max('pollutant_scope', '-grade') }} as scope,
        {{ value_at_max('legal_basis', '-grade') }} as legal_basis
    from rule
    group by medium, chain_role, is_continuous
)

select
    cast(
        row_number() over (
            order by joined.is_continuous asc nulls last, medium.sort_no asc nulls last, role.sort_no asc nulls last
        ) as integer
    ) as row_no,
    joined.medium as medium_code,
    joined.chain_role as chain_role_code,
    joined.is_continuous,
    medium.label_cn as medium,
    role.label_cn as chain_role,
    joined.red,
    joined.orange,
    joined.yellow,
    joined.blue,
    joined.scope,
    joined.legal_basis
from joined
left join {{ ref('code_label') }} as medium on medium.code_set = 'medium_of_environment' and medium.code = joined.medium
left join {{ ref('code_label') }} as role on role.code_set = 'chain_role' and role.code = joined.chain_role
