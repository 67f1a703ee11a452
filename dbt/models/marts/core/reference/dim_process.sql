-- Processes: for now one a four-digit class of GB/T 4754-2017. The factor manual refines them; parent_id then names the class.
select
    industry.industry_code as process_id,
    industry.industry_name as name_cn,
    industry.industry_code,
    cast(null as {{ type_string() }}) as parent_id,
    industry.group_code,
    industry.group_name,
    industry.division_code,
    industry.division_name,
    industry.section_code,
    industry.is_synthetic_materials = 'yes' as is_synthetic_materials,
    industry.source as source_ref,
    industry.verified,
    {{ origin_seed('industry_code', 'industry', {
        'process_id': 'industry_code', 'name_cn': 'industry_name', 'industry_code': 'industry_code'}) }} as _origin
from {{ seed_rows('industry_code') }} as industry
