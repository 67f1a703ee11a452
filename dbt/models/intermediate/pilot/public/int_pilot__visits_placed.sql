select
    visit.questionnaire_no,
    found.enterprise_id,
    cast(extract(year from visit.visited_on) as integer) as year,
    visit.trust_before,
    visit.trust_after
from {{ ref('stg_pilot__visits') }} as visit
inner join {{ ref('int_pilot__enterprises_found') }} as found
    on found.named = coalesce(visit.credit_code, {{ normalised_name('visit.enterprise_name') }})
where visit.visited_on is not null
