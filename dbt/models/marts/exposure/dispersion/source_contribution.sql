-- Share of each enterprise, by kind of outlet, in what the modelled sources add at a place; those below the least share are one row
-- (enterprise_id pooled). The shares of a place, medium and pollutant sum to 1. Of a cell that nobody lives in nobody asks who pollutes it.
with

place as (
    select place_id
    from {{ ref('int_exposure__places_united') }}
    where place_kind <> 'cell' or people > 0
),

shared as (
    select
        added.place_id,
        added.medium,
        added.pollutant_id,
        added.enterprise_id,
        added.outlet_kind,
        cast(added.year as integer) as year,
        added.concentration / total.concentration as share,
        added.concentration,
        added.unit,
        added.concentration / total.concentration >= least.value as is_named
    from {{ ref('int_exposure__contributions_united') }} as added
    inner join place on place.place_id = added.place_id
    inner join {{ ref('modelled_concentration') }} as total
        on total.place_id = added.place_id
        and total.medium = added.medium
        and total.pollutant_id = added.pollutant_id
        and total.year = added.year
    inner join {{ ref('int_core__parameter_values_chosen') }} as least on least.parameter_id = 'dispersion.pooled_share'
    where added.concentration > 0
)

select
    place_id,
    medium,
    pollutant_id,
    enterprise_id,
    outlet_kind,
    year,
    share,
    concentration,
    unit,
    1 as source_count
from shared
where is_named
union all
select
    place_id,
    medium,
    pollutant_id,
    'pooled' as enterprise_id,
    'unknown' as outlet_kind,
    year,
    {{ exact_sum('share') }} as share,
    {{ exact_sum('concentration * 1e9') }} / 1e9 as concentration,
    unit,
    cast(count(*) as integer) as source_count
from shared
where not is_named
group by place_id, medium, pollutant_id, year, unit
