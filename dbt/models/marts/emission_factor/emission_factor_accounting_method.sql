-- Methods of accounting by stage and medium, the first by priority that has its inputs (docs/accounting.md). process_id `any`: all.
select
    method.process_id,
    method.stage,
    method.medium,
    method.method,
    method.variant,
    method.priority,
    method.equation,
    {{ text_to_list('method.inputs') }} as inputs,
    method.conditions,
    method.source_ref,
    method.method_id,
    {{ text_to_list('method.symbols') }} as symbols,
    method.uncertainty_class,
    method.verified,
    {{ origin_seed('accounting_method', 'method', [
        'process_id', 'stage', 'medium', 'method', 'variant', 'priority', 'equation', 'inputs', 'conditions', 'source_ref'
    ]) }} as _origin
from {{ seed_rows('accounting_method') }} as method
where method.verified <> 'doubtful'
