-- Occupational exposure by workshop, job and substance: by GBZ 2.1 against the limit in force, by GBZ/T 298 as a class, and beside both
-- the risk by EPA's inhalation method for the same worker. Never by HJ 875, which is for people who are not at work.
with

rule as (
    select
        max(case when rule_id = 'OEL-ACTION' then {{ try_double('value') }} end) as action_level,
        max(case when rule_id = 'OEL-PEAK-3' then {{ try_double('value') }} end) as peak_limit,
        max(case when rule_id = 'OEL-PEAK-5' then {{ try_double('value') }} end) as peak_ceiling
    from {{ ref('occupational_rule') }}
),

grade as (
    select cast({{ try_double('value') }} as integer) as grade, lower_bound
    from {{ ref('occupational_rule') }}
    where topic = 'GBZ/T 298 exposure grade' and lower_bound is not null
),

worker as (
    select
        max(case when parameter_id = 'exposure_time' and population = 'worker' then value end) as time_h_d,
        max(case when parameter_id = 'exposure_frequency' and population = 'worker' then value end) as frequency_d_a,
        max(case when parameter_id = 'averaging_time_cancer_epa' then value end) as lifetime_d
    from {{ ref('dose_parameter') }}
    where verified <> 'doubtful'
),

graded as (
    select
        measured.*,
        coalesce(measured.exposure_ratio, measured.exposure_ratio_upper) as graded_ratio,
        hazard.hazard_grade,
        duration.exposure_duration_a,
        toxicity.cancer_potency as unit_risk_per_ug_m3,
        toxicity.reference_value as reference_ug_m3
    from {{ ref('int_exposure__workplaces_limited') }} as measured
    left join {{ ref('int_exposure__hazard_grades_found') }} as hazard on hazard.pollutant_id = measured.pollutant_id
    left join {{ ref('int_exposure__toxicity_values_chosen') }} as toxicity
        on toxicity.pollutant_id = measured.pollutant_id and toxicity.population = 'worker' and toxicity.route = 'inhalation'
    left join {{ ref('int_exposure__job_durations_chosen') }} as duration on duration.job = measured.job
),

reached as (
    select graded.place_id, graded.job, graded.pollutant_id, max(grade.grade) as exposure_grade
    from graded
    inner join grade on grade.lower_bound <= graded.graded_ratio
    group by graded.place_id, graded.job, graded.pollutant_id
),

classed as (
    select graded.*, reached.exposure_grade
    from graded
    left join reached
        on reached.place_id = graded.place_id and reached.job = graded.job and reached.pollutant_id = graded.pollutant_id
),

risked as (
    select
        classed.*,
        {{ exposure_concentration(
            'classed.twa_mg_m3 * 1000.0', 'worker.time_h_d', 'worker.frequency_d_a', 'classed.exposure_duration_a',
            'worker.lifetime_d') }}
            as lifetime_concentration_ug_m3,
        {{ exposure_concentration(
            'classed.twa_mg_m3 * 1000.0', 'worker.time_h_d', 'worker.frequency_d_a', 'classed.exposure_duration_a',
            'classed.exposure_duration_a * 365.0') }}
            as exposure_concentration_ug_m3
    from classed
    cross join worker
)

select
    risked.place_id,
    risked.enterprise_id,
    risked.job,
    risked.pollutant_id,
    risked.tested_year,
    risked.headcount,
    risked.n,
    risked.nondetect_count,
    risked.twa_mg_m3,
    risked.twa_upper_mg_m3,
    risked.twa_max_mg_m3,
    risked.stel_mg_m3,
    risked.pc_twa_mg_m3,
    risked.pc_stel_mg_m3,
    risked.mac_mg_m3,
    risked.limit_verified,
    risked.ratio_basis,
    risked.exposure_ratio,
    risked.exposure_ratio_upper,
    risked.stel_ratio,
    risked.shift_hours_h as shift_hours,
    risked.week_hours_h as week_hours,
    risked.oel_reduction_factor,
    risked.peak_ratio,
    {{ list_distinct_of([
        "case when risked.skin = 'yes' then '皮' end", "case when risked.sensitiser = 'yes' then '敏' end", 'risked.carcinogen',
    ]) }} as notations,
    case
        when risked.exposure_ratio is not null then risked.exposure_ratio >= rule.action_level
        when risked.exposure_ratio_upper < rule.action_level then false
    end as is_over_action_level,
    risked.exposure_duration_a,
    {{ cancer_risk(linear_risk('risked.unit_risk_per_ug_m3', 'risked.lifetime_concentration_ug_m3')) }} as cancer_risk,
    {{ hazard_quotient('risked.exposure_concentration_ug_m3', 'risked.reference_ug_m3') }} as hazard_quotient,
    risked.hazard_grade,
    cast(risked.exposure_grade as integer) as exposure_grade,
    {{ gbz298_class('risked.hazard_grade', 'risked.exposure_grade') }} as gbz298_class,
    {{ list_distinct_of([
        "case when not risked.has_limit then 'OEL-UNKNOWN' end",
        "case when risked.ratio_basis = 'PC_TWA' and risked.exposure_ratio > 1 then 'OEL-OVER-TWA' end",
        "case when risked.ratio_basis = 'MAC' and risked.exposure_ratio > 1 then 'OEL-OVER-MAC' end",
        "case when risked.stel_ratio > 1 then 'OEL-OVER-STEL' end",
        "case when risked.pc_stel_mg_m3 is null and risked.peak_ratio > rule.peak_ceiling then 'OEL-PEAK-OVER-5'
              when risked.pc_stel_mg_m3 is null and risked.peak_ratio > rule.peak_limit then 'OEL-PEAK-OVER-3' end",
        "case when risked.twa_mg_m3 is null and risked.nondetect_count > 0 then 'TWA-NONDETECT' end",
        "case when risked.has_limitless_nondetect then 'TWA-NONDETECT-NO-LIMIT' end",
        "case when risked.has_unit_unknown then 'TWA-UNIT-UNKNOWN' end",
        "case when risked.shift_hours_h is null then 'SHIFT-UNKNOWN' end",
        "case when risked.shift_hours_h is not null and risked.week_hours_h is null then 'SHIFT-WEEK-UNKNOWN' end",
        "case when risked.is_shift_contradictory then 'SHIFT-CONTRADICTORY' end",
        "case when risked.oel_reduction_factor = 0 then 'SHIFT-WHOLE-DAY' end",
        "case when risked.hazard_grade is null then 'HAZARD-GRADE-UNKNOWN' end",
        "case when risked.unit_risk_per_ug_m3 is null and risked.reference_ug_m3 is null then 'TOXICITY-UNKNOWN' end",
    ]) }} as reason_codes,
    risked._origin
from risked
cross join rule
