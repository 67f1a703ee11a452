{# Problem rules whose fact is known, and whether they fire. The id of a problem is of rule, site and object, so that it is the same
   in every edition; what is held on a legal entity is no site's problem. Of rules over one fact of one object that fire, the most severe
   counts. Facts that only an earlier edition's problem asks for come last. A fact with neither number nor yes or no says that the rule does
   not apply (`is_applicable`). #}
with

fact as (
    select enterprise_id, object, fact, value, is_true, description, evidence_key, newest_on, 1 as place
    from {{ ref('int_risk_grade__facts_found') }}
    union all
    select enterprise_id, object, fact, value, is_true, description, evidence_key, cast(null as date) as newest_on, 2 as place
    from {{ ref('int_risk_grade__earlier_facts_answered') }}
),

known as (
    select fact.*
    from fact
    left join {{ ref('int_risk_grade__facts_found') }} as found
        on
            fact.place = 2
            and found.enterprise_id = fact.enterprise_id and found.object = fact.object and found.fact = fact.fact
    where found.enterprise_id is null
),

judged as (
    select
        'PR-' || {{ id16(['rule.rule_id', 'fact.enterprise_id', 'fact.object']) }} as problem_id,
        rule.rule_id,
        rule.object as object_kind,
        rule.fact,
        rule.severity,
        rule.problem_source,
        rule.condition_cn,
        rule.deadline_days,
        fact.enterprise_id,
        fact.object,
        fact.evidence_key,
        fact.newest_on,
        rule.condition_cn || '：' || fact.description as description,
        coalesce(
            case rule.operator
                when 'is_true' then fact.is_true
                when 'is_false' then not fact.is_true
                when 'lt' then fact.value < rule.threshold
                when 'le' then fact.value <= rule.threshold
                when 'gt' then fact.value > rule.threshold
                when 'ge' then fact.value >= rule.threshold
                when 'eq' then fact.value = rule.threshold
            end, false
        ) as is_met,
        fact.value is not null or fact.is_true is not null as is_applicable
    from known as fact
    inner join {{ ref('problem_rule') }} as rule on rule.fact = fact.fact
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = fact.enterprise_id
    where rule.verified <> 'doubtful'
)

select
    judged.*,
    judged.is_met
    and row_number() over (
        partition by judged.enterprise_id, judged.object, judged.fact
        order by
            judged.is_met desc nulls last,
            case judged.severity when 'critical' then 1 when 'major' then 2 else 3 end asc nulls last,
            judged.rule_id asc nulls last
    ) = 1 as is_fired
from judged
