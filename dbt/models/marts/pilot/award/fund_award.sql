{# The award of each application under the rule in force, with its score and why; an application of an unknown track has neither. #}
with

rule as (
    select case when max(value) = 1 then 'knapsack' else 'cut_off' end as scenario
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id = 'fund.is_knapsack'
),

failed as (
    select
        object_id,
        {{ listagg_text("case when kind in ('gate', 'veto') and not passed then item_id || '：' || reason end", '；', 'item_no') }}
        as failures
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set like 'fund%'
    group by object_id
),

{# items of the rules that stand against it, then what is wrong with the application or its money (code set fund_fault) #}
coded as (
    select object_id as application_id, item_id as code
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set like 'fund%' and kind in ('gate', 'veto') and not passed
    union all
    select application_id, 'TRACK-UNKNOWN' as code from {{ ref('int_pilot__applications_filed') }} where track is null
    union all
    select application_id, 'DUP-APPLICATION' as code
    from {{ ref('int_pilot__applications_filed') }}
    where duplicate_of is not null
    union all
    select application_id, 'AMOUNT-UNKNOWN' as code
    from {{ ref('int_pilot__applications_filed') }}
    where amount_yuan is null
    union all
    select awarded.application_id, awarded.fault as code
    from {{ ref('int_pilot__awards_allocated') }} as awarded
    inner join rule on rule.scenario = awarded.scenario
),

codes as (
    select application_id, {{ list_agg_distinct('code') }} as reason_codes
    from coded
    group by application_id
),

stated as (
    select application_id, {{ exact_sum('score') }} as stated_score
    from {{ ref('stg_pilot__application_scores') }}
    group by application_id
)

select
    application.application_id,
    coalesce(application.enterprise_id, application.applicant_key) as applicant_id,
    case when application.enterprise_id is not null then 'enterprise' else 'other' end as applicant_kind,
    application.track as category,
    coalesce(prepared.is_eligible, false) as eligible,
    prepared.score,
    awarded.award_yuan,
    case
        when prepared.application_id is null then '类别不明，未评分'
        when application.duplicate_of is not null then '重复申报，以先申报的 ' || application.duplicate_of || ' 为准'
        when failed.failures <> '' then failed.failures
        else awarded.reason
    end as reason,
    application.applicant as applicant_name,
    application.category_word,
    application.applied_on as applied_at,
    application.amount_yuan as asked_yuan,
    awarded.amount_yuan as capped_yuan,
    cast(nullif(prepared.level_order, 0) as integer) as level_no,
    awarded.place,
    stated.stated_score,
    coalesce(codes.reason_codes, {{ list_of([]) }}) as reason_codes,
    application.duplicate_of,
    prepared.budget_yuan,
    prepared.cost_yuan,
    {{ origin_cells('pilot_application', 'application', {
        'application_id': 'application_id', 'applicant_name': 'applicant', 'category': 'category',
        'applied_at': 'applied_on', 'asked_yuan': 'amount_yuan', 'award_yuan': 'amount_yuan'
    }) }} as _origin
from {{ ref('int_pilot__applications_filed') }} as application
cross join rule
left join {{ ref('int_pilot__applications_prepared') }} as prepared
    on prepared.application_id = application.application_id
left join {{ ref('int_pilot__awards_allocated') }} as awarded
    on awarded.application_id = application.application_id and awarded.scenario = rule.scenario
left join failed on failed.object_id = application.application_id
left join codes on codes.application_id = application.application_id
left join stated on stated.application_id = application.application_id
