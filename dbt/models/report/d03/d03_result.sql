{# Results of the assessment year by medium and pollutant, over all sites of the medium. Means are those of the sites. #}
with

site_result as (
    select
        annex.*,
        row_number() over (
            partition by annex.medium, annex.pollutant_id
            order by annex.max_ratio desc nulls last, annex.max desc nulls last, annex.site_id asc nulls last
        ) as place_no
    from {{ ref('d03_annex') }} as annex
),

comparison as (
    select
        compared.medium,
        compared.pollutant_id,
        sum(compared.exceedance_count) as exceedance_count,
        cast(count(distinct case when compared.exceedance_count > 0 then compared.site_id end) as integer) as exceeding_sites,
        max(compared.max_ratio) as max_ratio,
        sum(compared.open_count) as open_count,
        {{ list_text(list_agg_distinct("compared.standard_code || '（' || compared.standard_class || '）'"), '、') }} as standards
    from {{ ref('limit_comparison') }} as compared
    inner join {{ ref('edition') }} as edition on compared.period = {{ to_text('edition.assessment_year') }}
    group by compared.medium, compared.pollutant_id
),

pooled as (
    select
        medium,
        pollutant_id,
        min(pollutant) as pollutant,
        min(medium_name) as medium_name,
        min(side) as side,
        min(unit_name) as unit_name,
        cast(count(*) as integer) as site_count,
        cast(sum(n) as bigint) as n,
        cast(sum(n_detected) as bigint) as n_detected,
        min(min) as min,
        max(max) as max,
        min(mean) as mean_low,
        max(mean) as mean_high,
        cast(count(mean) as integer) as mean_count,
        max(case when place_no = 1 then site_no end) as highest_site
    from site_result
    group by medium, pollutant_id
)

select
    cast(row_number() over (order by pooled.medium asc nulls last, pooled.pollutant_id asc nulls last) as integer) as row_no,
    pooled.medium,
    pooled.pollutant_id,
    pooled.medium_name,
    pooled.side,
    pooled.pollutant,
    pooled.site_count,
    pooled.n,
    100.0 * pooled.n_detected / pooled.n as detection_pct,
    pooled.min,
    pooled.max,
    case
        when pooled.mean_count = 0 then '不给'
        when {{ significant_text('pooled.mean_low', 3) }} = {{ significant_text('pooled.mean_high', 3) }}
            then {{ significant_text('pooled.mean_high', 3) }}
        else {{ significant_text('pooled.mean_low', 3) }} || '–' || {{ significant_text('pooled.mean_high', 3) }}
    end as mean_text,
    pooled.unit_name,
    case when pooled.n_detected > 0 then pooled.highest_site end as highest_site,
    coalesce(comparison.standards, '无适用限值') as standards,
    comparison.max_ratio,
    cast(comparison.exceedance_count as integer) as exceedance_count,
    comparison.exceeding_sites,
    cast(comparison.open_count as integer) as open_count
from pooled
left join comparison on comparison.medium = pooled.medium and comparison.pollutant_id = pooled.pollutant_id
