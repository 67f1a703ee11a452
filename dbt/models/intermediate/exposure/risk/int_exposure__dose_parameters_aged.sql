-- Parameters of a dose for each group and range of ages within which neither the early-life factor nor the class of HJ 25.3 (child
-- under 6, adult from 6 on) changes. Of several rows of a parameter the years shared weigh; where no row covers the ages, the nearest
-- row of the class stands. A group's own rows stand before those of all residents. Doubtful rows decide nothing.
with

usable as (
    select * from {{ ref('dose_parameter') }} where verified <> 'doubtful'
),

band as (
    select
        people.population_group,
        people.toxicity_population,
        greatest(people.age_low, early.age_low, class.age_low) as age_low,
        least(people.age_high, early.age_high, class.age_high) as age_high,
        early.value as adaf
    from {{ ref('risk_population') }} as people
    inner join usable as early
        on early.parameter_id = 'adaf' and early.age_low < people.age_high and early.age_high > people.age_low
    inner join usable as class
        on
            class.parameter_id = 'hj25_body_weight'
            and class.age_low < least(people.age_high, early.age_high)
            and class.age_high > greatest(people.age_low, early.age_low)
),

candidate as (
    select
        band.population_group,
        band.age_low,
        band.age_high,
        parameter.parameter_id,
        parameter.value,
        case when parameter.population = band.population_group then 1 else 0 end as is_own,
        {{ years_shared('band.age_low', 'band.age_high', 'parameter.age_low', 'parameter.age_high') }} as years,
        greatest(0.0, parameter.age_low - band.age_high, band.age_low - parameter.age_high) as years_apart
    from band
    inner join usable as parameter
        on
            parameter.parameter_id in (
                'hj25_body_weight', 'hj25_height', 'skin_exposed_fraction', 'soil_ingestion', 'soil_adherence',
                'dermal_events_soil', 'dermal_events_water', 'water_intake', 'seafood_intake', 'seafood_local_fraction',
                'shower_time', 'fraction_absorbed_water', 'exposure_frequency', 'exposure_time'
            )
            and (
                parameter.population = band.population_group
                or (
                    band.toxicity_population = 'resident'
                    and parameter.population in ('resident_child', 'resident_adult', 'resident_life')
                )
            )
            and (band.age_low >= 6 or parameter.age_low < 6)
            and (band.age_low < 6 or parameter.age_high > 6)
),

nearest as (
    select *
    from candidate
    qualify rank() over (
        partition by population_group, age_low, parameter_id
        order by
            case when years > 0 then is_own else 0 end desc nulls last,
            case when years > 0 then 0 else 1 + years_apart end asc nulls last
    ) = 1
),

averaged as (
    select
        population_group,
        age_low,
        parameter_id,
        {{ exact_sum('value * case when years > 0 then years else 1.0 end') }}
        / {{ exact_sum('case when years > 0 then years else 1.0 end') }} as value
    from nearest
    group by population_group, age_low, parameter_id
)

select
    band.population_group,
    band.age_low,
    band.age_high,
    band.adaf,
    {% for name in [
        'hj25_body_weight', 'hj25_height', 'skin_exposed_fraction', 'soil_ingestion', 'soil_adherence', 'dermal_events_soil',
        'dermal_events_water', 'water_intake', 'seafood_intake', 'seafood_local_fraction', 'shower_time',
        'fraction_absorbed_water', 'exposure_frequency', 'exposure_time'
    ] -%}
    max(case when averaged.parameter_id = '{{ name }}' then averaged.value end) as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
from band
left join averaged on averaged.population_group = band.population_group and averaged.age_low = band.age_low
group by band.population_group, band.age_low, band.age_high, band.adaf
