{# How each coded source is supervised: the stricter of what its colour and its grade ask, visits and checks a year, what to look at and
   what to test. Green is left alone: checks off site, a visit only on a complaint, an alarm or a lead. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

asked as (
    select
        code.enterprise_id,
        rule.rule_id,
        rule.mode,
        rule.checks_per_year,
        rule.on_site_max_per_year,
        rule.off_site_per_year,
        rule.sampling_per_year,
        rule.random_pool_share,
        rule.merge_rule
    from {{ ref('risk_code') }} as code
    inner join {{ ref('inspection_rule') }} as rule
        on
            (rule.applies_to = 'colour' and rule.code = code.colour)
            or (rule.applies_to = 'grade' and rule.code = {{ to_text('code.grade') }})
    where rule.verified <> 'doubtful'
    qualify
        row_number() over (
            partition by code.enterprise_id
            order by
                rule.checks_per_year desc nulls last,
                case rule.applies_to when 'colour' then 1 else 2 end asc nulls last,
                rule.rule_id asc nulls last
        ) = 1
),

problem as (
    select
        problem.enterprise_id,
        {{ list_agg_distinct('coalesce(problem.rule_id, problem.description)') }} as open_problems,
        {{ list_agg_distinct('rule.evidence_wanted') }} as materials
    from {{ ref('problem') }} as problem
    left join {{ ref('problem_rule') }} as rule on rule.rule_id = problem.rule_id
    where problem.status <> 'closed'
    group by problem.enterprise_id
),

driver as (
    select
        enterprise_id,
        {{ list_agg_distinct('pollutant_id') }} as pollutant_ids
    from {{ ref('int_risk_grade__releases_loaded') }}
    where weighted_kg > 0
    group by enterprise_id, pollutant_id
    qualify
        row_number() over (
            partition by enterprise_id order by {{ exact_sum('weighted_kg') }} desc nulls last, pollutant_id asc nulls last
        ) <= 3
),

visit as (
    select
        visits_per_year,
        offset_no,
        min(last_day) as next_inspection
    from {{ ref('int_risk_grade__visit_quarters_spread') }}
    group by visits_per_year, offset_no
),

tested as (
    select
        enterprise_id,
        {{ list_collect_sorted('pollutant_ids') }} as must_test
    from driver
    group by enterprise_id
)

select
    code.enterprise_id,
    build.as_of,
    code.grade,
    code.colour,
    asked.mode,
    asked.checks_per_year as inspections_due,
    visit.next_inspection,
    {{ list_join(['code.reason_codes', 'problem.open_problems'], 'varchar[]') }} as focus,
    {{ list_join(['tested.must_test'], 'varchar[]') }} as must_test,
    {{ list_join(['problem.materials'], 'varchar[]') }} as materials,
    asked.on_site_max_per_year,
    asked.off_site_per_year,
    asked.sampling_per_year,
    asked.random_pool_share,
    asked.merge_rule,
    asked.rule_id,
    code.colour = 'green' and asked.checks_per_year = 0 as is_left_alone
from {{ ref('risk_code') }} as code
cross join build
left join asked on asked.enterprise_id = code.enterprise_id
left join visit
    on
        visit.visits_per_year = least(asked.on_site_max_per_year, 4)
        and visit.offset_no = {{ visit_offset('code.enterprise_id') }}
left join problem on problem.enterprise_id = code.enterprise_id
left join tested on tested.enterprise_id = code.enterprise_id
