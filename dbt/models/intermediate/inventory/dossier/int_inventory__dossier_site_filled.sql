{# Sections 1 and 2: what the site is, and its permits. Values stand in core.dim_enterprise; register, file and date of each are
   those of the chosen attribute. #}
{%- set attributes = {
    'name': 'name', 'former_names': 'name', 'credit_code': 'credit_code', 'permit_no': 'permit_no', 'park': 'park',
    'industry_code': 'industry_code', 'industry_name': 'industry_code', 'longitude': 'place', 'latitude': 'place',
    'location_quality': 'place', 'employees': 'employees', 'status': 'status',
} -%}
{%- set parents = {'park': 'park_id'} -%}
{%- set derived = ['industry_name', 'location_quality'] -%}
with

site as (
    select
        enterprise.enterprise_id,
        enterprise.name,
        nullif({{ list_text('enterprise.former_names', '、') }}, '') as former_names,
        enterprise.credit_code,
        enterprise.permit_no,
        coalesce(area.name_cn, enterprise.park_id) as park,
        enterprise.industry_code,
        enterprise.industry_name,
        {{ degree_text('enterprise.longitude') }} as longitude,
        {{ degree_text('enterprise.latitude') }} as latitude,
        quality.label_cn as location_quality,
        {{ to_text('enterprise.employees') }} as employees,
        coalesce(status.label_cn, enterprise.status) as status
    from {{ ref('dim_enterprise') }} as enterprise
    left join {{ ref('dim_area') }} as area on area.area_id = enterprise.park_id
    {{ code_label_join('quality', 'location_quality', 'enterprise.location_quality') }}
    {{ code_label_join('status', 'enterprise_status', 'enterprise.status') }}
),

chosen as (
    select
        enterprise_id,
        attribute,
        source,
        stated_at,
        {{ origin_any_file_no('origin') }} as file_no
    from {{ ref('int_inventory__site_attributes_chosen') }}
),

attribute_row as (
    {% for field, attribute in attributes.items() %}
    select
        site.enterprise_id, 'site' as block, 'site' as item_key, 1 as item_rank, '{{ field }}' as field,
        site.{{ field }} as plain_value, cast(null as {{ type_string() }}) as unit, chosen.source, chosen.file_no,
        {{ period_last_day('chosen.stated_at') }} as value_date,
        {% if field in derived %}'derived'{% else %}case when chosen.source is null then 'derived' else 'reported' end{% endif %} as state,
        'core.dim_enterprise' as parent_table, site.enterprise_id as parent_key,
        '{{ parents.get(field, field) }}' as parent_column, {{ origin_none() }} as origin
    from site
    left join chosen on chosen.enterprise_id = site.enterprise_id and chosen.attribute = '{{ attribute }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

profile as (
    select
        matched.enterprise_id,
        profile.survey_year,
        profile.production_start,
        profile.run_hours_h_a,
        {{ provenance('profile') }}
    from {{ ref('stg_site_survey__profiles') }} as profile
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key = {{ enterprise_source_key('profile.permit_no', 'profile.credit_code', 'profile.name') }}
    qualify
        row_number() over (
            partition by matched.enterprise_id order by profile.survey_year desc nulls last, profile._file_no desc nulls last
        ) = 1
),

survey as (
    select
        site.enterprise_id,
        'site' as item_key,
        1 as item_rank,
        {{ to_text('profile.production_start') }} as production_start,
        {{ number_text('profile.run_hours_h_a') }} as run_hours,
        case when profile.enterprise_id is not null then 'site_survey' end as source,
        {{ period_last_day(to_text('profile.survey_year')) }} as value_date,
        'reported' as state,
        {{ provenance('profile') }}
    from site
    left join profile on profile.enterprise_id = site.enterprise_id
),

survey_row as (
    {{ dossier_of_record('survey', 'site', 'site_survey_profile', {
        'production_start': 'production_start', 'run_hours': 'run_hours_h_a'}) }}
),

permit as (
    select
        matched.enterprise_id,
        site.permit_no as item_key,
        row_number() over (
            partition by matched.enterprise_id
            order by site.valid_from desc nulls last, site.record_year desc nulls last, site.permit_no asc nulls last
        ) as item_rank,
        site.permit_no,
        coalesce(class.label_cn, site.management_class) as management_class,
        {{ to_text('site.valid_from') }} as valid_from,
        {{ to_text('site.valid_to') }} as valid_to,
        case when site.valid_to >= build.as_of then '有效' when site.valid_to < build.as_of then '已过期' end as state_text,
        'permit' as source,
        coalesce(site.valid_from, {{ period_last_day(to_text('site.record_year')) }}) as value_date,
        'reported' as state,
        {{ provenance('site') }}
    from {{ ref('stg_permit__sites') }} as site
    cross join {{ source('intake', 'build') }} as build
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'permit'
            and matched.source_key = {{ enterprise_source_key('site.permit_no', 'site.credit_code', 'site.name') }}
    {{ code_label_join('class', 'management_class', 'site.management_class') }}
    where site.permit_no is not null
    qualify
        row_number() over (
            partition by matched.enterprise_id, site.permit_no
            order by
                site.valid_from desc nulls last, site.record_year desc nulls last, site._file_no desc nulls last,
                site._row asc nulls last, site._record_id asc nulls last
        ) = 1
),

permit_state as (
    select enterprise_id, item_key, item_rank, state_text, source, value_date, 'derived' as state, {{ provenance() }}
    from permit
),

permit_row as (
    {{ dossier_of_record('permit', 'permit', 'permit_site', {
        'permit_no': 'permit_no', 'management_class': 'management_class', 'valid_from': 'valid_from', 'valid_to': 'valid_to'}) }}
    union all
    {{ dossier_of_record('permit_state', 'permit', 'permit_site', {'state_text': 'valid_to'}) }}
)

select {{ dossier_columns() }} from attribute_row
union all
select {{ dossier_columns() }} from survey_row
union all
select {{ dossier_columns() }} from permit_row
