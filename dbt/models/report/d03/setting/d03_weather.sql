{# One row: the winds of the station that D03 uses. #}
with

ordered_wind as (
    select
        *,
        row_number() over (order by share_pct desc nulls last, sector asc nulls last) as order_no
    from {{ ref('d03_wind') }}
),

wind as (
    select
        min(rose.met_station) as met_station,
        min(case when wind.order_no = 1 then wind.sector_name end) as prevailing,
        max(wind.share_pct) as prevailing_pct,
        100 * min(rose.calm_share) as calm_pct,
        {{ exact_sum('rose.mean_speed_m_s * rose.n') }} / nullif(sum(rose.n), 0) as mean_speed_m_s
    from {{ ref('wind_rose') }} as rose
    inner join ordered_wind as wind
        on wind.met_station = rose.met_station and wind.period = rose.period and wind.sector = rose.sector
)

select
    'D03' as document_id,
    wind.*
from wind
