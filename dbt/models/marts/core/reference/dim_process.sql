-- Processes: the four-digit classes of GB/T 4754-2017 and, below those of synthetic materials and their monomers, the process units
-- of the coefficient manual. A process unit's parent is its class row (C2651 …), the parent of that the class.
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
    cast(null as {{ type_string() }}) as product,
    cast(null as {{ type_string() }}) as feedstock,
    cast(null as {{ type_string() }}) as technology,
    {{ text_to_list("cast(null as " ~ type_string() ~ ")") }} as stages,
    {{ origin_seed('industry_code', 'industry', {
        'process_id': 'industry_code', 'name_cn': 'industry_name', 'industry_code': 'industry_code'}) }} as _origin
from {{ seed_rows('industry_code') }} as industry
union all
select
    unit.process_id,
    unit.name_cn,
    unit.industry_code,
    coalesce(unit.parent_id, unit.industry_code) as parent_id,
    class.group_code,
    class.group_name,
    class.division_code,
    class.division_name,
    class.section_code,
    class.is_synthetic_materials = 'yes' as is_synthetic_materials,
    unit.source as source_ref,
    unit.verified,
    unit.product,
    unit.feedstock,
    unit.technology,
    {{ text_to_list('unit.stages') }} as stages,
    {{ origin_seed('process_unit', 'unit', {
        'process_id': 'process_id', 'name_cn': 'name_cn', 'industry_code': 'industry_code', 'parent_id': 'parent_id',
        'product': 'product', 'feedstock': 'feedstock', 'technology': 'technology', 'stages': 'stages'}) }} as _origin
from {{ seed_rows('process_unit') }} as unit
left join {{ ref('industry_code') }} as class on class.industry_code = unit.industry_code
