-- Bins and scores of classes of the screening, as meta.parameter_used lists them.
{{ seed_parameters('screening_bin', 'inventory.risk_pollutant',
    "'screening_bin.' || entry.criterion || '.' || entry.medium || '.' || " ~ to_text('cast(entry.score as integer)'), 'lower_bound',
    unit='entry.unit', cells={'value': 'lower_bound', 'unit': 'unit'}) }}
union all
{{ seed_parameters('screening_class_score', 'inventory.risk_pollutant',
    "'screening_class.' || entry.attribute || '.' || entry.code", 'score') }}
