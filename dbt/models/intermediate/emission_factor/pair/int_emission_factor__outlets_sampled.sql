-- What manual samples say of an outlet in a quarter, before (inlet) or behind the treatment: mean of concentration times flow over
-- the samples of levels A and B, times the running hours of the quarter (a quarter of the year's). Non-detects beside detects count
-- at half their limit; where all are below, the quarter is known to be below the mean of limit times flow.
with

flow as (
    select
        'S:' || site_id as site_id,
        sampled_at,
        coalesce(sample_no, '') as sample_no,
        max(coalesce(flow_m3_h, flow_m3_d / 24)) as flow_m3_h,
        min(load_share) as load_share
    from {{ ref('stg_monitoring__samples') }}
    group by site_id, sampled_at, coalesce(sample_no, '')
),

result as (
    select
        site.outlet_id,
        site.site_role,
        result.pollutant_id,
        {{ period_of('result.sampled_at', 'quarter') }} as period,
        result.qc_level,
        result.is_nondetect,
        flow.load_share,
        result._origin as origin,
        -- ug/m3 of gas, ug/L (= mg/m3) of water to kg/h
        coalesce(result.value, case when result.is_nondetect then result.detection_limit / 2 end)
        * flow.flow_m3_h * case result.unit when 'ug/m3' then 1e-9 when 'ug/L' then 1e-6 end as rate_kg_h,
        case when result.is_nondetect then result.detection_limit end
        * flow.flow_m3_h * case result.unit when 'ug/m3' then 1e-9 when 'ug/L' then 1e-6 end as limit_kg_h
    from {{ ref('monitoring_result') }} as result
    inner join
        {{ ref('dim_monitoring_site') }} as site
        on site.site_id = result.site_id and site.site_role in ('source', 'inlet') and site.outlet_id is not null
    left join flow
        on
            flow.site_id = result.site_id
            and flow.sampled_at = result.sampled_at
            and flow.sample_no = coalesce(result.sample_id, '')
    where result.medium in ('waste_gas', 'waste_water') and result.source_kind = 'manual'
),

quarter as (
    select
        outlet_id,
        site_role,
        pollutant_id,
        period,
        bool_or(qc_level <> 'C') as has_usable,
        max(case when qc_level <> 'C' then qc_level end) as usable_level,
        bool_and(is_nondetect) as is_below,
        {{ exact_mean("case when qc_level <> 'C' then rate_kg_h end") }} as rate_kg_h,
        {{ exact_mean("case when qc_level <> 'C' then limit_kg_h end") }} as limit_kg_h,
        {{ exact_mean('load_share') }} as load_share,
        cast(count(*) as integer) as sample_count,
        {{ origin_collect('origin') }} as origin
    from result
    group by outlet_id, site_role, pollutant_id, period
)

select
    quarter.outlet_id,
    quarter.site_role,
    quarter.pollutant_id,
    quarter.period,
    'manual_monitoring' as method,
    case when quarter.has_usable then quarter.usable_level else 'C' end as qc_level,
    quarter.is_below,
    case when not quarter.is_below then quarter.rate_kg_h end * hours.run_hours_h_a / 4 as emission_kg,
    case when quarter.is_below then quarter.limit_kg_h end * hours.run_hours_h_a / 4 as emission_limit_kg,
    quarter.load_share,
    quarter.sample_count,
    quarter.origin
from quarter
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = quarter.outlet_id
left join
    {{ ref('int_emission_factor__hours_found') }} as hours
    on hours.enterprise_id = outlet.enterprise_id and hours.year = {{ period_year('quarter.period') }}
