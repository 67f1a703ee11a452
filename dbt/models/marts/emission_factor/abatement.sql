-- What technologies remove, by class of pollutants, as published: for what-if only, never for a firm's own emission.
select
    technology.technology_id,
    technology.pollutant_class,
    '*' as pollutant_id,
    technology.efficiency_typical / 100.0 as efficiency,
    technology.efficiency_low / 100.0 as efficiency_low,
    technology.efficiency_high / 100.0 as efficiency_high,
    cast(null as integer) as n,
    technology.source,
    technology.name_cn,
    technology.medium,
    technology.efficiency_design / 100.0 as efficiency_design,
    technology.k_formula,
    technology.cross_media,
    technology.cost_class,
    technology.note,
    technology.verified,
    {{ origin_seed('treatment_efficiency', 'technology', {
        'efficiency': 'efficiency_typical', 'efficiency_low': 'efficiency_low', 'efficiency_high': 'efficiency_high',
        'technology_id': 'technology_id', 'pollutant_class': 'pollutant_class', 'source': 'source'
    }) }} as _origin
from {{ seed_rows('treatment_efficiency') }} as technology
where technology.verified <> 'doubtful'
