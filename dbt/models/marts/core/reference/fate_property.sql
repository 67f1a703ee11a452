-- What becomes of a pollutant in the environment: half-lives by medium and the bioconcentration factor, each with its source. Doubtful
-- rows are not shipped.
select
    half_life.pollutant_id,
    'half_life' as property,
    half_life.medium,
    nullif(half_life.qualifier, '') as qualifier,
    half_life.half_life_high_d as value,
    'd' as unit,
    half_life.basis,
    half_life.source as source_ref,
    half_life.verified,
    {{ origin_seed('half_life', 'half_life', {'value': 'half_life_high_d', 'medium': 'medium'}) }} as _origin
from {{ seed_rows('half_life') }} as half_life
where half_life.verified <> 'doubtful'
union all
select
    factor.cas_no as pollutant_id,
    'bioconcentration' as property,
    'biota' as medium,
    cast(null as {{ type_string() }}) as qualifier,
    factor.bcf_l_kg as value,
    'L/kg' as unit,
    factor.method as basis,
    factor.source as source_ref,
    factor.verified,
    {{ origin_seed('bcf', 'factor', {'value': 'bcf_l_kg'}) }} as _origin
from {{ seed_rows('bcf') }} as factor
where factor.verified <> 'doubtful'
