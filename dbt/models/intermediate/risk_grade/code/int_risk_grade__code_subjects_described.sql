{# Whose codes are issued, by whom, with the state of the newest appeal: pending, or decided since the edition before. #}
with

build as (
    select
        max(as_of) as as_of,
        max(profile_name_cn) as zone,
        bool_or(is_fictional) as is_fictional
    from {{ source('intake', 'build') }}
),

previous as (
    select max(as_of) as as_of
    from {{ ref('stg_previous__editions') }}
),

issuer as (
    select max(value_text) as issuer
    from {{ ref('stg_geography__profile_parameters') }}
    where parameter_id = 'profile.lead_unit.environment_bureau'
),

appealed as (
    select
        appeal.enterprise_id,
        bool_or(appeal.status = 'pending') as is_pending,
        bool_or(appeal.status = 'upheld' and appeal.decided_at > previous.as_of) as is_upheld,
        bool_or(appeal.status = 'rejected' and appeal.decided_at > previous.as_of) as is_rejected
    from {{ ref('appeal') }} as appeal
    cross join previous
    group by appeal.enterprise_id
)

select
    grade.enterprise_id,
    site.name,
    site.credit_code,
    build.zone,
    coalesce(issuer.issuer, build.zone) as issuer,
    build.is_fictional,
    grade.grade,
    grade.score,
    '首位致险物质' || driver.first_name || '，占负荷'
    || {{ number_text('round_even(100 * driver.first_part, 0)') }} || '%' as grade_text,
    case
        when appealed.is_pending then 'pending'
        when appealed.is_upheld then 'upheld'
        when appealed.is_rejected then 'rejected'
        else 'none'
    end as appeal_status,
    age.data_as_of
from {{ ref('source_grade') }} as grade
cross join build
cross join issuer
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = grade.enterprise_id
left join {{ ref('int_risk_grade__drivers_ranked') }} as driver on driver.enterprise_id = grade.enterprise_id
left join appealed on appealed.enterprise_id = grade.enterprise_id
left join {{ ref('int_risk_grade__data_ages_measured') }} as age on age.enterprise_id = grade.enterprise_id
