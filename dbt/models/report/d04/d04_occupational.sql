{# Jobs with their exposure against the limits and the class of GBZ/T 298, EPA's inhalation method beside them; worst first. #}
select
    cast(row_number() over (
        order by job.exposure_ratio desc nulls last, job.place_id asc nulls last, job.job asc nulls last, job.pollutant_id asc nulls last
    ) as integer) as row_no,
    job.place_id,
    job.job,
    job.pollutant_id,
    enterprise.name as enterprise_name,
    pollutant.name_cn,
    job.headcount,
    job.n,
    job.twa_mg_m3,
    job.pc_twa_mg_m3,
    job.oel_reduction_factor,
    job.exposure_ratio,
    job.stel_ratio,
    job.peak_ratio,
    {{ list_text('job.notations', '、') }} as notations,
    case when job.is_over_action_level then '是' when not job.is_over_action_level then '否' end as over_action_level,
    job.gbz298_class,
    job.cancer_risk,
    job.hazard_quotient
from {{ ref('occupational') }} as job
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = job.enterprise_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = job.pollutant_id
