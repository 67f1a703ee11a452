{# Which site a record of supervision, monitoring, staff, procedures, platforms or the survey's questions speaks of that names an enterprise
   outside the five registers: by permit number, else by the only site of the credit code, else by a name that one site alone bears. Others stay unmatched. #}
{%- set tables = [
    ('supervision_problem', 'stg_supervision__problems'), ('supervision_appeal', 'stg_supervision__appeals'),
    ('monitoring_leak', 'stg_monitoring__leaks'), ('monitoring_workplace', 'stg_monitoring__workplaces'),
    ('site_survey_answer', 'stg_site_survey__answers'),
    ('receptor_job', 'stg_receptor__jobs'),
    ('procedure_record', 'stg_procedure__records'), ('platform_enterprise', 'stg_platform__enterprises'),
] -%}
with

matched as (
    select source, source_key, enterprise_id, credit_code
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
),

by_permit as (
    select source_key as permit_no, min(enterprise_id) as enterprise_id
    from matched
    where source = 'permit'
    group by source_key
),

by_code as (
    select credit_code, min(enterprise_id) as enterprise_id
    from matched
    where credit_code is not null
    group by credit_code
    having count(distinct enterprise_id) = 1
),

by_name as (
    select collected.name_key, min(matched.enterprise_id) as enterprise_id
    from {{ ref('int_inventory__enterprise_keys_collected') }} as collected
    inner join matched on matched.source = collected.source and matched.source_key = collected.source_key
    where collected.name_key is not null
    group by collected.name_key
    having count(distinct matched.enterprise_id) = 1
),

named as (
    {% for raw_table, model in tables %}
    select '{{ raw_table }}' as raw_table, _record_id, permit_no, credit_code, {{ normalised_name('enterprise_name') }} as name_key
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    named.raw_table,
    named._record_id,
    coalesce(by_permit.enterprise_id, by_code.enterprise_id, by_name.enterprise_id) as enterprise_id,
    case
        when by_permit.enterprise_id is not null then 'PERMIT-NO'
        when by_code.enterprise_id is not null then 'CODE-ONE-SITE'
        else 'LEGAL-NAME'
    end as rule
from named
left join by_permit on by_permit.permit_no = named.permit_no
left join by_code on by_code.credit_code = named.credit_code
left join by_name on by_name.name_key = named.name_key
where coalesce(by_permit.enterprise_id, by_code.enterprise_id, by_name.enterprise_id) is not null
