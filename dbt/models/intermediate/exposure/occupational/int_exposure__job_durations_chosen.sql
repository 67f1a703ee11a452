-- Years that workers of each tested job stay in it: the survey's mean of the job where enough answered, else the value chosen for all
-- workers (exposure.exposure_factor).
with

setting as (
    select
        max(case when parameter_id = 'exposure_survey.minimum_n' then value end) as minimum_n,
        max(case when parameter_id = 'exposure_survey.largest_relative_error' then value end) as largest_relative_error
    from {{ ref('int_core__parameter_values_chosen') }}
),

every as (
    select max(chosen_value) as chosen_value
    from {{ ref('exposure_factor') }}
    where population_group = 'worker' and stratum = 'all' and parameter = 'exposure_duration_a'
),

tested as (
    select distinct job from {{ ref('int_exposure__workplaces_summarised') }}
)

select
    tested.job,
    case
        when
            estimate.n >= setting.minimum_n
            and estimate.standard_error <= setting.largest_relative_error * abs(estimate.mean)
            then estimate.mean
        else every.chosen_value
    end as exposure_duration_a
from tested
cross join setting
cross join every
left join {{ ref('int_exposure__survey_factors_estimated') }} as estimate
    on estimate.stratum_kind = 'job' and estimate.parameter = 'exposure_duration_a' and estimate.job = tested.job
