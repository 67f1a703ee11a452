{# Jobs with their exposure against the limits and the class of GBZ/T 298, EPA's inhalation method beside them; worst first. The mart's
   cancer risk is that of the years worked so far; beside it the same exposure over the working life that the risks of the zone take
   (the national value of exposure_factor), so that both chapters can be compared. Where IARC's class has changed since GBZ 2.1, the new one is added to
   the notation. #}
with

life as (
    select max(national_default) as working_years
    from {{ ref('exposure_factor') }}
    where population_group = 'worker' and parameter = 'exposure_duration_a' and stratum = 'all'
),

job as (
    select
        *,
        case when cancer_risk > 0.01 then -ln(1 - cancer_risk) else cancer_risk end as linear_risk,
        nullif({{ list_text('notations', '、') }}, '') as notation_text
    from {{ ref('occupational') }}
)

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
    case
        when
            regexp_extract(job.notation_text, 'G([0-9][AB]?)', 1) <> ''
            and regexp_extract(job.notation_text, 'G([0-9][AB]?)', 1) <> regexp_extract(pollutant.iarc_group, '^([0-9][AB]?)', 1)
            then job.notation_text || '（IARC现为' || regexp_extract(pollutant.iarc_group, '^([0-9][AB]?)', 1) || '）'
        else job.notation_text
    end as notations,
    case when job.is_over_action_level then '是' when not job.is_over_action_level then '否' end as over_action_level,
    job.gbz298_class,
    job.exposure_duration_a,
    job.cancer_risk,
    {{ cancer_risk('job.linear_risk * life.working_years / job.exposure_duration_a') }} as working_life_cancer_risk,
    job.hazard_quotient
from job
cross join life
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = job.enterprise_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = job.pollutant_id
