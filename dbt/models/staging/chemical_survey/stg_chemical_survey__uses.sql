select
    -- ids
    use_record.credit_code,
    use_record.permit_no,
    use_record.cas_no,
    -- text
    use_record.name,
    use_record.chemical_name,
    use_record.role as role_word,
    use_record.purpose,
    use_record.process_stage,
    use_record.discharge_to as discharge_to_word,
    use_record.release_unit,
    use_record.remark,
    -- numbers
    use_record.survey_year,
    use_record.quantity_t,
    use_record.release_quantity,
    -- record
    {{ provenance('use_record') }}
from {{ source('chemical_survey', 'use') }} as use_record
where not {{ list_has('use_record._flags', "'DATE-AFTER-AS-OF'") }}
