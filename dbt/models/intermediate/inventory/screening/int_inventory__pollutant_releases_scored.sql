-- What the whole area releases of each pollutant to each medium, and the score of its bin: the highest bin of the medium whose
-- lower bound it reaches, 0 below the first. A medium that screening_bin has no bins for has no score.
with

released as (
    select
        pollutant_id,
        medium,
        {{ exact_sum('emission_kg') }} as emission_kg
    from {{ ref('int_inventory__site_releases_weighted') }}
    group by pollutant_id, medium
)

select
    released.pollutant_id,
    released.medium,
    released.emission_kg,
    case
        when count(bin.score) > 0
            then coalesce(max(case when released.emission_kg >= bin.lower_bound then bin.score end), 0)
    end as score
from released
left join {{ ref('screening_bin') }} as bin on bin.criterion = 'release' and bin.medium = released.medium
group by released.pollutant_id, released.medium, released.emission_kg
