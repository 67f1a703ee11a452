{# The seed names offices by their role; the environment's is named as the profile names it. #}
select
    item.step_no,
    item.stage,
    item.step_cn,
    coalesce(replace(item.who_cn, '生态环境部门', bureau.unit_name), item.who_cn) as who_cn,
    item.when_cn,
    item.content_cn,
    item.record_cn,
    item.source as source_ref,
    item.verified,
    {{ origin_join([
        origin_seed('index_procedure', 'item', ['step_no', 'stage', 'step_cn', 'who_cn', 'when_cn', 'content_cn', 'record_cn']),
        origin_profile('bureau.parameter_id', value='bureau.unit_name', column_name='who_cn'),
    ]) }} as _origin
from {{ seed_rows('index_procedure') }} as item
left join {{ ref('stg_pilot__lead_units') }} as bureau
    on bureau.lead_key = 'environment_bureau' and item.who_cn like '%生态环境部门%'
