select
    -- ids
    profile.credit_code,
    profile.permit_no,
    -- text
    profile.name,
    profile.former_names,
    profile.contact_person,
    profile.telephone,
    profile.industry_code,
    profile.address,
    profile.park,
    profile.coordinate_system,
    profile.remark,
    -- numbers
    profile.survey_year,
    profile.employees,
    profile.run_hours_h_a,
    profile.longitude,
    profile.latitude,
    -- times
    profile.production_start,
    profile.surveyed_on,
    -- record
    {{ provenance('profile') }}
from {{ source('site_survey', 'profile') }} as profile
where not {{ list_has('profile._flags', "'DATE-AFTER-AS-OF'") }}
