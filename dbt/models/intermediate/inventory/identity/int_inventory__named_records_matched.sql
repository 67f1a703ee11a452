{# Which site a record of supervision, monitoring, staff, procedures, platforms, the survey's questions or the pilot speaks of that names an
   enterprise outside the five registers: by permit number, else by the only site of the credit code, else by a name that one site alone
   bears. Others stay unmatched. Columns of each staging model: permit number ('' = the form has none), credit code, name. #}
{%- set tables = [
    ('supervision_problem', 'stg_supervision__problems', 'permit_no', 'credit_code', 'enterprise_name'),
    ('supervision_appeal', 'stg_supervision__appeals', 'permit_no', 'credit_code', 'enterprise_name'),
    ('monitoring_leak', 'stg_monitoring__leaks', 'permit_no', 'credit_code', 'enterprise_name'),
    ('monitoring_workplace', 'stg_monitoring__workplaces', 'permit_no', 'credit_code', 'enterprise_name'),
    ('site_survey_answer', 'stg_site_survey__answers', 'permit_no', 'credit_code', 'enterprise_name'),
    ('receptor_job', 'stg_receptor__jobs', 'permit_no', 'credit_code', 'enterprise_name'),
    ('procedure_record', 'stg_procedure__records', 'permit_no', 'credit_code', 'enterprise_name'),
    ('platform_enterprise', 'stg_platform__enterprises', 'permit_no', 'credit_code', 'enterprise_name'),
    ('pilot_application', 'stg_pilot__applications', '', 'credit_code', 'applicant'),
    ('pilot_open_day', 'stg_pilot__open_days', '', 'credit_code', 'enterprise_name'),
    ('pilot_visit', 'stg_pilot__visits', '', 'credit_code', 'enterprise_name'),
    ('pilot_result_use', 'stg_pilot__result_uses', '', 'credit_code', 'enterprise_name'),
    ('pilot_industry', 'stg_pilot__industries', '', '', 'implementer'),
] -%}
{%- set nothing = 'cast(null as ' ~ type_string() ~ ')' -%}
with

written as (
    {% for raw_table, model, permit_no, credit_code, name in tables %}
    select
        '{{ raw_table }}' as raw_table,
        _record_id,
        {{ permit_no or nothing }} as permit_no,
        {{ credit_code or nothing }} as credit_code,
        {{ normalised_name(name) }} as name_key
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    written.raw_table,
    written._record_id,
    coalesce(by_permit.enterprise_id, by_code.enterprise_id, by_name.enterprise_id) as enterprise_id,
    case
        when by_permit.enterprise_id is not null then 'PERMIT-NO'
        when by_code.enterprise_id is not null then 'CODE-ONE-SITE'
        else 'LEGAL-NAME'
    end as rule
from written
left join {{ ref('int_inventory__site_names_listed') }} as by_permit on by_permit.named = written.permit_no
left join {{ ref('int_inventory__site_names_listed') }} as by_code on by_code.named = written.credit_code
left join {{ ref('int_inventory__site_names_listed') }} as by_name on by_name.named = written.name_key
where coalesce(by_permit.enterprise_id, by_code.enterprise_id, by_name.enterprise_id) is not null
