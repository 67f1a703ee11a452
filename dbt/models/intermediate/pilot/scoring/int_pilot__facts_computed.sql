{# Facts that the pilot's own tables hold: rule set, object, year, fact and the row it is read from. #}
with

build as (
    select cast(extract(year from as_of) as integer) as year from {{ source('intake', 'build') }}
),

facilities as (
    select
        days.*,
        asked.satisfaction_low,
        asked.trust_gain_low
    from {{ ref('int_pilot__open_days_summed') }} as days
    left join {{ ref('int_pilot__facilities_surveyed') }} as asked
        on asked.enterprise_id = days.enterprise_id and asked.year = days.year
),

venues as (
    select
        venue.year,
        coalesce(word.code, venue.venue_kind_word) as venue_kind,
        venue.events,
        venue.participants
    from {{ ref('stg_pilot__venues') }} as venue
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'venue_kind' and word.word = trim(venue.venue_kind_word)
),

products as (
    select
        cast(extract(year from released_on) as integer) as year,
        count(distinct product_form) as forms,
        sum(reach) / 10000.0 as reach_10k
    from {{ ref('stg_pilot__products') }}
    group by cast(extract(year from released_on) as integer)
),

experts as (
    select
        count(distinct case when word.code = 'true' then expert.expert_key end) as active,
        count(distinct case when word.code = 'true' then domain.code end) as fields,
        count(distinct case
            when
                word.code = 'true' and {{ regexp_like('expert.title', '教授|研究员|高级|主任') }}
                and not {{ regexp_like('expert.title', '助理|实习|科员') }}
                then expert.expert_key
        end)
        / nullif(count(distinct case when word.code = 'true' then expert.expert_key end), 0) as senior_share
    from {{ ref('stg_pilot__experts') }} as expert
    left join {{ ref('crosswalk_code') }} as word on word.code_set = 'yes_no' and word.word = trim(expert.active_word)
    left join {{ ref('crosswalk_code') }} as domain on domain.code_set = 'expert_domain' and expert.field like '%' || domain.word || '%'
)

{%- set project = id16(["'pilot_industry'", 'record.project']) %}

{% for fact in ['open_days', 'visitors', 'open_years', 'satisfaction_low', 'trust_gain_low'] -%}
select
    {{ scoring_fact_columns('open_facility', 'enterprise_id', 'year', fact, fact, source_key=row_key(['enterprise_id', 'year'])) }}
from facilities
union all
{% endfor -%}
{% for fact, expression in [
    ('main_venue_count', "count(case when venue_kind = 'main' then 1 end)"),
    ('branch_venue_count', "count(case when venue_kind = 'branch' then 1 end)"),
    ('visitors', "sum(case when venue_kind = 'main' then participants end)"),
    ('branch_events', "sum(case when venue_kind = 'branch' then events end)")] -%}
select
    {{ scoring_fact_columns('publicity', "'area'", 'year', fact, expression) }}
from venues
where year is not null
group by year
union all
{% endfor -%}
{% for fact, column in [('product_forms', 'forms'), ('online_reach', 'reach_10k')] -%}
select
    {{ scoring_fact_columns('publicity', "'area'", 'year', fact, column) }}
from products
where year is not null
union all
{% endfor -%}
{% for fact, column in [('active_experts', 'active'), ('field_count', 'fields'), ('senior_share', 'senior_share')] -%}
select
    {{ scoring_fact_columns('expert_team', "'area'", 'build.year', fact, 'experts.' ~ column) }}
from experts
cross join build
union all
{% endfor -%}
select
    {{ scoring_fact_columns('industry_plus', project, 'build.year', 'value_yuan', 'record.value_yuan', source_key=project) }}
from {{ ref('stg_pilot__industries') }} as record
cross join build
union all
select
    {{ scoring_fact_columns(
        'industry_plus', project, 'build.year', 'category', value_text='coalesce(word.code, record.category_word)',
        source_key=project) }}
from {{ ref('stg_pilot__industries') }} as record
cross join build
left join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'industry_category' and word.word = trim(record.category_word)
union all
select
    {{ scoring_fact_columns('beach', 'beach_id', 'year', 'fact', 'value', 'value_text') }}
from {{ ref('int_green_index__beaches_measured') }}
union all
select
    {{ scoring_fact_columns('beach', 'beach_id', 'year', 'fact', 'value') }}
from {{ ref('int_green_index__beach_means_taken') }}
union all
{% for fact, expression in [
    ('weekly_suitable_share', "count(case when suitability in ('suitable', 'fairly_suitable') then 1 end)"),
    ('weekly_poor_share', "count(case when water_class = 'poor' then 1 end)")] -%}
select
    {{ scoring_fact_columns('beach', 'beach_id', 'year', fact, '1.0 * ' ~ expression ~ ' / nullif(count(water_class), 0)') }}
from {{ ref('beach_week') }}
group by beach_id, year
union all
{% endfor -%}
select * from {{ ref('int_pilot__code_facts_dated') }}
