{# What the risk code says of applicants, open facilities, candidates and the bodies behind projects. The code of the as-of date speaks for
   what is judged now: an application until its award is shown, an enterprise's last year. What was judged before keeps what was stated
   then, so that a later edition takes no award away. A grey code says that data lack: it bars where nothing is stated. #}
with

build as (
    select cast(extract(year from as_of) as integer) as year from {{ source('intake', 'build') }}
),

shown as (
    select distinct application_id from {{ ref('int_pilot__fund_steps_read') }} where step = 'notice'
),

subjects as (
    select
        'fund_enterprise' as rule_set,
        filed.application_id as object_id,
        filed.year,
        filed.enterprise_id
    from {{ ref('int_pilot__applications_filed') }} as filed
    left join shown on shown.application_id = filed.application_id
    where filed.track = 'fund_enterprise' and shown.application_id is null
    union all
    select
        'open_facility' as rule_set,
        enterprise_id as object_id,
        max(year) as year,
        enterprise_id
    from {{ ref('int_pilot__open_days_summed') }}
    group by enterprise_id
    union all
    select
        'leading_enterprise' as rule_set,
        object_id,
        max(year) as year,
        object_id as enterprise_id
    from {{ ref('int_pilot__facts_stated') }}
    where object_kind = 'enterprise' and fact = 'plus_revenue_share'
    group by object_id
    union all
    select
        'industry_plus' as rule_set,
        {{ id16(["'pilot_industry'", 'record.project']) }} as object_id,
        build.year,
        found.enterprise_id
    from {{ ref('stg_pilot__industries') }} as record
    cross join build
    inner join {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = 'pilot_industry' and found._record_id = record._record_id
    where record.project is not null
),

coded as (
    select
        subjects.*,
        {# a project's own rule minds red and orange alone #}
        case
            when code.colour in ('red', 'orange') or (code.colour = 'grey' and subjects.rule_set <> 'industry_plus') then 1
            else 0
        end as code_red_or_orange,
        code.overdue_problems as problems_overdue,
        code.colour <> 'grey' or stated.value is null as is_code_heard
    from subjects
    inner join {{ ref('risk_code') }} as code on code.enterprise_id = subjects.enterprise_id
    inner join {{ ref('scoring_rule_set') }} as rules on rules.rule_set = subjects.rule_set
    left join {{ ref('int_pilot__facts_stated') }} as stated
        on stated.object_kind = rules.object_kind
        and stated.object_id = subjects.object_id
        and stated.year = subjects.year
        and stated.fact = 'code_red_or_orange'
)

{%- for fact in ['code_red_or_orange', 'problems_overdue'] %}
select
    rule_set,
    object_id,
    year,
    '{{ fact }}' as fact,
    cast({{ fact }} as double) as value,
    cast(null as {{ type_string() }}) as value_text,
    enterprise_id as source_key
from coded
{%- if fact == 'problems_overdue' %}
where rule_set in ('fund_enterprise', 'leading_enterprise')
{%- else %}
where is_code_heard
union all
{%- endif %}
{%- endfor %}
