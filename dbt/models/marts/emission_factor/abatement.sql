-- What technologies remove: by class of pollutants as published, for what-if only, never for a firm's own emission; by substance as
-- measured before and behind them (class `measured`, n outlets), where enough enterprises did.
with

read_from as (
    select
        technology_id,
        pollutant_id,
        min(medium) as medium,
        {{ origin_collect('origin') }} as origin
    from {{ ref('int_emission_factor__removals_paired') }}
    group by technology_id, pollutant_id
)

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
union all
select
    measured.technology_id,
    'measured' as pollutant_class,
    measured.pollutant_id,
    measured.efficiency,
    measured.efficiency_low,
    measured.efficiency_high,
    measured.n,
    '治理前后同步监测' as source,
    {{ code_word('measured.technology_id', 'technology') }} as name_cn,
    read_from.medium,
    cast(null as double) as efficiency_design,
    cast(null as {{ type_string() }}) as k_formula,
    cast(null as {{ type_string() }}) as cross_media,
    cast(null as {{ type_string() }}) as cost_class,
    cast(null as {{ type_string() }}) as note,
    'yes' as verified,
    read_from.origin as _origin
from {{ ref('int_emission_factor__removals_measured') }} as measured
inner join
    read_from
    on read_from.technology_id = measured.technology_id and read_from.pollutant_id = measured.pollutant_id
