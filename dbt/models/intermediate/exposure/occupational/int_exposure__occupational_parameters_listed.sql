-- Rules of GBZ 2.1 and GBZ/T 298 that decide about jobs, as meta.parameter_used lists them.
select
    'occupational_rule.' || rule.rule_id as parameter_id,
    'exposure.occupational' as used_by,
    coalesce(rule.value, rule.formula) as value,
    rule.unit,
    rule.source || ' ' || coalesce(rule.clause, '') as source_ref,
    rule.verified,
    {{ origin_seed('occupational_rule', 'rule', {'value': 'value', 'unit': 'unit'}) }} as _origin
from {{ seed_rows('occupational_rule') }} as rule
where
    rule.rule_id in ('OEL-ACTION', 'OEL-PEAK-3', 'OEL-PEAK-5', 'OEL-RF-DAY', 'OEL-RF-WEEK', 'OEL-MIX', 'ZT298-R')
    or rule.topic = 'GBZ/T 298 exposure grade'
union all
select
    'occupational_hazard_grade.' || grade.criterion || '.' || grade.code as parameter_id,
    'exposure.occupational' as used_by,
    {{ to_text('grade.grade') }} as value,
    'grade' as unit,
    grade.source as source_ref,
    grade.verified,
    {{ origin_seed('occupational_hazard_grade', 'grade', {'value': 'grade'}) }} as _origin
from {{ seed_rows('occupational_hazard_grade') }} as grade
