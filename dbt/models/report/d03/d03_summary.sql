{# One row: the figures that the text of D03 quotes. #}
with

sites as (
    select
        cast(count(*) as integer) as site_count,
        cast(count(case when medium not in ('waste_gas', 'waste_water') then 1 end) as integer) as environment_site_count,
        cast(count(case when medium in ('waste_gas', 'waste_water') then 1 end) as integer) as source_site_count,
        cast(count(case when longitude is null and medium not in ('waste_gas', 'waste_water') then 1 end) as integer) as placeless_count
    from {{ ref('dim_monitoring_site') }}
    where site_id in (select site_id from {{ ref('d03_annex') }})
),

annex as (
    select
        cast(count(distinct medium) as integer) as medium_count,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        cast(count(case when n = 1 then 1 end) as integer) as single_count,
        cast(count(case when n_detected = 0 then 1 end) as integer) as undetected_count,
        cast(count(case when ucl_method = 'max_detect' then 1 end) as integer) as few_count
    from {{ ref('d03_annex') }}
),

levels as (
    select
        cast(sum(result_count) as integer) as result_count,
        100.0 * sum(a_count + b_count) / nullif(sum(result_count), 0) as usable_pct,
        100.0 * sum(nondetect_count) / nullif(sum(a_count + b_count), 0) as nondetect_pct,
        cast(sum(open_count) as integer) as open_count
    from {{ ref('d03_level') }}
),

controls as (
    select
        cast(sum(parallel_count) as integer) as parallel_count,
        100.0 * sum(parallel_count - parallel_open - parallel_failed) / nullif(sum(parallel_count - parallel_open), 0) as parallel_pct,
        cast(sum(blank_count) as integer) as blank_count,
        100.0 * sum(blank_count - blank_failed) / nullif(sum(blank_count), 0) as blank_pct,
        cast(sum(spike_count) as integer) as spike_count,
        100.0 * sum(spike_count - spike_failed) / nullif(sum(spike_count), 0) as spike_pct,
        cast(coalesce(sum(logic_failed), 0) as integer) as logic_count
    from {{ ref('d03_control') }}
),

captured as (
    select
        cast(sum(valid_hours) as bigint) as hour_count,
        100.0 * sum(valid_hours) / nullif(sum(planned_hours), 0) as capture_pct
    from {{ ref('d03_capture') }}
),

compared as (
    select
        cast(count(max_ratio) as integer) as environment_compared_count,
        cast(count(case when exceedance_count > 0 then 1 end) as integer) as environment_exceeding_count,
        {{ listagg_text("case when exceedance_count > 0 then medium_name || pollutant end", '、', 'row_no') }}
            as environment_exceeding_names,
        cast(count(case when judged = 'unapplied' then 1 end) as integer) as unapplied_count,
        cast(count(case when judged = 'none' then 1 end) as integer) as unlimited_count
    from {{ ref('d03_result') }}
    where side = 'environment'
),

outlets as (
    select
        cast(count(*) as integer) as outlet_count,
        cast(count(distinct site_id) as integer) as outlet_site_count
    from {{ ref('d03_outlet') }}
),

new_pollutant as (
    select
        pollutant_id,
        min(pollutant) as pollutant,
        max(detection_pct) as detection_pct,
        max(max_ratio) as max_ratio,
        max(case when judged = 'compared' then 1 else 0 end) as has_limit
    from {{ ref('d03_new_pollutant') }}
    group by pollutant_id
),

new_pollutants as (
    select
        cast(count(*) as integer) as new_count,
        cast(count(case when detection_pct > 0 then 1 end) as integer) as new_detected_count,
        {{ listagg_text('case when detection_pct > 0 then pollutant end', '、', 'pollutant_id') }} as new_detected_names,
        cast(count(case when has_limit = 0 then 1 end) as integer) as new_unlimited_count
    from new_pollutant
),

pointed as (
    select
        min(case when row_no = 1 then site_no || '站' || pollutant || '在' || sector_name || '风时' end) as pointed_text
    from {{ ref('d03_direction') }}
),

methods as (
    select
        max(largest_ratio) as method_ratio,
        cast(count(case when site_count = none_count then 1 end) as integer) as meanless_count
    from {{ ref('d03_nondetect') }}
)

select
    'D03' as document_id,
    edition.edition_no,
    edition.assessment_year,
    sites.*,
    annex.*,
    levels.*,
    captured.*,
    controls.*,
    compared.*,
    outlets.*,
    new_pollutants.*,
    pointed.*,
    methods.*
from sites
cross join annex
cross join levels
cross join captured
cross join controls
cross join compared
cross join outlets
cross join new_pollutants
cross join pointed
cross join methods
cross join {{ ref('edition') }} as edition
