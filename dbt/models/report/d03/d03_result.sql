{# Results of the assessment year by medium and pollutant, over all sites of the medium. Means are those of the sites. Results and ratio
   may have different averaging times (days of a station, hours against the limit of an hour): each says its own. Where a limit of the
   medium names the pollutant but could not be applied (kind of animal or sea bed not known, another averaging time), that is said, not
   “no limit”. #}
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

year_comparison as (
    select
        compared.*,
        {{ displayed('compared.limit_value') }} as shown_limit,
        coalesce(limits.operator in ('>', '>='), false) as is_least,
        row_number() over (
            partition by compared.medium, compared.pollutant_id
            order by compared.max_ratio desc nulls last, compared.rank asc nulls last, compared.standard_code asc nulls last,
                compared.averaging_time asc nulls last, compared.site_id asc nulls last
        ) as order_no
    from {{ ref('limit_comparison') }} as compared
    inner join {{ ref('edition') }} as edition on compared.period = {{ to_text('edition.assessment_year') }}
    left join {{ ref('environmental_limit') }} as limits on limits.limit_id = compared.limit_id
    {{ display_unit_join('compared') }}
),

comparison as (
    select
        medium, pollutant_id,
        sum(exceedance_count) as exceedance_count,
        cast(count(distinct case when exceedance_count > 0 then site_id end) as integer) as exceeding_sites,
        max(max_ratio) as max_ratio,
        max(case
            when order_no = 1 and max_ratio is not null
                then standard_code || case when averaging_time in ('1h', '8h_max', '24h', 'year')
                    then ' ' || {{ code_word('averaging_time', 'averaging_time') }} else '' end
        end) as ratio_basis,
        -- of a limit that is a least value (dissolved oxygen) the ratio is limit over value
        max(case when order_no = 1 and is_least then shown_limit / nullif(max_ratio, 0) when order_no = 1 then max_ratio * shown_limit end)
            as ratio_level,
        {{ list_text(list_agg_distinct('standard_code'), '、') }} as standard_codes,
        sum(open_count) as open_count,
        {{ list_text(list_agg_distinct("standard_code || '（' || standard_class || '）'"), '、') }} as standards
    from year_comparison
    group by medium, pollutant_id
),

exceeded as (
    select
        medium, pollutant_id, averaging_time,
        {{ to_text('cast(sum(exceedance_count) as integer)') }} as exceedance_count,
        {{ code_word('averaging_time', 'averaging_time') }} as averaging_name
    from year_comparison where exceedance_count > 0
    group by medium, pollutant_id, averaging_time
),

exceedance as (
    select
        medium, pollutant_id,
        {{ listagg_text("exceedance_count || '（' || averaging_name || '）'", '、', 'averaging_time') }} as exceedance_text
    from exceeded group by medium, pollutant_id
),

unapplied as (
    select
        limits.medium, limits.pollutant_id,
        {{ list_text(list_agg_distinct('limits.standard_code'), '、') }} as standards
    from {{ ref('environmental_limit') }} as limits
    cross join {{ ref('edition') }} as edition
    where
        limits.medium not in ('waste_gas', 'waste_water')
        and (limits.valid_from is null or year(limits.valid_from) <= edition.assessment_year)
        and (limits.valid_to is null or year(limits.valid_to) >= edition.assessment_year)
    group by limits.medium, limits.pollutant_id
),

pooled as (
    select
        medium, pollutant_id,
        min(pollutant) as pollutant,
        min(medium_name) as medium_name,
        min(side) as side,
        min(unit_name) as unit_name,
        {{ list_agg_distinct('averaging_time') }} as averaging_times,
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
),

worded as (
    select
        medium, pollutant_id,
        {{ printed_number('mean_low', 2) }} as low_text,
        {{ printed_number('mean_high', 2) }} as high_text
    from pooled
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
        when worded.low_text = worded.high_text then worded.high_text
        else worded.low_text || '–' || worded.high_text
    end as mean_text,
    pooled.unit_name,
    case when pooled.n_detected > 0 then pooled.highest_site end as highest_site,
    coalesce(comparison.standards, '未对照：' || unapplied.standards, '无适用限值') as standards,
    {{ code_words_only('pooled.averaging_times', 'averaging_time') }} as averaging_name,
    case
        when comparison.standards is not null then coalesce(comparison.ratio_basis, comparison.standard_codes)
        when unapplied.standards is not null then '未对照：' || unapplied.standards
        else '无适用限值'
    end as ratio_basis,
    case when comparison.standards is not null then 'compared' when unapplied.standards is not null then 'unapplied' else 'none' end
        as judged,
    comparison.ratio_level,
    comparison.max_ratio,
    cast(comparison.exceedance_count as integer) as exceedance_count,
    coalesce(exceedance.exceedance_text, {{ to_text('cast(comparison.exceedance_count as integer)') }}) as exceedance_text,
    comparison.exceeding_sites,
    cast(comparison.open_count as integer) as open_count
from pooled
inner join worded on worded.medium = pooled.medium and worded.pollutant_id = pooled.pollutant_id
left join comparison on comparison.medium = pooled.medium and comparison.pollutant_id = pooled.pollutant_id
left join exceedance on exceedance.medium = pooled.medium and exceedance.pollutant_id = pooled.pollutant_id
left join unapplied on unapplied.medium = pooled.medium and unapplied.pollutant_id = pooled.pollutant_id
