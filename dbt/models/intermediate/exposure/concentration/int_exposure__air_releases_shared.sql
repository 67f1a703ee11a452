-- Releases of the assessment year that go to the air, or could: air_share is 1 where the record states air. Where it states no medium it is
-- the share of seed unstated_medium_share if the area takes shares (dispersion.unstated_medium_by_share), else null: unknown.
select
    emission.enterprise_id,
    emission.outlet_id,
    emission.medium,
    emission.pollutant_id,
    emission.year,
    emission.quality,
    emission.emission_t,
    emission.emission_low_t,
    emission.emission_high_t,
    case
        when emission.medium = 'air' then 1.0
        when choice.value = 1 then split.share
    end as air_share
from {{ ref('emission') }} as emission
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
inner join {{ ref('int_core__parameter_values_chosen') }} as choice on choice.parameter_id = 'dispersion.unstated_medium_by_share'
left join {{ ref('unstated_medium_share') }} as split
    on split.pollutant_id = emission.pollutant_id and split.medium = 'air' and split.verified <> 'doubtful'
where emission.medium in ('air', 'unspecified') and emission.enterprise_id not like '%-000'
