-- Warnings before a code gets worse: what is left, and what to do.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
)

select
    near.enterprise_id,
    near.rule_id,
    build.as_of,
    near.distance as distance_to_downgrade,
    rule.warning_unit as unit,
    replace(
        replace(rule.advice_cn, '{distance}', {{ number_text('round_even(near.distance, 3)') }}),
        '{value}', coalesce({{ number_text('fact.value') }}, '')
    ) as advice,
    rule.colour_to
from {{ ref('int_risk_grade__code_warnings_found') }} as near
cross join build
inner join {{ ref('int_risk_grade__code_rules_chosen') }} as rule on rule.rule_id = near.rule_id
left join {{ ref('int_risk_grade__code_facts_gathered') }} as fact
    on fact.enterprise_id = near.enterprise_id and fact.fact = rule.fact
