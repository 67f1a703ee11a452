{# Results of the environment by area and medium: what was detected and what came closest to its limit. #}
with

placed as (
    select
        annex.*,
        coalesce(site.area_id, '') as area_id
    from {{ ref('d03_annex') }} as annex
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = annex.site_id
    where annex.side = 'environment'
),

ordered as (
    select
        placed.*,
        row_number() over (
            partition by area_id, medium
            order by max_ratio desc nulls last, pollutant_id asc nulls last, site_id asc nulls last
        ) as order_no
    from placed
),

pooled as (
    select
        area_id,
        medium,
        min(medium_name) as medium_name,
        cast(count(distinct site_id) as integer) as site_count,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        cast(count(distinct case when n_detected > 0 then pollutant_id end) as integer) as detected_count,
        cast(sum(n) as bigint) as n,
        100.0 * sum(n_detected) / sum(n) as detection_pct,
        max(max_ratio) as max_ratio,
        min(case when order_no = 1 and max_ratio is not null then pollutant end) as highest_pollutant,
        cast(sum(exceedance_count) as integer) as exceedance_count
    from ordered
    group by area_id, medium
)

select
    cast(row_number() over (
        order by area.name_cn asc nulls last, pooled.area_id asc nulls last, pooled.medium asc nulls last
    ) as integer) as row_no,
    pooled.area_id,
    pooled.medium,
    coalesce(area.name_cn, '不在任何区域内') as area_name,
    pooled.medium_name,
    pooled.site_count,
    pooled.pollutant_count,
    pooled.detected_count,
    pooled.n,
    pooled.detection_pct,
    pooled.highest_pollutant,
    pooled.max_ratio,
    pooled.exceedance_count
from pooled
left join {{ ref('dim_area') }} as area on area.area_id = pooled.area_id
