-- The ledger by edition: how many entries it added, and the head of the chain after it.
with

entries as (
    select
        ledger.*,
        max(ledger.entry_no) over (partition by ledger.edition_no) as last_entry_no
    from {{ ref('risk_code_ledger') }} as ledger
)

select
    cast(row_number() over (order by edition_no asc nulls last) as integer) as row_no,
    edition_no,
    cast(count(*) as integer) as entry_count,
    cast(count(case when event = 'issued' then 1 end) as integer) as issued_count,
    cast(count(case when event in ('changed', 'reissued') then 1 end) as integer) as changed_count,
    cast(count(case when event = 'revoked' then 1 end) as integer) as revoked_count,
    max(last_entry_no) as last_entry_no,
    max(case when entry_no = last_entry_no then left(entry_hash, 16) end) as head
from entries
group by edition_no
