select
    enterprise_id,
    name,
    status,
    industry_code,
    park_id,
    longitude,
    latitude,
    employees,
    name_file_no,
    status_file_no,
    industry_code_file_no,
    park_id_file_no,
    longitude_file_no,
    latitude_file_no,
    employees_file_no
from {{ source('intake', 'previous_enterprise') }}
