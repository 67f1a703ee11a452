{# Simple matching by code and permit number; the inventory issue adds names, places, scores below 1 and decisions. #}
with

first_record as (
    select
        source,
        source_key,
        case
            when permit_no is not null then {{ key_origin('permit_no') }}
            when credit_code is not null then {{ key_origin('credit_code') }}
            else {{ key_origin('name') }}
        end as origin
    from {{ ref('int_inventory__enterprise_keys_collected') }}
    qualify
        row_number() over (
            partition by source, source_key
            order by _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last
        ) = 1
)

select
    matched.source,
    matched.source_key,
    matched.enterprise_id,
    matched.rule,
    cast(1.0 as double) as match_score,
    matched.status,
    cast(null as {{ type_string() }}) as decision_id,
    first_record.origin as _origin
from {{ ref('int_inventory__enterprise_matched') }} as matched
left join
    first_record
    on first_record.source = matched.source and first_record.source_key = matched.source_key
