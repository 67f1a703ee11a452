-- Concentration of each place by medium and pollutant, and what it rests on. Sensitive places and cells: modelled air with the
-- background; drinking water and biota as the mean of the area's sites, biota where none has detected it as modelled from the water;
-- soil and groundwater of the nearest site within the stated distance, else unknown. Monitoring sites: what was measured there.
-- Workshops: their own air. A mean of sites at which nothing was detected is a bound. Indicators and parameters are no substances; a
-- sum whose members are there is left to them.
with

place as (
    select place_id, place_kind, site_medium, longitude, latitude
    from {{ ref('int_exposure__places_united') }}
),

resident_place as (select * from place where place_kind in ('receptor', 'cell')),

setting as (
    select max(value) as distance_m from {{ ref('int_core__parameter_values_chosen') }} where parameter_id = 'risk.soil_distance_m'
),

level as (
    select measured.*, site.longitude, site.latitude
    from {{ ref('int_exposure__site_levels_measured') }} as measured
    inner join place as site on site.place_id = measured.site_id
    where measured.concentration is not null
),

area_mean as (
    select
        medium,
        pollutant_id,
        min(unit) as unit,
        coalesce(
            {{ exact_mean('case when not is_bounding then concentration end') }},
            max(case when is_bounding then concentration end)
        ) as concentration,
        min(case when is_bounding then 1 else 0 end) = 1 as is_bounding,
        {{ exact_mean('case when not is_bounding then low_ratio end') }} as low_ratio,
        {{ exact_mean('case when not is_bounding then high_ratio end') }} as high_ratio
    from level
    where medium in ('drinking_water', 'biota')
    group by medium, pollutant_id
),

-- without a background: what a site of biota has detected stands as measured
sea_food as (
    select pollutant_id, min(unit) as unit, {{ exact_sum('concentration * 1e12') }} / 1e12 as concentration
    from {{ ref('int_exposure__biota_contributions_averaged') }}
    group by pollutant_id
),

nearest as (
    select resident_place.place_id, level.*
    from resident_place
    cross join setting
    inner join level
        on
            level.medium in ('soil', 'groundwater')
            and {{ metres_between('resident_place.longitude', 'resident_place.latitude', 'level.longitude', 'level.latitude') }}
            <= setting.distance_m
    qualify row_number() over (
        partition by resident_place.place_id, level.medium, level.pollutant_id
        order by
            {{ metres_between('resident_place.longitude', 'resident_place.latitude', 'level.longitude', 'level.latitude') }}
            asc nulls last,
            level.site_id asc nulls last
    ) = 1
),

-- the mean of the jobs of a workshop; exposure.occupational has each
workshop as (
    select
        place_id,
        pollutant_id,
        coalesce({{ exact_mean('twa_mg_m3') }}, max(twa_upper_mg_m3)) * 1000 as concentration,
        count(twa_mg_m3) = 0 as is_bounding
    from {{ ref('occupational') }}
    group by place_id, pollutant_id
),

united as (
    select
        resident_place.place_id, modelled.medium, modelled.pollutant_id,
        coalesce(modelled.concentration, 0) + coalesce(modelled.background, 0) as concentration,
        modelled.unit, 'modelled' as concentration_basis,
        cast(null as double) as low_ratio, cast(null as double) as high_ratio
    from {{ ref('modelled_concentration') }} as modelled
    inner join resident_place on resident_place.place_id = modelled.place_id
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = modelled.year
    where modelled.medium = 'ambient_air' and coalesce(modelled.concentration, 0) + coalesce(modelled.background, 0) > 0
    union all
    select
        resident_place.place_id, 'biota' as medium, sea_food.pollutant_id, sea_food.concentration, sea_food.unit,
        'modelled' as concentration_basis, null as low_ratio, null as high_ratio
    from resident_place
    cross join sea_food
    union all
    select
        resident_place.place_id, area_mean.medium, area_mean.pollutant_id, area_mean.concentration, area_mean.unit,
        case when area_mean.is_bounding then 'bounding' else 'measured' end as concentration_basis,
        area_mean.low_ratio, area_mean.high_ratio
    from resident_place
    cross join area_mean
    union all
    select
        place_id, medium, pollutant_id, concentration, unit,
        case when is_bounding then 'bounding' else 'measured' end as concentration_basis, low_ratio, high_ratio
    from nearest
    union all
    select
        level.site_id, level.medium, level.pollutant_id, level.concentration, level.unit,
        case when level.is_bounding then 'bounding' else 'measured' end as concentration_basis,
        level.low_ratio, level.high_ratio
    from level
    inner join place on place.place_id = level.site_id
    where level.medium in ('ambient_air', 'drinking_water', 'soil')
    union all
    select
        place_id, 'workplace_air' as medium, pollutant_id, concentration, 'ug/m3' as unit,
        case when is_bounding then 'bounding' else 'measured' end as concentration_basis, null as low_ratio, null as high_ratio
    from workshop
    where concentration > 0
),

substance as (
    select united.*, pollutant.part_of
    from united
    inner join {{ ref('chemical') }} as pollutant
        on pollutant.pollutant_id = united.pollutant_id and pollutant.pollutant_kind in ('substance', 'mixture', 'group')
    -- what was measured stands before what was modelled of the same medium
    qualify row_number() over (
        partition by united.place_id, united.medium, united.pollutant_id
        order by case concentration_basis when 'measured' then 1 when 'modelled' then 2 else 3 end asc nulls last
    ) = 1
),

member as (
    select distinct place_id, medium, part_of
    from substance
    where part_of is not null and concentration_basis <> 'bounding'
)

select
    substance.place_id, substance.medium, substance.pollutant_id, substance.concentration, substance.unit,
    substance.concentration_basis, substance.low_ratio, substance.high_ratio
from substance
left join member
    on
        member.place_id = substance.place_id
        and member.medium = substance.medium
        and member.part_of = substance.pollutant_id
where member.place_id is null
