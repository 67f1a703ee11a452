select
    {{ business_id('pilot_result_use', 'record', ['used_on', 'use_kind_word', 'enterprise_name', 'description']) }} as case_id,
    record.used_on as used_at,
    record.use_kind_word as kind,
    found.enterprise_id,
    record.description,
    record.effect,
    record.evidence,
    record.enterprise_name,
    {{ origin_cells('pilot_result_use', 'record', {
        'used_at': 'used_on', 'kind': 'use_kind', 'enterprise_name': 'enterprise_name', 'description': 'description',
        'effect': 'effect', 'evidence': 'evidence'
    }) }} as _origin
from {{ ref('stg_pilot__result_uses') }} as record
left join {{ ref('int_inventory__named_records_matched') }} as found
    on found.raw_table = 'pilot_result_use' and found._record_id = record._record_id
