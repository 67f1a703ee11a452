-- Running share of each treatment facility in its newest period, none before the assessment year: the lowest that is stated of it.
with

newest as (
    select treatment.*
    from {{ ref('treatment') }} as treatment
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build
        on {{ period_year('treatment.period') }} >= build.assessment_year
    where treatment.run_rate is not null
    qualify
        rank() over (
            partition by treatment.enterprise_id, treatment.facility_no order by treatment.period desc nulls last
        ) = 1
),

facility as (
    select
        enterprise_id,
        facility_no,
        case
            when facility_no like min(source) || '-%' then coalesce('（' || min(technology) || '）', '')
            else facility_no || coalesce('（' || min(technology) || '）', '，')
        end as facility_cn,
        min(period) as period,
        min(run_rate) as run_rate
    from newest
    group by enterprise_id, facility_no
)

select
    enterprise_id,
    facility_no as object,
    'treatment_run_rate' as fact,
    run_rate as value,
    cast(null as boolean) as is_true,
    '治理设施' || facility_cn || {{ period_cn('period') }} || '投运率' || {{ percent_text('run_rate') }} || '%' as description,
    'inventory.treatment|' || enterprise_id || '|' || facility_no as evidence_key,
    cast(null as date) as newest_on
from facility
