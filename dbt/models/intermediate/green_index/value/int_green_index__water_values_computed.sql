{# Q5 and Q6. Q5: of the samples whose deciding items are all measured (seed water_class_item) those with every item within its class
   (surface water III, sea II), at sites sampled in as many months as a year's judgement asks for. Q6: mean over the new pollutants of
   water and sediment of detection rate × max(largest year mean over its limit, 1); without a limit the factor is 1, its least. #}
with

rule as (
    select
        max(case when parameter_id = 'index.surface_water_months' then value end) as surface_months,
        max(case when parameter_id = 'index.sea_water_months' then value end) as sea_months
    from {{ ref('int_core__parameter_values_chosen') }}
),

items as (
    select
        result.site_id,
        result.medium,
        cast(result.sampled_at as date) as sampled_on,
        item.is_deciding,
        result.pollutant_id,
        coalesce(
            case limits.operator
                when '<=' then result.value > limits.limit_canonical
                when '<' then result.value >= limits.limit_canonical
                when '>' then result.value <= limits.limit_canonical
                when '>=' then result.value < limits.limit_canonical
            end,
            false
        ) as is_exceeded
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('water_class_item') }} as item on item.medium = result.medium and item.pollutant_id = result.pollutant_id
    inner join {{ ref('environmental_limit') }} as limits
        on limits.standard_code = item.standard_code and limits.standard_class = item.standard_class
        and limits.parameter_cn = item.parameter_cn and limits.canonical_unit = result.unit
    where result.qc_level in ('A', 'B') and (result.value is not null or result.is_nondetect)
),

deciding as (
    select medium, count(distinct pollutant_id) as item_count
    from {{ ref('water_class_item') }}
    where is_deciding
    group by medium
),

samples as (
    select
        items.site_id,
        items.medium,
        items.sampled_on,
        max(case when items.is_exceeded then 1 else 0 end) as exceeded
    from items
    inner join deciding on deciding.medium = items.medium
    group by items.site_id, items.medium, items.sampled_on
    having count(distinct case when items.is_deciding then items.pollutant_id end) = max(deciding.item_count)
),

site_years as (
    select
        site_id,
        medium,
        {{ period_of('sampled_on', 'year') }} as year,
        count(*) as sample_count,
        count(case when exceeded = 0 then 1 end) as good_count,
        count(distinct extract(month from sampled_on)) as month_count
    from samples
    group by site_id, medium, {{ period_of('sampled_on', 'year') }}
),

good as (
    select
        station.area_id,
        site_years.year,
        100.0 * sum(site_years.good_count) / sum(site_years.sample_count) as value
    from site_years
    inner join {{ ref('int_green_index__stations_assigned') }} as station on station.site_id = site_years.site_id
    cross join rule
    where site_years.month_count >= case site_years.medium when 'sea_water' then rule.sea_months else rule.surface_months end
    group by station.area_id, site_years.year
),

detected as (
    select
        station.area_id,
        summary.period as year,
        summary.pollutant_id,
        cast(sum(summary.n_detected) as double) / sum(summary.n)
        * greatest(coalesce(max(summary.mean / summary.standard_limit), 1), 1) as part
    from {{ ref('monitoring_summary') }} as summary
    inner join {{ ref('int_green_index__stations_assigned') }} as station on station.site_id = summary.site_id
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = summary.pollutant_id
    where
        summary.medium in ('surface_water', 'sea_water', 'sediment') and pollutant.is_new_pollutant
        and length(summary.period) = 4 and summary.n > 0
    group by station.area_id, summary.period, summary.pollutant_id
),

index_of_detection as (
    select area_id, year, {{ exact_mean('part') }} as value
    from detected
    group by area_id, year
)

select 'Q5' as indicator_id, area_id, {{ period_year('year') }} as year, value, 'exposure.monitoring_result' as source_table from good
union all
select 'Q6' as indicator_id, area_id, {{ period_year('year') }} as year, value, 'exposure.monitoring_summary' as source_table
from index_of_detection
