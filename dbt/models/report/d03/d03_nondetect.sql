{# How much the choice of a method for non-detects matters: of each pollutant of the environment the sites with non-detects among their
   results, what counts there, and the largest ratio between the means of two methods. #}
with

estimate as (
    select
        annex.medium,
        annex.pollutant_id,
        annex.site_id,
        min(annex.medium_name) as medium_name,
        min(annex.pollutant) as pollutant,
        max(estimate.mean) / nullif(min(estimate.mean), 0) as method_ratio,
        max(case when estimate.is_preferred then estimate.method end) as preferred
    from {{ ref('d03_annex') }} as annex
    inner join {{ ref('censored_estimate') }} as estimate
        on
            estimate.site_id = annex.site_id
            and estimate.pollutant_id = annex.pollutant_id
            and estimate.period = annex.period
            and estimate.averaging_time = annex.averaging_time
    where annex.side = 'environment' and annex.n_detected < annex.n
    group by annex.medium, annex.pollutant_id, annex.site_id
),

pooled as (
    select
        medium,
        pollutant_id,
        min(medium_name) as medium_name,
        min(pollutant) as pollutant,
        cast(count(*) as integer) as site_count,
        cast(count(case when preferred = 'half_limit' then 1 end) as integer) as half_count,
        cast(count(case when preferred = 'kaplan_meier' then 1 end) as integer) as kaplan_meier_count,
        cast(count(case when preferred in ('ros', 'mle') then 1 end) as integer) as model_count,
        cast(count(case when preferred = 'none' then 1 end) as integer) as none_count,
        max(method_ratio) as largest_ratio
    from estimate
    group by medium, pollutant_id
)

select
    cast(row_number() over (order by medium asc nulls last, pollutant_id asc nulls last) as integer) as row_no,
    pooled.*,
    case when pooled.none_count < pooled.site_count then '是' else '否' end as has_mean
from pooled
