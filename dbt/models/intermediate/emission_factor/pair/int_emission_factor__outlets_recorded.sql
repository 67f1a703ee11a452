-- What online instruments say of an outlet in a quarter: the mean of concentration times flow over the hours that have both, times
-- the hours in which the plant did not stand. With fewer valid hours than the parameter asks for the quarter is kept and not used.
with

hour as (
    select
        site.outlet_id,
        recorded.pollutant_id,
        {{ period_of('recorded.sampled_at', 'quarter') }} as period,
        coalesce(mark.code = 'stopped', false) as is_stopped,
        case when coalesce(recorded.value_qualifier, '') = '' then recorded.value end
        * conversion.factor * 1e-9 * recorded.flow_m3_h as rate_kg_h,
        recorded._file_no,
        recorded._sheet,
        recorded._row
    from {{ ref('stg_monitoring__outlet_hours') }} as recorded
    inner join
        {{ ref('dim_monitoring_site') }} as site
        on site.site_id = 'S:' || {{ online_site_no('recorded') }} and site.outlet_id is not null
    left join
        {{ ref('int_inventory__code_words_normalised') }} as mark
        on mark.code_set = 'online_mark' and mark.word = lower(trim(recorded.status_word))
    left join
        {{ ref('unit_conversion') }} as conversion
        on conversion.unit = recorded.unit and conversion.quantity = 'air_concentration'
),

quarter as (
    select
        outlet_id,
        pollutant_id,
        period,
        count(case when not is_stopped then 1 end) as running_hours,
        count(case when not is_stopped then rate_kg_h end) as valid_hours,
        {{ exact_mean('case when not is_stopped then rate_kg_h end') }} as rate_kg_h
    from hour
    group by outlet_id, pollutant_id, period
),

run_of_rows as (
    select
        outlet_id,
        pollutant_id,
        period,
        _file_no,
        _sheet,
        min(_row) as first_row,
        max(_row) as last_row
    from hour
    group by outlet_id, pollutant_id, period, _file_no, _sheet
),

read_from as (
    select
        outlet_id,
        pollutant_id,
        period,
        {{ origin_collect(origin_rows(
            'monitoring_outlet_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'value', 'emission_kg')) }} as origin
    from run_of_rows
    group by outlet_id, pollutant_id, period
)

select
    quarter.outlet_id,
    'source' as site_role,
    quarter.pollutant_id,
    quarter.period,
    'automatic' as method,
    case when quarter.valid_hours >= limits.value * quarter.running_hours and quarter.valid_hours > 0 then 'A' else 'C' end as qc_level,
    false as is_below,
    quarter.rate_kg_h * quarter.running_hours as emission_kg,
    cast(null as double) as emission_limit_kg,
    cast(null as double) as load_share,
    cast(quarter.valid_hours as integer) as sample_count,
    read_from.origin
from quarter
inner join
    read_from
    on
        read_from.outlet_id = quarter.outlet_id
        and read_from.pollutant_id = quarter.pollutant_id
        and read_from.period = quarter.period
inner join {{ ref('int_core__parameter_values_chosen') }} as limits on limits.parameter_id = 'monitoring.online_capture_share'
