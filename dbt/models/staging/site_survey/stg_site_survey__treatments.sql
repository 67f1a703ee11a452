select
    -- ids
    treatment.credit_code,
    treatment.permit_no,
    treatment.facility_no,
    treatment.outlet_no,
    treatment.pollutant_id,
    -- text
    treatment.enterprise_name,
    treatment.facility_name,
    treatment.technology,
    treatment.capacity_unit,
    treatment.remark,
    -- numbers
    treatment.survey_year,
    treatment.capacity,
    treatment.run_hours_h,
    treatment.run_rate_pct / 100.0 as run_rate,
    treatment.removal_efficiency_pct / 100.0 as removal_efficiency,
    -- record
    {{ provenance('treatment') }}
from {{ source('site_survey', 'treatment') }} as treatment
where not {{ list_has('treatment._flags', "'DATE-AFTER-AS-OF'") }}
