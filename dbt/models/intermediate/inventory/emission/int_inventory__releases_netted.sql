-- What a site released of a pollutant to a medium in a year, and how much of it no stated member explains: where a site states
-- xylenes and o-xylene, total and hexavalent chromium, TSP and PM10, the sum holds the members, so only the rest of it counts
-- beside them. `own_t` can be added up over pollutants; a member is taken off the nearest sum that is stated.
with

released as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        year,
        -- in grams, so that dioxins keep their digits
        {{ exact_sum('emission_t * 1e6') }} / 1e6 as emission_t
    from {{ ref('emission') }}
    where emission_t >= 0
    group by enterprise_id, medium, pollutant_id, year
),

part as (
    select
        released.enterprise_id,
        released.medium,
        released.year,
        sums.sum_id,
        released.emission_t * sums.factor as part_t
    from released
    inner join {{ ref('int_core__pollutant_sums_joined') }} as sums
        on sums.pollutant_id = released.pollutant_id
    inner join released as whole
        on
            whole.enterprise_id = released.enterprise_id
            and whole.medium = released.medium
            and whole.year = released.year
            and whole.pollutant_id = sums.sum_id
    qualify row_number() over (
        partition by released.enterprise_id, released.medium, released.year, released.pollutant_id
        order by sums.steps asc nulls last
    ) = 1
),

explained as (
    select
        enterprise_id,
        medium,
        year,
        sum_id,
        {{ exact_sum('part_t * 1e6') }} / 1e6 as part_t
    from part
    group by enterprise_id, medium, year, sum_id
)

select
    released.enterprise_id,
    released.medium,
    released.pollutant_id,
    released.year,
    released.emission_t,
    case
        when explained.part_t is null then released.emission_t
        when explained.part_t >= released.emission_t then 0
        else released.emission_t - explained.part_t
    end as own_t,
    case
        when explained.part_t is null or released.emission_t = 0 then 1
        when explained.part_t >= released.emission_t then 0
        else (released.emission_t - explained.part_t) / released.emission_t
    end as own_share
from released
left join explained
    on
        explained.enterprise_id = released.enterprise_id
        and explained.medium = released.medium
        and explained.year = released.year
        and explained.sum_id = released.pollutant_id
