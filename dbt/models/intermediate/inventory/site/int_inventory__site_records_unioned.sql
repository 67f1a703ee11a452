{# What each register says of a site: one row a record, the same columns for all. Raw column names are equal in all
   registers, so that an origin needs only the raw table and the attribute's name. `source_rank` is the survivorship order:
   permit, census, site survey, chemical survey, key unit list, then tables that state the industry beside a register (a list
   of codes: the primary one; TRI's releases: the most frequent one), and last what any other record (a product) says
   by the way; `stated_at` the time the record speaks of (ISO text). #}
{%- set text = type_string() -%}
{%- set columns = ['permit_no', 'credit_code', 'name', 'former_names', 'status_word', 'industry_code', 'industry_name',
                   'park', 'longitude', 'latitude', 'employees'] -%}
{%- set types = {'longitude': 'double', 'latitude': 'double', 'employees': 'integer'} -%}
{%- set registers = [
    ('permit', 1, 'permit_site', 'stg_permit__sites', 'coalesce(' ~ to_text('valid_from') ~ ', ' ~ to_text('record_year') ~ ')',
     ['former_names']),
    ('census', 2, 'census_site', 'stg_census__sites', to_text('record_year'), []),
    ('site_survey', 3, 'site_survey_profile', 'stg_site_survey__profiles', to_text('survey_year'),
     ['status_word', 'industry_name']),
    ('chemical_survey', 4, 'chemical_survey_use', 'stg_chemical_survey__uses', to_text('survey_year'),
     ['former_names', 'status_word', 'industry_code', 'industry_name', 'park', 'longitude', 'latitude', 'employees']),
    ('key_unit', 5, 'key_unit_entry', 'stg_key_unit__entries', to_text('list_year'),
     ['former_names', 'status_word', 'park', 'employees']),
] -%}
{#- Tables that state the industry of a facility beside its register, and how each marks the primary code. -#}
{%- set industries = [
    ('census', 7, 'census_industry', 'stg_census__industries', 'permit_no',
     "case when lower(is_primary) in ('1', 'yes', 'true', '是') then 0 else 1 end"),
    ('permit', 8, 'permit_release', 'stg_permit__releases', 'unit_name', '1'),
] -%}
with

{% for source, rank, raw_table, model, stated_at, absent in registers %}
{{ source }}_record as (
    select
        '{{ source }}' as source,
        {{ rank }} as source_rank,
        '{{ raw_table }}' as raw_table,
        {{ stated_at }} as stated_at,
        'name' as name_field,
        {% for column in columns %}
        {{ 'cast(null as ' ~ types.get(column, text) ~ ')' if column in absent else column }} as {{ column }},
        {% endfor %}
        {{ provenance() }}
    from {{ ref(model) }}
),

{% endfor %}
other_record as (
    select
        source,
        9 as source_rank,
        raw_table,
        cast(null as {{ text }}) as stated_at,
        name_column as name_field,
        permit_no,
        credit_code,
        name,
        cast(null as {{ text }}) as former_names,
        cast(null as {{ text }}) as status_word,
        cast(null as {{ text }}) as industry_code,
        cast(null as {{ text }}) as industry_name,
        park,
        cast(null as double) as longitude,
        cast(null as double) as latitude,
        cast(null as integer) as employees,
        {{ provenance() }}
    from {{ ref('int_inventory__enterprise_keys_collected') }}
),

{% for source, rank, raw_table, model, name_field, is_primary in industries %}
{{ raw_table }}_counted as (
    select
        permit_no,
        industry_code,
        {{ is_primary }} as primary_rank,
        {{ provenance() }},
        count(*) over (partition by permit_no, industry_code) as record_count
    from {{ ref(model) }}
    where industry_code is not null and permit_no is not null
),

{{ raw_table }}_industry as (
    select
        '{{ source }}' as source,
        {{ rank }} as source_rank,
        '{{ raw_table }}' as raw_table,
        cast(null as {{ text }}) as stated_at,
        '{{ name_field }}' as name_field,
        permit_no,
        cast(null as {{ text }}) as credit_code,
        cast(null as {{ text }}) as name,
        cast(null as {{ text }}) as former_names,
        cast(null as {{ text }}) as status_word,
        industry_code,
        cast(null as {{ text }}) as industry_name,
        cast(null as {{ text }}) as park,
        cast(null as double) as longitude,
        cast(null as double) as latitude,
        cast(null as integer) as employees,
        {{ provenance() }}
    from {{ raw_table }}_counted
    qualify
        row_number() over (
            partition by permit_no
            order by
                primary_rank asc nulls last, record_count desc nulls last, industry_code asc nulls last,
                _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last, _record_id asc nulls last
        ) = 1
),

{% endfor %}
site_record as (
    {% for source, rank, raw_table, model, stated_at, absent in registers %}
    select * from {{ source }}_record
    union all
    {% endfor %}
    {% for source, rank, raw_table, model, name_field, is_primary in industries %}
    select * from {{ raw_table }}_industry
    union all
    {% endfor %}
    select * from other_record
)

select
    matched.enterprise_id,
    matched.credit_code as matched_credit_code,
    site_record.*,
    status_word.code as status
from site_record
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on
        matched.source = site_record.source
        and matched.source_key = {{ enterprise_source_key('site_record.permit_no', 'site_record.credit_code', 'site_record.name') }}
left join
    {{ ref('int_inventory__code_words_normalised') }} as status_word
    on status_word.code_set = 'enterprise_status' and status_word.word = lower(trim(site_record.status_word))
