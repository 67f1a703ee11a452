-- The ledger up to this edition. The build appends the same rows to ledger.jsonl after it sealed the edition.
select
    entry_no,
    object_kind,
    object_id,
    edition_no,
    as_of,
    recorded_at,
    event,
    payload_sha256,
    previous_hash,
    entry_hash
from {{ ref('int_risk_grade__ledger_extended') }}
