-- What the modelled sources add at each place; the background stands beside it and is not in it.
with

added as (
    select
        place_id,
        place_kind,
        'ambient_air' as medium,
        pollutant_id,
        year,
        'ug/m3' as unit,
        concentration,
        concentration_low,
        concentration_high
    from {{ ref('int_exposure__air_concentrations_summed') }}
    union all
    select
        place_id,
        place_kind,
        medium,
        pollutant_id,
        year,
        unit,
        {{ exact_sum('concentration * 1e9') }} / 1e9 as concentration,
        {{ exact_sum('concentration_low * 1e9') }} / 1e9 as concentration_low,
        {{ exact_sum('concentration_high * 1e9') }} / 1e9 as concentration_high
    from {{ ref('int_exposure__water_contributions_diluted') }}
    group by place_id, place_kind, medium, pollutant_id, year, unit
)

select
    added.place_id,
    added.place_kind,
    added.medium,
    added.pollutant_id,
    cast(added.year as integer) as year,
    added.concentration,
    added.concentration_low,
    added.concentration_high,
    background.background,
    added.unit
from added
left join {{ ref('int_exposure__backgrounds_measured') }} as background
    on background.medium = added.medium and background.unit = added.unit and background.pollutant_id = added.pollutant_id
