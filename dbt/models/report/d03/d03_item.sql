{# What is measured in each medium: sites, samples a site, detection limits, the standard it is judged by. #}
with

result as (
    select
        result.*,
        {{ displayed('result.detection_limit') }} as shown_limit,
        {{ displayed_unit('result.unit') }} as unit_name
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('edition') }} as edition on result.period = {{ to_text('edition.assessment_year') }}
    {{ display_unit_join('result') }}
    where result.medium is not null and result.source_kind = 'manual'
),

by_site as (
    select
        medium,
        pollutant_id,
        site_id,
        count(distinct cast(sampled_at as date)) as day_count
    from result
    group by medium, pollutant_id, site_id
),

frequency as (
    select
        medium,
        pollutant_id,
        cast(count(*) as integer) as site_count,
        cast(min(day_count) as integer) as least_days,
        cast(max(day_count) as integer) as most_days
    from by_site
    group by medium, pollutant_id
),

item as (
    select
        medium,
        pollutant_id,
        cast(count(*) as integer) as result_count,
        min(shown_limit) as limit_low,
        max(shown_limit) as limit_high,
        min(unit_name) as unit_name,
        {{ list_text(list_agg_distinct('method_code'), '、') }} as methods,
        cast(count(case when is_nondetect then 1 end) as integer) as nondetect_count,
        cast(count(case when is_nondetect and not is_informative then 1 end) as integer) as open_count
    from result
    group by medium, pollutant_id
),

standard as (
    select
        medium,
        pollutant_id,
        {{ list_text(list_agg_distinct('standard_code'), '、') }} as standards
    from {{ ref('limit_comparison') }}
    group by medium, pollutant_id
)

select
    cast(row_number() over (order by item.medium asc nulls last, item.pollutant_id asc nulls last) as integer) as row_no,
    item.medium,
    item.pollutant_id,
    {{ code_word('item.medium', 'medium_of_environment') }} as medium_name,
    coalesce(pollutant.name_cn, item.pollutant_id) as pollutant,
    pollutant.cas_no,
    frequency.site_count,
    case
        when frequency.least_days = frequency.most_days then {{ to_text('frequency.most_days') }}
        else {{ to_text('frequency.least_days') }} || '–' || {{ to_text('frequency.most_days') }}
    end as days_text,
    item.result_count,
    item.nondetect_count,
    item.open_count,
    case
        when item.limit_low = item.limit_high then {{ significant_text('item.limit_low', 3) }}
        else {{ significant_text('item.limit_low', 3) }} || '–' || {{ significant_text('item.limit_high', 3) }}
    end as limit_text,
    item.unit_name,
    nullif(item.methods, '') as methods,
    standard.standards
from item
inner join frequency on frequency.medium = item.medium and frequency.pollutant_id = item.pollutant_id
left join standard on standard.medium = item.medium and standard.pollutant_id = item.pollutant_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = item.pollutant_id
