select
    -- ids
    screening.facility_id,
    screening.outlet_no,
    screening.pollutant_id,
    -- text
    screening.publisher,
    screening.facility_name,
    screening.pollutant_name,
    screening.measure,
    screening.category,
    screening.unit,
    -- numbers
    screening.year,
    screening.value,
    -- record
    {{ provenance('screening') }}
from {{ source('indicator', 'screening') }} as screening
where not {{ list_has('screening._flags', "'DATE-AFTER-AS-OF'") }}
