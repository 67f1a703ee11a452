select
    -- ids
    job_record.credit_code,
    job_record.permit_no,
    -- text
    job_record.enterprise_name,
    job_record.workshop,
    job_record.job,
    job_record.shifts,
    job_record.protection,
    job_record.remark,
    -- numbers
    job_record.record_year,
    job_record.headcount,
    job_record.shift_hours_h,
    -- record
    {{ provenance('job_record') }}
from {{ source('receptor', 'job') }} as job_record
where not {{ list_has('job_record._flags', "'DATE-AFTER-AS-OF'") }}
