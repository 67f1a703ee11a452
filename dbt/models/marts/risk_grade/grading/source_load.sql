-- What makes a source's hazard load, so that a reader can add it up again: kg x own share x toxicity weight.
select
    release.enterprise_id,
    release.pollutant_id,
    release.medium,
    pollutant.name_cn,
    release.emission_kg,
    release.own_share,
    release.toxicity_weight,
    release.weighted_kg,
    release.weighted_kg / {{ exact_sum_over('release.weighted_kg', 'partition by release.enterprise_id') }} as share,
    release.lacks_weight
from {{ ref('int_risk_grade__releases_loaded') }} as release
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = release.pollutant_id
where release.emission_kg > 0 and (release.weighted_kg > 0 or release.lacks_weight)
