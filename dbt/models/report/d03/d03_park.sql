{# Results of the environment by area and medium: what was detected and what came closest to its limit. Detection is that of the annex
   (days where a station has hours); ratios and exceedances are of every averaging time, as the tables of exceedances print them. #}
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
        compared.*,
        coalesce(site.area_id, '') as area_id,
        row_number() over (
            partition by coalesce(site.area_id, ''), compared.medium
            order by
                compared.max_ratio desc nulls last, compared.pollutant_id asc nulls last, compared.site_id asc nulls last,
                compared.averaging_time asc nulls last
        ) as order_no
    from {{ ref('limit_comparison') }} as compared
    inner join {{ ref('edition') }} as edition on compared.period = {{ to_text('edition.assessment_year') }}
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = compared.site_id
    where compared.medium not in ('waste_gas', 'waste_water')
),

comparison as (
    select
        area_id,
        medium,
        max(max_ratio) as max_ratio,
        min(case when order_no = 1 and max_ratio is not null then pollutant_id end) as highest_pollutant_id,
        cast(sum(exceedance_count) as integer) as exceedance_count
    from ordered
    group by area_id, medium
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
        100.0 * sum(n_detected) / sum(n) as detection_pct
    from placed
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
    coalesce(pollutant.name_cn, comparison.highest_pollutant_id) as highest_pollutant,
    comparison.max_ratio,
    comparison.exceedance_count
from pooled
left join comparison on comparison.area_id = pooled.area_id and comparison.medium = pooled.medium
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = comparison.highest_pollutant_id
left join {{ ref('dim_area') }} as area on area.area_id = pooled.area_id
