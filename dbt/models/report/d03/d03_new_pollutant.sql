{# New pollutants in the environment: what was found, and whether there is anything to judge it by. #}
select
    cast(row_number() over (order by result.medium asc nulls last, result.pollutant_id asc nulls last) as integer) as row_no,
    result.medium,
    result.pollutant_id,
    result.medium_name,
    result.pollutant,
    pollutant.cas_no,
    result.site_count,
    result.n,
    result.detection_pct,
    result.min,
    result.max,
    result.unit_name,
    result.highest_site,
    result.standards,
    result.judged,
    result.max_ratio
from {{ ref('d03_result') }} as result
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = result.pollutant_id
where pollutant.is_new_pollutant and result.side = 'environment'
