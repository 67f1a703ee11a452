select
    -- ids
    calculation.unit_no,
    calculation.stack_no,
    calculation.control_no,
    calculation.segment_no,
    -- text
    calculation.unit_description,
    calculation.segment,
    calculation.pollutant_name,
    calculation.factor_unit,
    calculation.throughput_unit,
    -- numbers
    calculation.emission_factor,
    calculation.throughput,
    calculation.hourly_potential_lb_h,
    calculation.control_efficiency_pct / 100.0 as control_efficiency,
    calculation.restricted_short_t_a,
    calculation.controlled_short_t_a,
    calculation.limited_short_t_a,
    -- record
    {{ provenance('calculation') }}
from {{ source('permit', 'calculation') }} as calculation
