-- What was measured of each substance at each job in one year: the assessment year, else the last year before it, else the first after
-- it. A mean of tests of which some are non-detects takes half their limit; of non-detects alone there is no mean, only the bound that
-- their limits set. Short-term values are maxima.
with

test as (
    select test.*
    from {{ ref('int_exposure__workplace_tests_converted') }} as test
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as chosen
    where test.tested_year is not null
    qualify
        test.tested_year = coalesce(
            max(case when test.tested_year <= chosen.assessment_year then test.tested_year end) over (
                partition by test.place_id, test.job, test.pollutant_id
            ),
            min(test.tested_year) over (partition by test.place_id, test.job, test.pollutant_id)
        )
),

summed as (
    select
        place_id,
        min(enterprise_id) as enterprise_id,
        job,
        pollutant_id,
        max(tested_year) as tested_year,
        max(tested_on) as tested_on,
        cast(count(*) as integer) as n,
        cast(count(twa_mg_m3) as integer) as twa_count,
        cast(sum(case when is_twa_nondetect then 1 else 0 end) as integer) as nondetect_count,
        sum(case when is_twa_nondetect and twa_limit_mg_m3 is null then 1 else 0 end) as limitless_count,
        sum(case when is_unit_unknown then 1 else 0 end) as unit_unknown_count,
        {{ exact_mean('coalesce(twa_mg_m3, 0.5 * twa_limit_mg_m3)') }} as twa_half_limit_mg_m3,
        {{ exact_mean('coalesce(twa_mg_m3, twa_limit_mg_m3)') }} as twa_at_limit_mg_m3,
        max(twa_mg_m3) as twa_max_mg_m3,
        max(stel_mg_m3) as stel_mg_m3,
        max(coalesce(stel_mg_m3, stel_limit_mg_m3)) as stel_at_limit_mg_m3,
        {{ origin_collect(origin_cells('monitoring_workplace', 'test', {
            'twa_mg_m3': 'twa', 'stel_mg_m3': 'stel', 'pollutant_id': 'pollutant_id', 'job': 'job'})) }} as _origin
    from test
    group by place_id, job, pollutant_id
)

select
    place_id,
    enterprise_id,
    job,
    pollutant_id,
    tested_year,
    tested_on,
    n,
    nondetect_count,
    unit_unknown_count > 0 as has_unit_unknown,
    limitless_count > 0 as has_limitless_nondetect,
    case when twa_count > 0 then twa_half_limit_mg_m3 end as twa_mg_m3,
    case when limitless_count = 0 then twa_at_limit_mg_m3 end as twa_upper_mg_m3,
    twa_max_mg_m3,
    stel_mg_m3,
    stel_at_limit_mg_m3 as stel_upper_mg_m3,
    _origin
from summed
