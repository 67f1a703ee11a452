{# What this edition lacks, with the effect of each. Unknown is null and counted: nothing here is filled in elsewhere. Each kind of gap
   is found by a model marked `gaps: [tables that it is about]`, or `gaps: told` where each row says so itself in `about` (tables,
   source:…, document:…, with semicolons); `gaps: true` is about nothing in particular. A site, a substance or a monitoring site that a subject
   calls by its id is called by its name here. #}
{%- set found = marked_models('gaps') -%}
with

found as (
    {% for model in found %}
    select
        gap_id,
        subject,
        missing,
        effect,
        subject_key,
        {% if model.mark == 'told' -%}
        about
        {%- elif model.mark is sameas true -%}
        cast(null as {{ type_string() }}) as about
        {%- else -%}
        '{{ model.mark | join(';') }}' as about
        {%- endif %}
    from {{ model.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

named as (
    select
        enterprise_id as object_id,
        name
    from {{ ref('dim_enterprise') }}
    union all
    select
        pollutant_id as object_id,
        coalesce(name_cn, name_en) as name
    from {{ ref('dim_pollutant') }}
    union all
    select
        site_id as object_id,
        name
    from {{ ref('dim_monitoring_site') }}
)

select
    found.gap_id,
    coalesce(replace(found.subject, found.subject_key, named.name), found.subject) as subject,
    found.missing,
    found.effect,
    found.subject_key,
    split_part(found.gap_id, ':', 1) as kind,
    {{ text_to_list('found.about') }} as about
from found
left join named on named.object_id = found.subject_key and position(named.name in found.subject) = 0
