-- Limits of standards with the time they are valid: GB 3095-2026 replaced GB 3095-2012 on 2026-03-01. Whoever compares a
-- value with a limit joins on its date: sampled_at >= valid_from and sampled_at <= valid_to, null = open. Doubtful rows are
-- not shipped.
with

usable as (
    select limits.*
    from {{ seed_rows('environmental_standard') }} as limits
    where limits.verified <> 'doubtful'
)

select
    {{ id16([
        'usable.standard_code', 'usable.class', 'usable.parameter_cn', 'usable.averaging_time', 'usable.valid_from',
        'usable.cas_no']) }} as limit_id,
    usable.standard_code,
    usable.class as standard_class,
    usable.medium_code as medium,
    usable.medium as medium_text,
    usable.pollutant_id,
    usable.parameter_cn,
    usable.averaging_code as averaging_time,
    usable.averaging_time as averaging_time_text,
    usable.operator,
    usable.limit_value,
    usable.unit,
    usable.limit_value * conversion.factor as limit_canonical,
    conversion.canonical_unit,
    usable.valid_from,
    usable.valid_to,
    usable.note,
    usable.source as source_ref,
    usable.verified,
    {{ origin_seed('environmental_standard', 'usable', {
        'standard_code': 'standard_code', 'standard_class': 'class', 'pollutant_id': 'parameter_cn',
        'averaging_time': 'averaging_time', 'limit_value': 'limit_value', 'unit': 'unit', 'valid_from': 'valid_from',
        'valid_to': 'valid_to', 'limit_canonical': 'limit_value', 'medium': 'medium'}) }} as _origin
from usable
left join {{ ref('unit_alias') }} as written
    on written.alias = usable.unit
left join {{ ref('unit_conversion') }} as conversion
    on conversion.unit = coalesce(written.unit, usable.unit)
