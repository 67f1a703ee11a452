-- Each substance at each job beside the limit in force on the day of the test and the factor by which a long shift lowers PC-TWA. A
-- doubtful limit is none. Where the file does not say the form of a substance its strictest form counts. PC-STEL and MAC stay as they are.
-- Who works round the clock has no time to recover: the factor is 0, and no ratio can be said.
with

limited as (
    select
        measured.*,
        limits.pc_twa as pc_twa_mg_m3,
        limits.pc_stel as pc_stel_mg_m3,
        limits.mac as mac_mg_m3,
        coalesce(limits.pc_twa, limits.mac) as strictest_mg_m3,
        limits.skin,
        limits.sensitiser,
        limits.carcinogen,
        limits.effect_group,
        limits.cas_no is not null as has_limit,
        limits.verified as limit_verified,
        {{ origin_seed('occupational_limit', 'limits', {
            'pc_twa_mg_m3': 'pc_twa', 'pc_stel_mg_m3': 'pc_stel', 'mac_mg_m3': 'mac', 'notations': 'carcinogen'}) }}
            as limit_origin
    from {{ ref('int_exposure__workplaces_summarised') }} as measured
    left join {{ seed_rows('occupational_limit') }} as limits
        on limits.cas_no = measured.pollutant_id
        and limits.form_is_default = 'yes'
        and limits.verified <> 'doubtful'
        and (limits.valid_from is null or limits.valid_from <= measured.tested_on)
        and (limits.valid_to is null or limits.valid_to >= measured.tested_on)
    qualify
        row_number() over (
            partition by measured.place_id, measured.job, measured.pollutant_id
            order by strictest_mg_m3 asc nulls last, limits._line asc nulls last
        ) = 1
),

staffed as (
    select
        limited.*,
        job.headcount,
        job.shift_hours_h,
        job.week_hours_h,
        coalesce(job.is_contradictory, false) as is_shift_contradictory,
        {{ day_reduction_factor('job.shift_hours_h') }} as day_factor,
        case when job.week_hours_h is not null then {{ week_reduction_factor('job.week_hours_h') }} else 1.0 end as week_factor,
        job._origin as job_origin
    from limited
    left join {{ ref('int_exposure__jobs_staffed') }} as job
        on job.place_id = limited.place_id and job.job = limited.job
),

reduced as (
    select
        staffed.*,
        case when shift_hours_h is not null then least(day_factor, week_factor) end as oel_reduction_factor
    from staffed
)

select
    place_id,
    enterprise_id,
    job,
    pollutant_id,
    tested_year,
    tested_on,
    n,
    nondetect_count,
    has_unit_unknown,
    has_limitless_nondetect,
    headcount,
    twa_mg_m3,
    twa_upper_mg_m3,
    twa_max_mg_m3,
    stel_mg_m3,
    stel_upper_mg_m3,
    pc_twa_mg_m3,
    pc_stel_mg_m3,
    mac_mg_m3,
    has_limit,
    limit_verified,
    skin,
    sensitiser,
    carcinogen,
    effect_group,
    shift_hours_h,
    week_hours_h,
    is_shift_contradictory,
    oel_reduction_factor,
    case
        when pc_twa_mg_m3 is not null then twa_mg_m3 / nullif(pc_twa_mg_m3 * coalesce(oel_reduction_factor, 1.0), 0)
        when mac_mg_m3 is not null then greatest(coalesce(stel_mg_m3, twa_max_mg_m3), coalesce(twa_max_mg_m3, stel_mg_m3)) / mac_mg_m3
    end as exposure_ratio,
    case
        when pc_twa_mg_m3 is not null then twa_upper_mg_m3 / nullif(pc_twa_mg_m3 * coalesce(oel_reduction_factor, 1.0), 0)
        when mac_mg_m3 is not null then coalesce(stel_upper_mg_m3, twa_upper_mg_m3) / mac_mg_m3
    end as exposure_ratio_upper,
    case when pc_twa_mg_m3 is not null then 'PC_TWA' when mac_mg_m3 is not null then 'MAC' end as ratio_basis,
    stel_mg_m3 / pc_stel_mg_m3 as stel_ratio,
    stel_mg_m3 / pc_twa_mg_m3 as peak_ratio,
    {{ origin_join(['_origin', 'limit_origin', 'job_origin']) }} as _origin
from reduced
