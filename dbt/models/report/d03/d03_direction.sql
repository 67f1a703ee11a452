{# The sector with the highest mean of each pollutant at each station, sectors of at least twenty hours only. #}
with

highest as (
    select *
    from {{ ref('d03_rose') }}
    where n >= 20
    qualify
        row_number() over (partition by site_id, pollutant_id order by ratio desc nulls last, sector asc nulls last) = 1
)

select
    cast(row_number() over (order by rose.rank_no asc nulls last) as integer) as row_no,
    rose.site_id,
    rose.pollutant_id,
    rose.sector,
    rose.site_no,
    rose.pollutant,
    rose.sector_name,
    rose.n,
    rose.mean,
    rose.whole_mean,
    rose.ratio,
    rose.calm_mean,
    rose.unit_name
from highest as rose
