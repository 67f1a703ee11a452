{# What the results so far say of how often a substance is measured at a site. More often: one was above the line of raising, and since
   then there were not so many below the line of calm one after the other. Less often: the last so many are all non-detects of a method
   that sees a small part of the limit. Only what has a limit is judged; what is measured on line is neither. #}
with

parameter as (
    select
        max(case when parameter_id = 'network.raise_ratio' then value end) as raise_ratio,
        max(case when parameter_id = 'network.calm_ratio' then value end) as calm_ratio,
        max(case when parameter_id = 'network.calm_results' then value end) as calm_results,
        max(case when parameter_id = 'network.lower_results' then value end) as lower_results,
        max(case when parameter_id = 'network.lower_limit_ratio' then value end) as lower_limit_ratio
    from {{ ref('int_core__parameter_values_chosen') }}
),

result as (
    select
        compared.site_id,
        compared.pollutant_id,
        compared.sampled_at,
        max(compared.ratio) as ratio,
        max(compared.nondetect_ratio) as nondetect_ratio
    from {{ ref('int_exposure__results_compared') }} as compared
    left join {{ ref('int_exposure__plan_current_listed') }} as item
        on item.site_id = compared.site_id and item.pollutant_id = compared.pollutant_id and item.frequency = 'continuous'
    where item.site_id is null
    group by compared.site_id, compared.pollutant_id, compared.sampled_at
),

told as (
    select
        result.*,
        max(case when result.ratio > parameter.raise_ratio then result.sampled_at end) over (
            partition by result.site_id, result.pollutant_id
        ) as last_high_at,
        row_number() over (partition by result.site_id, result.pollutant_id order by result.sampled_at desc nulls last) as back_no,
        coalesce(coalesce(result.ratio, result.nondetect_ratio) < parameter.calm_ratio, false) as is_calm
    from result
    cross join parameter
),

run as (
    select
        told.*,
        sum(case when told.is_calm then 0 else 1 end) over (
            partition by told.site_id, told.pollutant_id, coalesce(told.sampled_at > told.last_high_at, true)
            order by told.back_no desc nulls last
            rows between unbounded preceding and current row
        ) as run_no
    from told
),

calm_run as (
    select
        site_id,
        pollutant_id,
        count(case when is_calm then 1 end) as calm_count
    from run
    where sampled_at > last_high_at
    group by site_id, pollutant_id, run_no
),

calm as (
    select
        site_id,
        pollutant_id,
        max(calm_count) as calm_count
    from calm_run
    group by site_id, pollutant_id
),

judged as (
    select
        told.site_id,
        told.pollutant_id,
        max(told.last_high_at) as last_high_at,
        count(
            case
                when told.back_no <= parameter.lower_results and told.ratio is null
                    and told.nondetect_ratio <= parameter.lower_limit_ratio
                    then 1
            end
        ) as seen_nothing_count,
        max(parameter.lower_results) as lower_results,
        max(parameter.calm_results) as calm_results
    from told
    cross join parameter
    group by told.site_id, told.pollutant_id
)

select
    judged.site_id,
    judged.pollutant_id,
    judged.last_high_at is not null and coalesce(calm.calm_count, 0) < judged.calm_results as is_raised,
    judged.seen_nothing_count >= judged.lower_results as is_lowered
from judged
left join calm on calm.site_id = judged.site_id and calm.pollutant_id = judged.pollutant_id
