{# Treatment facilities as permits, census and site surveys state them; the newest period of each. A key part that a form does
   not state is `all` (pollutant) or `unknown` (outlet); a facility without a number is `<source>-<row>`. #}
{%- set text = type_string() -%}
{%- set absent = 'cast(null as ' ~ text ~ ')' -%}
{%- set registers = [
    ('permit', 'permit_treatment', 'stg_permit__treatments', 'permit_no', absent, absent, 'facility_no', 'run_rate', 'period',
     'technology is not null or facility_no is not null'),
    ('census', 'census_release', 'stg_census__releases', 'permit_no', 'credit_code', 'unit_name', absent,
     'cast(null as double)', to_text('record_year'), 'technology is not null'),
    ('site_survey', 'site_survey_treatment', 'stg_site_survey__treatments', 'permit_no', 'credit_code', 'enterprise_name',
     'facility_no', 'run_rate', to_text('survey_year'), 'technology is not null or facility_no is not null'),
] -%}
with

{% for source, raw_table, model, permit_no, credit_code, name, facility_no, run_rate, period, condition in registers %}
{{ raw_table }} as (
    select
        '{{ source }}' as source,
        case '{{ source }}' when 'permit' then 1 when 'site_survey' then 2 else 3 end as source_rank,
        {{ enterprise_source_key(permit_no, credit_code, name) }} as source_key,
        {{ facility_no }} as facility_no,
        coalesce(pollutant_id, 'all') as pollutant_id,
        outlet_no,
        technology,
        removal_efficiency,
        {{ run_rate }} as run_rate,
        {{ period }} as period,
        {%- set cells = {'technology': 'technology', 'removal_efficiency': 'removal_efficiency_pct'} %}
        {%- if source != 'census' %}{% do cells.update({'facility_no': 'facility_no', 'run_rate': 'run_rate_pct'}) %}{% endif %}
        _file_no,
        _sheet,
        _row,
        {{ origin_cells(raw_table, 'record', cells) }} as origin
    from {{ ref(model) }} as record
    where {{ condition }}
),

{% endfor %}
stated as (
    {% for register in registers %}
    select * from {{ register[1] }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{# two files may have a facility without a number in the same row: the second gets a further number #}
numbered as (
    select
        stated.*,
        coalesce(
            facility_no,
            source || '-' || {{ to_text('_row') }}
            || case when occurrence > 1 then '.' || {{ to_text('occurrence') }} else '' end
        ) as numbered_facility_no
    from (
        select
            stated.*,
            row_number() over (
                partition by source, source_key, facility_no, _row, pollutant_id, outlet_no
                order by _file_no asc nulls last, _sheet asc nulls last
            ) as occurrence
        from stated
    ) as stated
)

select
    matched.enterprise_id,
    stated.numbered_facility_no as facility_no,
    stated.pollutant_id,
    matched.enterprise_id || ':' || coalesce(stated.outlet_no, 'unknown') as outlet_id,
    technology_word.code as technology_id,
    stated.removal_efficiency,
    stated.run_rate,
    stated.technology,
    stated.period,
    stated.source,
    stated.origin as _origin
from numbered as stated
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = stated.source and matched.source_key = stated.source_key
left join
    {{ ref('int_inventory__code_words_normalised') }} as technology_word
    on technology_word.code_set = 'technology' and technology_word.word = lower(trim(stated.technology))
qualify
    row_number() over (
        partition by matched.enterprise_id, stated.numbered_facility_no, stated.pollutant_id, stated.outlet_no
        order by
            stated.source_rank asc nulls last,
            stated.period desc nulls last,
            stated._file_no asc nulls last,
            stated._sheet asc nulls last,
            stated._row asc nulls last
    ) = 1
