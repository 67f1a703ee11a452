-- Sites that the newest list of key units names for the supervision of soil pollution.
with

listed as (
    select
        matched.enterprise_id,
        entry.soil
    from {{ ref('stg_key_unit__entries') }} as entry
    inner join {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'key_unit'
            and matched.source_key = {{ enterprise_source_key('entry.permit_no', 'entry.credit_code', 'entry.name') }}
    qualify
        row_number() over (
            partition by matched.enterprise_id
            order by entry.list_year desc nulls last, entry.soil desc nulls last, entry._record_id asc nulls last
        ) = 1
)

select enterprise_id
from listed
where soil
