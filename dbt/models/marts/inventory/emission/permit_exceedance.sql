-- Actual releases above the permitted quantity of the year.
select
    enterprise_id,
    outlet_id,
    medium,
    pollutant_id,
    year,
    permitted_t,
    emission_t,
    emission_t - permitted_t as exceedance_t,
    emission_t / nullif(permitted_t, 0) as ratio,
    emission_low_t > permitted_t as is_certain,
    outlet_ids
from {{ ref('int_inventory__permits_compared') }}
where emission_t > permitted_t
