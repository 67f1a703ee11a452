{%- set columns = [
    'source', 'source_key', 'enterprise_id', 'outlet_id', 'medium', 'pollutant_id', 'method', 'year', 'part', 'outlet_class',
    'outlet_kind', 'claim_id', 'emission_t', 'is_unit_unknown', 'record_count', 'month_count', 'file_no', 'origin', 'is_complete',
    'has_year_claim', 'period_part',
] -%}
-- Claims of registers, by mass balance, by formula and by the last published manual on one footing, with the stage that a claim stands
-- for (null: its outlet as a whole) and the process of its site where it has one only. Leaks that a register sums are the stage leaks.
with

only_process as (
    select
        enterprise_id,
        min(process_id) as process_id
    from {{ ref('int_inventory__processes_recognised') }}
    group by enterprise_id
    having count(distinct process_id) = 1
),

united as (
    select
        {{ columns | join(',\n        ') }},
        case when source = 'monitoring' then 'leaks' end as stage
    from {{ ref('int_inventory__emission_claims_shared') }}
    union all
    select
        {{ columns | join(',\n        ') }},
        stage
    from {{ ref('int_inventory__balance_claims_made') }}
    union all
    select
        {{ columns | join(',\n        ') }},
        stage
    from {{ ref('int_inventory__formula_claims_made') }}
    union all
    select
        {{ columns | join(',\n        ') }},
        stage
    from {{ ref('int_inventory__factor_claims_made') }}
)

select
    united.*,
    only_process.process_id
from united
left join only_process on only_process.enterprise_id = united.enterprise_id
