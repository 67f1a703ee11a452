-- First day on which the award of each application was shown.
select
    application_id,
    min(happened_on) as shown_at
from {{ ref('int_pilot__fund_steps_read') }}
where step = 'notice'
group by application_id
