{{ config(materialized='view') }}

-- What each enterprise adds, through each kind of outlet, to a modelled level that people of a place are exposed to: at the place itself,
-- or, of sea food, in the mean of the area.
select
    level.place_id,
    level.medium,
    level.pollutant_id,
    contribution.enterprise_id,
    contribution.outlet_kind,
    contribution.concentration
from {{ ref('int_exposure__levels_placed') }} as level
inner join {{ ref('int_exposure__contributions_united') }} as contribution
    on
        contribution.place_id = level.place_id
        and contribution.medium = level.medium
        and contribution.pollutant_id = level.pollutant_id
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = contribution.year
where level.concentration_basis = 'modelled' and level.medium <> 'biota' and contribution.concentration > 0
union all
select
    level.place_id,
    level.medium,
    level.pollutant_id,
    contribution.enterprise_id,
    contribution.outlet_kind,
    contribution.concentration
from {{ ref('int_exposure__levels_placed') }} as level
inner join {{ ref('int_exposure__biota_contributions_averaged') }} as contribution on contribution.pollutant_id = level.pollutant_id
where level.concentration_basis = 'modelled' and level.medium = 'biota'
