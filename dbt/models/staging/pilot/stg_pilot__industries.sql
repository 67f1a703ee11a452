select
    -- text
    industry_record.project,
    industry_record.category as category_word,
    industry_record.industry,
    industry_record.stage as stage_word,
    industry_record.implementer,
    industry_record.accounting_method,
    industry_record.evidence,
    industry_record.remark,
    -- numbers
    industry_record.input_yuan,
    industry_record.value_yuan,
    -- record
    {{ provenance('industry_record') }}
from {{ source('pilot', 'industry') }} as industry_record
where not {{ list_has('industry_record._flags', "'DATE-AFTER-AS-OF'") }}
