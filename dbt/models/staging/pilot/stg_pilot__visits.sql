select
    -- ids
    visit.questionnaire_no,
    visit.credit_code,
    -- text
    visit.enterprise_name,
    visit.satisfaction,
    -- numbers
    visit.trust_before,
    visit.trust_after,
    -- times
    visit.visited_on,
    -- record
    {{ provenance('visit') }}
from {{ source('pilot', 'visit') }} as visit
where not {{ list_has('visit._flags', "'DATE-AFTER-AS-OF'") }}
