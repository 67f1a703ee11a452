{# Sections 5 and 6: where pollutants arise, what treats them, where they leave and what the permit allows in the assessment
   year. #}
with

permit as (
    select
        matched.enterprise_id,
        max(site.valid_from) as valid_from
    from {{ ref('stg_permit__sites') }} as site
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = site.permit_no
    group by matched.enterprise_id
),

stage as (
    select
        matched.enterprise_id,
        concat_ws('|', release_record.process_stage, release_record.pollutant_id, release_record.release_form_word) as item_key,
        release_record.process_stage,
        coalesce(pollutant.name_cn, release_record.pollutant_id) as pollutant,
        release_record.release_form_word as release_form,
        release_record.technology,
        'site_survey' as source,
        {{ period_last_day(to_text('release_record.survey_year')) }} as value_date,
        'reported' as state,
        {{ provenance('release_record') }}
    from {{ ref('stg_site_survey__releases') }} as release_record
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key = {{ survey_source_key('release_record') }}
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = release_record.pollutant_id
    qualify
        row_number() over (
            partition by matched.enterprise_id, release_record.process_stage, release_record.pollutant_id, release_record.release_form_word
            order by
                release_record.survey_year desc nulls last,
                release_record._file_no desc nulls last,
                release_record._row asc nulls last,
                release_record._record_id asc nulls last
        ) = 1
),

stage_item as (
    select *, row_number() over (partition by enterprise_id order by item_key asc nulls last) as item_rank
    from stage
),

treatment as (
    select
        treatment.enterprise_id,
        concat_ws('|', treatment.facility_no, treatment.pollutant_id, treatment.outlet_id) as item_key,
        row_number() over (
            partition by treatment.enterprise_id
            order by treatment.facility_no asc nulls last, treatment.outlet_id asc nulls last, treatment.pollutant_id asc nulls last
        ) as item_rank,
        replace(treatment.facility_no, 'census-', '普查') as facility_no,
        treatment.technology,
        nullif(coalesce(pollutant.name_cn, treatment.pollutant_id), 'all') as pollutant,
        nullif({{ outlet_word("replace(treatment.outlet_id, treatment.enterprise_id || ':', '')") }}, '未指明') as outlet_no,
        {{ percent_text('treatment.removal_efficiency') }} as removal_efficiency,
        {{ percent_text('treatment.run_rate') }} as run_rate,
        treatment.source,
        {{ origin_any_file_no('treatment._origin') }} as file_no,
        {{ period_last_day('treatment.period') }} as value_date,
        'reported' as state,
        {{ row_key(['treatment.enterprise_id', 'treatment.facility_no', 'treatment.pollutant_id', 'treatment.outlet_id']) }} as parent_key
    from {{ ref('treatment') }} as treatment
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = treatment.pollutant_id
),

outlet as (
    select
        outlet.enterprise_id,
        outlet.outlet_id as item_key,
        row_number() over (partition by outlet.enterprise_id order by outlet.outlet_id asc nulls last) as item_rank,
        {{ outlet_word("replace(outlet.outlet_id, outlet.enterprise_id || ':', '')") }} as outlet_no,
        outlet.outlet_name,
        coalesce(kind.label_cn, outlet.outlet_kind) as outlet_kind,
        {{ degree_text('outlet.longitude') }} as longitude,
        {{ degree_text('outlet.latitude') }} as latitude,
        {{ number_text('outlet.height_m') }} as height,
        {{ number_text('outlet.diameter_m') }} as diameter,
        {{ number_text('cast(round(outlet.temperature_k - 273.15, 6) as double)') }} as temperature,
        'permit' as source,
        {{ origin_any_file_no('outlet._origin') }} as file_no,
        permit.valid_from as value_date,
        'reported' as state,
        outlet.outlet_id as parent_key
    from {{ ref('dim_outlet') }} as outlet
    left join permit on permit.enterprise_id = outlet.enterprise_id
    {{ code_label_join('kind', 'outlet_kind', 'outlet.outlet_kind') }}
    where outlet.outlet_kind not in ('fugitive', 'site', 'unknown') or outlet.outlet_name is not null
)

{{ dossier_of_record('stage_item', 'stage', 'site_survey_release', {
    'process_stage': 'process_stage', 'pollutant': 'pollutant_id', 'release_form': 'release_form', 'technology': 'technology'}) }}
union all
{{ dossier_of_table('treatment', 'treatment', 'inventory.treatment', {
    'facility_no': 'facility_no', 'technology': 'technology', 'pollutant': 'pollutant_id', 'outlet_no': 'outlet_id',
    'removal_efficiency': 'removal_efficiency', 'run_rate': 'run_rate'}) }}
union all
{{ dossier_of_table('outlet', 'outlet', 'core.dim_outlet', {
    'outlet_no': 'outlet_id', 'outlet_name': 'outlet_name', 'outlet_kind': 'outlet_kind', 'longitude': 'longitude',
    'latitude': 'latitude', 'height': 'height_m', 'diameter': 'diameter_m', 'temperature': 'temperature_k'}) }}
