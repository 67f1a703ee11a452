-- Mixed exposure at a job to substances of like effect (GBZ 2.1-2019, A.9): the sum of their ratios to PC-TWA, lowered for long shifts.
-- Non-detects add nothing to the ratio and their limits to its upper bound. What has no PC-TWA adds to neither and is counted; a
-- substance without any limit has no known effect and is counted in every group of its job.
with

exposed as (
    select
        measured.place_id,
        measured.enterprise_id,
        measured.job,
        measured.pollutant_id,
        effect.effect_group,
        case when measured.ratio_basis = 'PC_TWA' then measured.exposure_ratio end as ratio,
        case
            when measured.ratio_basis = 'PC_TWA' then coalesce(measured.exposure_ratio, measured.exposure_ratio_upper)
        end as ratio_upper,
        measured.ratio_basis = 'PC_TWA' as has_limit
    from {{ ref('int_exposure__workplaces_limited') }} as measured
    inner join {{ ref('int_exposure__effects_listed') }} as effect
        on effect.place_id = measured.place_id and effect.job = measured.job and effect.pollutant_id = measured.pollutant_id
),

without_limit as (
    select place_id, job, count(*) as unknown_count
    from {{ ref('int_exposure__workplaces_limited') }}
    where not has_limit
    group by place_id, job
),

summed as (
    select
        place_id,
        min(enterprise_id) as enterprise_id,
        job,
        effect_group,
        {{ list_agg_distinct('pollutant_id') }} as pollutant_ids,
        {{ exact_sum('ratio') }} as additive_ratio,
        case when count(ratio_upper) = count(*) then {{ exact_sum('ratio_upper') }} end as additive_ratio_upper,
        sum(case when coalesce(has_limit, false) then 0 else 1 end) as limitless_count
    from exposed
    group by place_id, job, effect_group
    having count(*) > 1
)

select
    summed.place_id,
    summed.enterprise_id,
    summed.job,
    summed.effect_group,
    summed.pollutant_ids,
    summed.additive_ratio,
    case
        when summed.limitless_count + coalesce(without_limit.unknown_count, 0) = 0 then summed.additive_ratio_upper
    end as additive_ratio_upper,
    cast(summed.limitless_count + coalesce(without_limit.unknown_count, 0) as integer) as unknown_limit_count
from summed
left join without_limit on without_limit.place_id = summed.place_id and without_limit.job = summed.job
