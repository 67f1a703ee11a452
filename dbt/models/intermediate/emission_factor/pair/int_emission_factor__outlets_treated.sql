-- What the treatment of an outlet takes away of a pollutant: share that passes, the product of (1 - efficiency x running share) over
-- the devices that the best register states (execution report, site survey, census); null where one of the figures
-- is not stated or out of range, or where nothing would pass: what went in cannot be told then.
with

device as (
    select
        outlet_id,
        pollutant_id,
        facility_no,
        coalesce(technology_id, 'unknown') as technology_id,
        removal_efficiency,
        run_rate,
        case source when 'permit' then 1 when 'site_survey' then 2 else 3 end as source_rank
    from {{ ref('treatment') }}
    where outlet_id not like '%:unknown'
),

chosen as (
    select *
    from device
    qualify source_rank = min(source_rank) over (partition by outlet_id, pollutant_id)
)

select
    outlet_id,
    pollutant_id,
    case when count(distinct technology_id) = 1 then min(technology_id) else 'mixed' end as technology_id,
    cast(count(*) as integer) as device_count,
    case
        when bool_and(coalesce(removal_efficiency >= 0 and run_rate >= 0 and removal_efficiency * run_rate < 1, false))
            then round(exp({{ exact_sum('ln(nullif(greatest(1 - removal_efficiency * run_rate, 0), 0))') }}), 12)
    end as pass_share
from chosen
group by outlet_id, pollutant_id
