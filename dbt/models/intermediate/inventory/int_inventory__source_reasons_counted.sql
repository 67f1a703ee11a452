-- How many rows of the list of risk sources carry each reason code, for the document that prints it.
with used as (
    select {{ unnest_list('reason_codes') }} as reason_code
    from {{ ref('risk_source') }}
)

select
    'D02' as document_id,
    'source_reason' as code_set,
    reason_code,
    cast(count(*) as integer) as row_count,
    'inventory.risk_source' as used_by
from used
group by reason_code
