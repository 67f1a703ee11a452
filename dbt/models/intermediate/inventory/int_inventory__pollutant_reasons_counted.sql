-- How many rows of the list of risk pollutants carry each reason code, for the document that prints it.
with used as (
    select {{ unnest_list('reason_codes') }} as reason_code
    from {{ ref('risk_pollutant') }}
)

select
    'D01' as document_id,
    'screening_reason' as code_set,
    reason_code,
    cast(count(*) as integer) as row_count,
    'inventory.risk_pollutant' as used_by
from used
group by reason_code
