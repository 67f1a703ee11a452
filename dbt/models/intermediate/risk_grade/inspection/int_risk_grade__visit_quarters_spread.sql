{# In which of the four quarters from the current one on a routine visit falls, by visits a year and a site's offset: quarters of the
   calendar, so that a later edition plans the same ones and a visit comes due; sites of different offset have theirs in different ones. #}
with

build as (
    select 4 * year(max(as_of)) + quarter(max(as_of)) - 1 as quarter_no
    from {{ source('intake', 'build') }}
),

place as (
    select row_number() over (order by rule_id asc nulls last) - 1 as number
    from {{ ref('inspection_rule') }}
    qualify row_number() over (order by rule_id asc nulls last) <= 4
),

rate as (
    select distinct least(on_site_max_per_year, 4) as visits_per_year
    from {{ ref('inspection_rule') }}
    where on_site_max_per_year > 0
),

quarter as (
    select
        rate.visits_per_year,
        shift.number as offset_no,
        build.quarter_no + step.number as quarter_no
    from rate
    cross join build
    cross join place as shift
    cross join place as step
    where
        floor((build.quarter_no + step.number + shift.number) * rate.visits_per_year / 4.0)
        > floor((build.quarter_no + step.number + shift.number - 1) * rate.visits_per_year / 4.0)
),

named as (
    select
        quarter.*,
        {{ to_text('cast(floor(quarter_no / 4.0) as integer)') }} || 'Q'
        || {{ to_text('cast(mod(quarter_no, 4) + 1 as integer)') }} as period
    from quarter
)

select
    cast(visits_per_year as integer) as visits_per_year,
    cast(offset_no as integer) as offset_no,
    period,
    {{ period_last_day('period') }} as last_day
from named
