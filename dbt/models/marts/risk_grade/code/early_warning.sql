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
        replace(
            replace(
                case when near.distance = 0 then replace(rule.advice_cn, '还有{distance}天', '今日') else rule.advice_cn end,
                '{distance}',
                {{ warning_number('near.distance', 'rule.warning_unit') }}
                || case rule.warning_unit when 'share' then '个百分点' else '' end
            ),
            '{value}', coalesce({{ number_text('fact.value') }}, '')
        ),
        '{driver}', coalesce(driver.first_name, '首位物质')
    ) as advice,
    rule.colour_to
from {{ ref('int_risk_grade__code_warnings_found') }} as near
cross join build
inner join {{ ref('int_risk_grade__code_rules_chosen') }} as rule on rule.rule_id = near.rule_id
left join {{ ref('int_risk_grade__drivers_ranked') }} as driver on driver.enterprise_id = near.enterprise_id
left join {{ ref('int_risk_grade__code_facts_gathered') }} as fact
    on fact.enterprise_id = near.enterprise_id and fact.fact = rule.fact
