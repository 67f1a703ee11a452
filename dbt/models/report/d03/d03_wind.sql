{# Wind of the assessment year by sector. #}
select
    cast(rose.sector + 1 as integer) as row_no,
    rose.met_station,
    rose.period,
    rose.sector,
    {{ code_word(to_text('rose.sector'), 'wind_sector') }} as sector_name,
    rose.n,
    100 * rose.share as share_pct,
    rose.mean_speed_m_s
from {{ ref('wind_rose') }} as rose
