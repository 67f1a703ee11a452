{# Sections 8 and 15: what was measured at the site's outlets and monitoring sites (samples and continuous monitoring), leak detection,
   workplaces by post. A summary stands on the record with the largest value; persons are in none of these records. #}
with

sample as (
    select
        site.enterprise_id,
        coalesce(site.name, site.site_id) as site,
        result.medium,
        result.pollutant_id,
        result.value,
        result.is_nondetect,
        result.unit,
        result.sampled_at,
        {{ provenance('result') }}
    from {{ ref('int_exposure__results_converted') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id
    where
        result.source_kind = 'sample'
        and site.enterprise_id is not null
        and site.enterprise_id not like '%-000'
        and not result.is_flagged
),

continuous as (
    select
        matched.enterprise_id,
        '在线 ' || outlet_hour.outlet_no as site,
        cast(null as {{ type_string() }}) as medium,
        outlet_hour.pollutant_id,
        outlet_hour.value,
        coalesce(outlet_hour.value_qualifier in ('<', 'ND'), false) as is_nondetect,
        outlet_hour.unit,
        outlet_hour.sampled_at,
        {{ provenance('outlet_hour') }}
    from {{ ref('stg_monitoring__outlet_hours') }} as outlet_hour
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = outlet_hour.permit_no
    left join
        {{ ref('int_inventory__code_words_normalised') }} as mark
        on mark.code_set = 'online_mark' and mark.word = lower(trim(outlet_hour.status_word))
    where coalesce(mark.code, 'normal') = 'normal'
),

measured as (
    select *, 'monitoring_sample' as raw_table from sample
    union all
    select *, 'monitoring_outlet_hour' as raw_table from continuous
),

ranked as (
    select
        measured.*,
        count(case when value is not null or is_nondetect then 1 end) over item as n,
        count(case when value is not null and not is_nondetect then 1 end) over item as detected,
        max(sampled_at) over item as last_at
    from measured
    window item as (partition by enterprise_id, site, pollutant_id, unit)
    qualify
        row_number() over (
            partition by enterprise_id, site, pollutant_id, unit
            order by
                value desc nulls last, sampled_at desc nulls last, _file_no asc nulls last, _sheet asc nulls last,
                _row asc nulls last, _field asc nulls last, _record_id asc nulls last
        ) = 1
),

monitored as (
    select
        ranked.enterprise_id,
        concat_ws('|', ranked.site, ranked.pollutant_id, ranked.unit) as item_key,
        row_number() over (
            partition by ranked.enterprise_id
            order by ranked.site asc nulls last, ranked.pollutant_id asc nulls last, ranked.unit asc nulls last
        ) as item_rank,
        ranked.site,
        coalesce(pollutant.name_cn, ranked.pollutant_id) as pollutant,
        {{ to_text('ranked.n') }} as n,
        {{ to_text('ranked.detected') }} as detected,
        case when ranked.detected > 0 then {{ number_text(displayed('ranked.value')) }} else '未检出' end as maximum,
        {{ to_text('cast(ranked.last_at as date)') }} as last_day,
        case when ranked.detected > 0 then coalesce(shown.display_unit, ranked.unit) end as unit,
        'monitoring' as source,
        cast(ranked.last_at as date) as value_date,
        'derived' as state,
        ranked.raw_table,
        {{ provenance('ranked') }}
    from ranked
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = ranked.pollutant_id
    {{ display_unit_join('ranked') }}
    where ranked.n > 0
),

monitored_sample as (
    select * from monitored
    where raw_table = 'monitoring_sample'
),

monitored_continuous as (
    select * from monitored
    where raw_table = 'monitoring_outlet_hour'
),

leak as (
    select
        matched.enterprise_id,
        leak.plant || '|' || {{ to_text('leak.record_year') }} as item_key,
        row_number() over (
            partition by matched.enterprise_id
            order by
                leak.record_year desc nulls last,
                leak.plant asc nulls last,
                leak._file_no asc nulls last,
                leak._row asc nulls last,
                leak._record_id asc nulls last
        ) as item_rank,
        leak.plant,
        {{ number_text('leak.seal_points') }} as seal_points,
        {{ number_text('leak.leak_points') }} as leak_points,
        {{ percent_text('leak.timely_repair_share') }} as repair,
        {{ number_text('leak.emission_t') }} as emission,
        'monitoring' as source,
        {{ period_last_day(to_text('leak.record_year')) }} as value_date,
        'reported' as state,
        {{ provenance('leak') }}
    from {{ ref('stg_monitoring__leaks') }} as leak
    inner join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'monitoring_leak' and matched._record_id = leak._record_id
)

{%- set cells = {
    'site': 'site_id', 'pollutant': 'pollutant_id', 'n': 'value', 'detected': 'value', 'maximum': 'value', 'last_day': 'sampled_at',
} %}

{{ dossier_of_record('monitored_sample', 'monitored', 'monitoring_sample', cells, with_unit=['maximum']) }}
union all
{%- do cells.update({'site': 'outlet_no'}) %}
{{ dossier_of_record('monitored_continuous', 'monitored', 'monitoring_outlet_hour', cells, with_unit=['maximum']) }}
union all
{{ dossier_of_record('leak', 'leak', 'monitoring_leak', {
    'plant': 'plant', 'seal_points': 'seal_points', 'leak_points': 'leak_points', 'repair': 'timely_repair_pct',
    'emission': 'emission_t'}) }}
