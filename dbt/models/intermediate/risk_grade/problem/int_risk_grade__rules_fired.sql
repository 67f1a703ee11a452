{# Problem rules whose fact is known, and whether they fire. The id of a problem is of rule, site and object, so that it is the same
   in every edition; what is held on a legal entity is no site's problem. Of rules over one fact of one object that fire, the most severe counts. #}
with

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
        ) as is_met
    from {{ ref('int_risk_grade__facts_found') }} as fact
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
