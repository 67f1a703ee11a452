-- What each outlet releases to the air in the assessment year, as a mean rate: t/a over 8760 h. A release whose medium nobody
-- states could all have gone to the air: it stands in the high end only.
with

released as (
    select
        emission.outlet_id,
        emission.enterprise_id,
        emission.pollutant_id,
        emission.year,
        {{ exact_sum("case when emission.medium = 'air' then emission.emission_t end") }} as emission_t,
        {{ exact_sum("case when emission.medium = 'air' then coalesce(emission.emission_low_t, emission.emission_t) end") }}
            as emission_low_t,
        {{ exact_sum('coalesce(emission.emission_high_t, emission.emission_t)') }} as emission_high_t
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    where emission.medium in ('air', 'unspecified') and emission.enterprise_id not like '%-000'
    group by emission.outlet_id, emission.enterprise_id, emission.pollutant_id, emission.year
)

select
    released.outlet_id,
    released.enterprise_id,
    outlet.outlet_kind,
    released.pollutant_id,
    released.year,
    released.emission_t * 1e6 / (8760 * 3600) as emission_g_s,
    released.emission_low_t * 1e6 / (8760 * 3600) as emission_low_g_s,
    released.emission_high_t * 1e6 / (8760 * 3600) as emission_high_g_s
from released
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = released.outlet_id
