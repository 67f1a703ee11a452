-- Rules of GBZ 2.1 and GBZ/T 298 that decide about jobs, as meta.parameter_used lists them.
{{ seed_parameters('occupational_rule', 'exposure.occupational', "'occupational_rule.' || entry.rule_id", 'value',
    value="coalesce(entry.value, replace(replace(entry.formula, ' x ', ' × '), ', rounded half up', '，四舍五入'))", unit='entry.unit', cells={'value': 'value', 'unit': 'unit'},
    source_ref="entry.source || ' ' || coalesce(entry.clause, '')",
    where="entry.rule_id in ('OEL-ACTION', 'OEL-PEAK-3', 'OEL-PEAK-5', 'OEL-RF-DAY', 'OEL-RF-WEEK', 'OEL-MIX', 'ZT298-R')
    or entry.topic = 'GBZ/T 298 exposure grade'") }}
union all
{{ seed_parameters('occupational_hazard_grade', 'exposure.occupational',
    "'occupational_hazard_grade.' || entry.criterion || '.' || entry.code", 'grade', unit="'grade'", source_ref='entry.source') }}
