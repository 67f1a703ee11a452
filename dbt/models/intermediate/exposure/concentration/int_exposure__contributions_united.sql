{{ config(materialized='view') }}

-- What each enterprise adds at a place through each kind of outlet, in every modelled medium.
select
    place_id,
    place_kind,
    'ambient_air' as medium,
    pollutant_id,
    enterprise_id,
    coalesce(outlet_kind, 'unknown') as outlet_kind,
    year,
    concentration,
    'ug/m3' as unit
from {{ ref('int_exposure__air_contributions_summed') }}
union all
select
    place_id,
    place_kind,
    medium,
    pollutant_id,
    enterprise_id,
    outlet_kind,
    year,
    concentration,
    unit
from {{ ref('int_exposure__water_contributions_diluted') }}
