-- Values of doses, spreads and shares that risks are computed with, as meta.parameter_used lists them. Doubtful rows decide nothing and
-- are not among them; nor are the handbook's rows that no equation takes.
{%- set dose_id = "'dose.' || entry.parameter_id || '.' || entry.population || '.' || " ~ parameter_text(to_text('entry.age_low'))
    ~ " || '-' || " ~ parameter_text(to_text('entry.age_high')) %}
{{ seed_parameters('dose_parameter', 'exposure.health_risk', dose_id, 'value', unit='entry.unit',
    cells={'value': 'value', 'unit': 'unit'}, source_ref='entry.source',
    where="entry.verified <> 'doubtful'
    and entry.parameter_id in (
        'adaf', 'hj25_body_weight', 'hj25_height', 'skin_exposed_fraction', 'soil_ingestion', 'soil_adherence', 'dermal_events_soil',
        'dermal_events_water', 'water_intake', 'seafood_intake', 'seafood_local_fraction', 'shower_time', 'fraction_absorbed_water',
        'exposure_frequency', 'exposure_time'
    )") }}
union all
{{ seed_parameters('risk_exposure_spread', 'exposure.health_risk',
    "'risk_exposure_spread.' || entry.medium || '.' || entry.route || '.' || entry.input", 'log_sd') }}
union all
{{ seed_parameters('risk_rank_correlation', 'exposure.health_risk',
    "'risk_rank_correlation.' || entry.input || '.' || entry.other", 'rank_correlation') }}
union all
{{ seed_parameters('risk_population', 'exposure.health_risk', "'risk_population.' || entry.population_group", 'age_high',
    value=parameter_text(to_text('entry.age_low')) ~ " || '-' || " ~ parameter_text(to_text('entry.age_high')), unit="'a'") }}
union all
{{ seed_parameters('risk_toxic_share', 'exposure.health_risk',
    "'risk_toxic_share.' || entry.medium || '.' || entry.pollutant_id", 'toxic_share') }}
union all
{{ seed_parameters('unstated_medium_share', 'exposure.modelled_concentration',
    "'unstated_medium_share.' || entry.pollutant_id || '.' || entry.medium", 'share',
    where="entry.verified <> 'doubtful' and exists (
        select 1 from " ~ ref('int_core__parameter_values_chosen') ~ " as choice
        where choice.parameter_id = 'dispersion.unstated_medium_by_share' and choice.value = 1
    )") }}
