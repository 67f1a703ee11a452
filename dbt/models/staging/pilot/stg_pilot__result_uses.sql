select
    -- ids
    result_use.credit_code,
    -- text
    result_use.use_kind as use_kind_word,
    result_use.enterprise_name,
    result_use.description,
    result_use.effect,
    result_use.evidence,
    -- times
    result_use.used_on,
    -- record
    {{ provenance('result_use') }}
from {{ source('pilot', 'result_use') }} as result_use
where not {{ list_has('result_use._flags', "'DATE-AFTER-AS-OF'") }}
