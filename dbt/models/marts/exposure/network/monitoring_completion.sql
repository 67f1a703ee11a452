-- How far the current scheme was carried out, by quarter.
select
    site_id,
    pollutant_id,
    period,
    planned,
    done,
    valid,
    late
from {{ ref('int_exposure__plan_completion_counted') }}
