-- The tree of methods: by stage and medium, the first that has its inputs.
select
    cast(row_number() over (
        order by stage.sort_no asc nulls last, method.medium asc nulls last,
            case when method.process_id = 'any' then 0 else 1 end asc nulls last, method.priority asc nulls last,
            method.process_id asc nulls last, method.method asc nulls last, method.variant asc nulls last
    ) as integer) as row_no,
    method.process_id,
    method.stage as stage_code,
    method.medium as medium_code,
    method.method as method_code,
    method.variant,
    case method.process_id when 'any' then '通用' else coalesce(process.name_cn, method.process_id) end as process,
    {{ manual_phrase('method.variant') }} as way,
    stage.label_cn as stage,
    {{ code_word('method.medium', 'medium_of_emission') }} as medium,
    {{ code_word('method.method', 'method_of_emission') }} as method,
    method.priority,
    replace({{ printed_equation('method.equation') }}, '; ', '；') as equation,
    {{ manual_phrase(list_text('method.inputs', '；')) }} as inputs,
    {{ manual_phrase('method.conditions') }} as conditions,
    replace({{ manual_phrase('method.source_ref') }}, '; ', '；') as source_ref,
    {{ code_word('method.verified', 'verified') }} as verified
from {{ ref('emission_factor_accounting_method') }} as method
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_process' and stage.code = method.stage
left join {{ ref('dim_process') }} as process on process.process_id = method.process_id
