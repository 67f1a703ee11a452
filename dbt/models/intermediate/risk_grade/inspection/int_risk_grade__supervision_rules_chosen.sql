{# Which rule supervises each coded source: the strictest of those that its colour, its grade, its credit and the list of key units
   for soil ask for. A rule that states no number of checks a year has those that it states on site and off, one without a visit none; of
   equals credit decides, then colour. Bad and good credit are facts that a clerk states; good credit counts with two green codes in a
   row only (IR-16). #}
with

credit as (
    select
        enterprise_id,
        case fact when 'credit_bad' then 'bad' else 'good' end as code
    from {{ ref('int_risk_grade__facts_stated') }}
    where fact in ('credit_bad', 'credit_good') and is_true
),

asked as (
    select
        code.enterprise_id,
        code.as_of,
        code.grade,
        code.colour,
        rule.rule_id,
        rule.applies_to,
        rule.mode,
        coalesce(
            rule.checks_per_year,
            case when rule.on_site_max_per_year > 0 then rule.on_site_max_per_year + rule.off_site_per_year else 0 end
        ) as checks_per_year,
        rule.on_site_max_per_year,
        rule.off_site_per_year,
        rule.sampling_per_year,
        rule.random_pool_share,
        rule.merge_rule
    from {{ ref('risk_code') }} as code
    left join credit on credit.enterprise_id = code.enterprise_id
    left join {{ ref('int_risk_grade__soil_key_units_listed') }} as soil on soil.enterprise_id = code.enterprise_id
    inner join {{ ref('inspection_rule') }} as rule
        on
            (rule.applies_to = 'colour' and rule.code = code.colour)
            or (rule.applies_to = 'grade' and rule.code = {{ to_text('code.grade') }})
            or (rule.applies_to = 'soil' and rule.code = 'key_unit' and soil.enterprise_id is not null)
            or (
                rule.applies_to = 'credit' and rule.code = credit.code
                and (credit.code = 'bad' or (code.colour = 'green' and code.previous_colour = 'green'))
            )
    where rule.verified <> 'doubtful'
)

select *
from asked
qualify
    row_number() over (
        partition by enterprise_id
        order by
            checks_per_year desc nulls last,
            case applies_to when 'credit' then 1 when 'colour' then 2 when 'grade' then 3 else 4 end asc nulls last,
            rule_id asc nulls last
    ) = 1
