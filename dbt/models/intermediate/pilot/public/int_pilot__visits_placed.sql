select
    visit.questionnaire_no,
    found.enterprise_id,
    cast(extract(year from visit.visited_on) as integer) as year,
    visit.trust_before,
    visit.trust_after
from {{ ref('stg_pilot__visits') }} as visit
inner join {{ ref('int_inventory__named_records_matched') }} as found
    on found.raw_table = 'pilot_visit' and found._record_id = visit._record_id
where visit.visited_on is not null
