-- What each enterprise adds to the sea food of the area: the mean over the sites of biota at which the pollutant is modelled (water ×
-- bioconcentration factor). People eat from the whole area, so that this is the level of every place.
with

added as (
    select contribution.*
    from {{ ref('int_exposure__water_contributions_diluted') }} as contribution
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = contribution.year
    where contribution.medium = 'biota' and contribution.concentration > 0
),

site as (
    select pollutant_id, count(distinct place_id) as n
    from added
    group by pollutant_id
)

select
    added.pollutant_id,
    added.enterprise_id,
    added.outlet_kind,
    {{ exact_sum('added.concentration * 1e12') }} / 1e12 / max(site.n) as concentration,
    min(added.unit) as unit
from added
inner join site on site.pollutant_id = added.pollutant_id
group by added.pollutant_id, added.enterprise_id, added.outlet_kind
