-- Sums of a stage by formula as claims of the register that the records came from, in the shape of the other claims. A stage of which
-- one object cannot be computed has no claim: the next tier of methods rules.
select
    case emission.stage when 'leaks' then 'monitoring' else 'permit' end as source,
    emission.enterprise_id as source_key,
    emission.enterprise_id,
    emission.enterprise_id || ':fugitive' as outlet_id,
    emission.stage,
    'air' as medium,
    emission.pollutant_id,
    -- cooling water has a factor a volume and no equation (method CW-A3)
    case emission.stage when 'cooling_water' then 'factor' else 'formula' end as method,
    emission.year,
    'year' as part,
    'fugitive' as outlet_class,
    'fugitive' as outlet_kind,
    {{ id16(["'formula'", 'emission.enterprise_id', 'emission.stage', 'emission.pollutant_id', 'emission.year']) }} as claim_id,
    {{ exact_sum('emission.emission_t') }} as emission_t,
    false as is_unit_unknown,
    cast(sum(emission.object_count) as integer) as record_count,
    0 as month_count,
    max(emission.file_no) as file_no,
    {{ origin_collect('emission._origin') }} as origin,
    true as is_complete,
    false as has_year_claim,
    'year' as period_part
from {{ ref('formula_emission') }} as emission
group by emission.enterprise_id, emission.stage, emission.pollutant_id, emission.year
having count(emission.emission_t) = count(*)
