select
    enterprise_id,
    name,
    status,
    industry_code,
    park_id,
    longitude,
    latitude,
    employees,
    file_no
from {{ source('intake', 'previous_enterprise') }}
