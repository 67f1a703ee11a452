{# Warnings of other platforms with what became of them: the first problem of the same site, found by an online warning or a rule, from
   the day of the warning on and within the days of the parameter. A warning of a station without an enterprise can become none. #}
with

parameter as (
    select max(case when parameter_id = 'problem.warning_days' then value end) as days
    from {{ ref('int_core__parameter_values_chosen') }}
),

warning as (
    select
        {{ business_id('platform_warning', 'warned', ['platform', 'platform_no', 'site_id', 'warned_at', 'indicator'], ['value']) }}
            as warning_id,
        known.platform,
        case when warned.site_id is not null then 'S:' || warned.site_id end as site_id,
        coalesce(known.enterprise_id, site.enterprise_id) as enterprise_id,
        warned.warned_at,
        warned.indicator,
        warned.value,
        warned.limit_value,
        warned.unit,
        warned.level,
        warned.handling,
        {{ origin_cells('platform_warning', 'warned', {
            'warned_at': 'warned_at', 'indicator': 'indicator', 'value': 'value', 'limit_value': 'limit_value', 'level': 'level',
            'handling': 'handling', 'site_id': 'site_id', 'platform': 'platform_no'}) }} as _origin
    from {{ ref('stg_platform__warnings') }} as warned
    left join {{ ref('int_risk_grade__platform_ids_matched') }} as known
        on
            known.platform_no = warned.platform_no
            and (known.platform = warned.platform or (warned.platform is null and known.is_number_of_one))
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = 'S:' || warned.site_id
    where warned.warned_at is not null
),

became as (
    select
        warning.warning_id,
        problem.problem_id
    from warning
    cross join parameter
    inner join {{ ref('problem') }} as problem
        on
            problem.enterprise_id = warning.enterprise_id
            and problem.source in ('online_warning', 'rule')
            and problem.found_at >= cast(warning.warned_at as date)
            and problem.found_at <= cast(warning.warned_at as date) + cast(parameter.days as integer)
    qualify
        row_number() over (
            partition by warning.warning_id
            order by
                case problem.source when 'online_warning' then 1 else 2 end asc nulls last,
                problem.found_at asc nulls last, problem.problem_id asc nulls last
        ) = 1
)

select
    warning.warning_id,
    warning.platform,
    warning.site_id,
    warning.enterprise_id,
    warning.warned_at,
    warning.indicator,
    warning.value,
    warning.limit_value,
    warning.unit,
    warning.level,
    warning.handling,
    became.problem_id,
    warning._origin
from warning
left join became on became.warning_id = warning.warning_id
