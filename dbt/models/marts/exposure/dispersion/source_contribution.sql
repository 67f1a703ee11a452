-- Share of each enterprise, by kind of outlet, in what the modelled sources add at a place; those below the least share are one row
-- (enterprise_id pooled). The shares of a place, medium and pollutant sum to 1.
with

shared as (
    select
        added.*,
        added.concentration / total.concentration as share
    from {{ ref('int_exposure__contributions_united') }} as added
    inner join {{ ref('modelled_concentration') }} as total
        on total.place_id = added.place_id
        and total.medium = added.medium
        and total.pollutant_id = added.pollutant_id
        and total.year = added.year
    where added.concentration > 0
),

named as (
    select
        shared.place_id,
        shared.medium,
        shared.pollutant_id,
        case when shared.share >= least.value then shared.enterprise_id else 'pooled' end as enterprise_id,
        case when shared.share >= least.value then shared.outlet_kind else 'unknown' end as outlet_kind,
        shared.year,
        shared.unit,
        shared.share,
        shared.concentration
    from shared
    inner join {{ ref('int_core__parameter_values_chosen') }} as least on least.parameter_id = 'dispersion.pooled_share'
)

select
    place_id,
    medium,
    pollutant_id,
    enterprise_id,
    outlet_kind,
    cast(year as integer) as year,
    {{ exact_sum('share') }} as share,
    {{ exact_sum('concentration * 1e9') }} / 1e9 as concentration,
    unit,
    cast(count(*) as integer) as source_count
from named
group by place_id, medium, pollutant_id, enterprise_id, outlet_kind, year, unit
