{# The seed names offices by their role; the environment's is named as the profile names it. #}
select
    indicator.indicator_id,
    indicator.dimension,
    indicator.name_cn,
    indicator.unit,
    indicator.direction,
    indicator.target,
    indicator.floor,
    indicator.source_table,
    coalesce(replace(indicator.responsible, '生态环境部门', bureau.unit_name), indicator.responsible) as responsible,
    indicator.definition,
    indicator.formula,
    indicator.frequency,
    indicator.landing_file,
    indicator.target_basis,
    indicator.target_verified,
    indicator.missing_rule,
    indicator.source as source_ref,
    indicator.verified,
    computation.unit_cn,
    computation.is_computed,
    computation.stands_for,
    computation.data_cn,
    computation.rule_cn,
    computation.lacks_cn,
    {{ origin_join([origin_seed('green_indicator', 'indicator', [
        'dimension', 'name_cn', 'unit', 'direction', 'target', 'floor', 'source_table', 'responsible', 'definition'
    ]), origin_seed('indicator_computation', 'computation', ['unit_cn', 'data_cn', 'rule_cn', 'lacks_cn', 'is_computed']), origin_profile(
        'bureau.parameter_id', value='bureau.unit_name', column_name='responsible'
    )]) }} as _origin
from {{ seed_rows('green_indicator') }} as indicator
left join {{ seed_rows('indicator_computation') }} as computation on computation.indicator_id = indicator.indicator_id
left join {{ ref('stg_pilot__lead_units') }} as bureau
    on bureau.lead_key = 'environment_bureau' and indicator.responsible like '%生态环境部门%'
