-- The edition that is being built. content_hash and sealed_at are known only when it is sealed; the publisher fills them.
select
    edition_no,
    profile,
    profile_name_cn,
    is_fictional,
    as_of,
    (select assessment_year from {{ ref('int_inventory__assessment_year_chosen') }}) as assessment_year,
    input_hash,
    code_version,
    previous_edition,
    seed,
    cast(null as {{ type_string() }}) as content_hash,
    cast(null as timestamp) as sealed_at
from {{ source('intake', 'build') }}
