-- Results in the environment that count as detections or not (never waste gas, waste water or workshops), since the first of January
-- of the assessment year less the look-back. A result that does not say its averaging time has that of seed screening_averaging
-- and says so. `usable_limit`: the limit of a non-detect, unless it is above the level of risk in air (1e-6 by the unit risk, or
-- the RfC, of residents): such a non-detect proves nothing.
with

build as (
    select
        chosen.assessment_year,
        max(case when parameter.parameter_id = 'screening.detection_years' then parameter.value end) as years_back
    from {{ ref('int_inventory__assessment_year_chosen') }} as chosen
    cross join {{ ref('int_core__parameter_values_chosen') }} as parameter
    group by chosen.assessment_year
),

{# an hourly station that no site list names measures air when its unit is one of air #}
placed as (
    select
        result.*,
        coalesce(
            result.medium, case when result.source_kind = 'station' and result.unit = 'ug/m3' then 'ambient_air' end
        ) as known_medium
    from {{ ref('int_exposure__results_converted') }} as result
)

select
    placed.pollutant_id,
    placed.known_medium as medium,
    coalesce(placed.averaging_time, assumed.averaging_time) as averaging_time,
    placed.averaging_time is null and coalesce(assumed.averaging_time <> 'grab', false) as is_averaging_assumed,
    placed.site_id,
    site_function.water_function,
    placed.unit,
    cast(placed.sampled_at as date) as sampled_on,
    not placed.is_nondetect and placed.value > 0 as is_detected,
    case when not placed.is_nondetect and placed.value > 0 then placed.value end as detected_value,
    case
        when
            placed.is_nondetect
            and not coalesce(
                placed.known_medium = 'ambient_air' and placed.unit = 'ug/m3'
                and placed.detection_limit > risk_level.level,
                false
            )
            then placed.detection_limit
    end as usable_limit
from placed
cross join build
left join {{ ref('int_exposure__risk_levels_derived') }} as risk_level
    on risk_level.pollutant_id = placed.pollutant_id and risk_level.unit = 'ug/m3'
left join {{ ref('stg_monitoring__samples') }} as record on record._record_id = placed._record_id
-- a word that nobody knows is no silence
left join {{ ref('screening_averaging') }} as assumed
    on
        assumed.medium = placed.known_medium
        and placed.source_kind = 'sample'
        and record.averaging_time_word is null
left join {{ ref('int_exposure__site_functions_found') }} as site_function on site_function.site_id = placed.site_id
where
    placed.known_medium in (select standard.medium from {{ ref('screening_standard') }} as standard)
    and not placed.is_flagged
    and (placed.is_nondetect or placed.value is not null)
    and year(placed.sampled_at) > build.assessment_year - build.years_back
