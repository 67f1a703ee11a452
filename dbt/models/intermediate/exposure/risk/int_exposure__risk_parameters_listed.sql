-- Values of doses and spreads that risks are computed with, as meta.parameter_used lists them. Doubtful rows decide nothing and are not
-- among them; nor are the handbook's rows that no equation takes.
select
    'dose.' || dose.parameter_id || '.' || dose.population || '.' || {{ parameter_text(to_text('dose.age_low')) }}
    || '-' || {{ parameter_text(to_text('dose.age_high')) }} as parameter_id,
    'exposure.health_risk' as used_by,
    {{ to_text('dose.value') }} as value,
    dose.unit,
    dose.source as source_ref,
    dose.verified,
    {{ origin_seed('dose_parameter', 'dose', {'value': 'value', 'unit': 'unit'}) }} as _origin
from {{ seed_rows('dose_parameter') }} as dose
where
    dose.verified <> 'doubtful'
    and dose.parameter_id in (
        'adaf', 'hj25_body_weight', 'hj25_height', 'skin_exposed_fraction', 'soil_ingestion', 'soil_adherence', 'dermal_events_soil',
        'dermal_events_water', 'water_intake', 'seafood_intake', 'seafood_local_fraction', 'shower_time', 'fraction_absorbed_water',
        'exposure_frequency', 'exposure_time'
    )
union all
select
    'risk_exposure_spread.' || spread.medium || '.' || spread.route || '.' || spread.input as parameter_id,
    'exposure.health_risk' as used_by,
    {{ to_text('spread.log_sd') }} as value,
    '1' as unit,
    spread.source_ref,
    spread.verified,
    {{ origin_seed('risk_exposure_spread', 'spread', {'value': 'log_sd'}) }} as _origin
from {{ seed_rows('risk_exposure_spread') }} as spread
union all
select
    'risk_rank_correlation.' || pair.input || '.' || pair.other as parameter_id,
    'exposure.health_risk' as used_by,
    {{ to_text('pair.rank_correlation') }} as value,
    '1' as unit,
    pair.source_ref,
    pair.verified,
    {{ origin_seed('risk_rank_correlation', 'pair', {'value': 'rank_correlation'}) }} as _origin
from {{ seed_rows('risk_rank_correlation') }} as pair
union all
select
    'risk_population.' || people.population_group as parameter_id,
    'exposure.health_risk' as used_by,
    {{ parameter_text(to_text('people.age_low')) }} || '-' || {{ parameter_text(to_text('people.age_high')) }} as value,
    'a' as unit,
    people.source_ref,
    people.verified,
    {{ origin_seed('risk_population', 'people', {'value': 'age_high'}) }} as _origin
from {{ seed_rows('risk_population') }} as people
union all
select
    'risk_toxic_share.' || part.medium || '.' || part.pollutant_id as parameter_id,
    'exposure.health_risk' as used_by,
    {{ to_text('part.toxic_share') }} as value,
    '1' as unit,
    part.source_ref,
    part.verified,
    {{ origin_seed('risk_toxic_share', 'part', {'value': 'toxic_share'}) }} as _origin
from {{ seed_rows('risk_toxic_share') }} as part
