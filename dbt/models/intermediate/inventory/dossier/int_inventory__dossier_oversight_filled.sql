{# Sections 9, 12, 13 and 15: surroundings, problems and their state, appeals, workplaces by post (no persons). #}
with

surroundings as (
    select
        surroundings.enterprise_id,
        'site' as item_key,
        1 as item_rank,
        receptor.name as nearest,
        {{ number_text('cast(round_even(surroundings.nearest_receptor_m, 0) as double)') }} as distance,
        {{ number_text('cast(round_even(surroundings.population_within_1km, 0) as double)') }} as people_1km,
        {{ number_text('cast(round_even(surroundings.population_within_3km, 0) as double)') }} as people_3km,
        {{ number_text('cast(round_even(surroundings.population_within_5km, 0) as double)') }} as people_5km,
        'receptor' as source,
        cast(null as integer) as file_no,
        build.as_of as value_date,
        'derived' as state,
        surroundings.enterprise_id as parent_key
    from {{ ref('int_inventory__site_surroundings_measured') }} as surroundings
    cross join {{ source('intake', 'build') }} as build
    left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = surroundings.nearest_receptor_id
),

problem as (
    select
        matched.enterprise_id,
        problem.problem_id as item_key,
        row_number() over (
            partition by matched.enterprise_id
            order by
                problem.found_on desc nulls last, problem.problem_id asc nulls last, problem._file_no asc nulls last,
                problem._row asc nulls last, problem._record_id asc nulls last
        ) as item_rank,
        problem.problem_id,
        problem.description,
        problem.problem_source_word as problem_source,
        problem.severity_word as severity,
        {{ to_text('problem.found_on') }} as found_on,
        {{ to_text('problem.due_on') }} as due_on,
        problem.status_word as status,
        {{ to_text('problem.finished_on') }} as finished_on,
        'supervision' as source,
        coalesce(problem.finished_on, problem.found_on) as value_date,
        'reported' as state,
        {{ provenance('problem') }}
    from {{ ref('stg_supervision__problems') }} as problem
    inner join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
),

appeal as (
    select
        matched.enterprise_id,
        appeal.appeal_id as item_key,
        row_number() over (
            partition by matched.enterprise_id
            order by
                appeal.filed_on desc nulls last, appeal.appeal_id asc nulls last, appeal._file_no asc nulls last,
                appeal._row asc nulls last, appeal._record_id asc nulls last
        ) as item_rank,
        appeal.appeal_id,
        appeal.reason,
        {{ to_text('appeal.filed_on') }} as filed_on,
        appeal.decision_word as decision,
        'supervision' as source,
        coalesce(appeal.decided_on, appeal.filed_on) as value_date,
        'reported' as state,
        {{ provenance('appeal') }}
    from {{ ref('stg_supervision__appeals') }} as appeal
    inner join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_appeal' and matched._record_id = appeal._record_id
),

workplace as (
    select
        matched.enterprise_id,
        concat_ws('|', workplace.workshop, workplace.job, workplace.pollutant_id) as item_key,
        workplace.workshop,
        workplace.job,
        coalesce(pollutant.name_cn, workplace.pollutant_id) as pollutant,
        coalesce({{ number_text('workplace.twa') }}, workplace.twa_text) as twa,
        coalesce({{ number_text('workplace.stel') }}, workplace.stel_text) as stel,
        workplace.unit,
        'monitoring' as source,
        coalesce(cast(workplace.sampled_at as date), {{ period_last_day(to_text('workplace.record_year')) }}) as value_date,
        'reported' as state,
        {{ provenance('workplace') }}
    from {{ ref('stg_monitoring__workplaces') }} as workplace
    inner join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'monitoring_workplace' and matched._record_id = workplace._record_id
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = workplace.pollutant_id
    qualify
        row_number() over (
            partition by matched.enterprise_id, workplace.workshop, workplace.job, workplace.pollutant_id
            order by
                workplace.sampled_at desc nulls last,
                workplace._file_no desc nulls last,
                workplace._row asc nulls last,
                workplace._record_id asc nulls last
        ) = 1
),

workplace_item as (
    select *, row_number() over (partition by enterprise_id order by item_key asc nulls last) as item_rank
    from workplace
)

{{ dossier_of_table('surroundings', 'surroundings', 'inventory.pollution_source', {
    'nearest': 'nearest_receptor_id', 'distance': 'nearest_receptor_m', 'people_1km': 'population_within_1km',
    'people_3km': 'population_within_3km', 'people_5km': 'population_within_3km'}) }}
union all
{{ dossier_of_record('problem', 'problem', 'supervision_problem', {
    'problem_id': 'problem_id', 'description': 'description', 'problem_source': 'problem_source', 'severity': 'severity',
    'found_on': 'found_on', 'due_on': 'due_on', 'status': 'status', 'finished_on': 'finished_on'}) }}
union all
{{ dossier_of_record('appeal', 'appeal', 'supervision_appeal', {
    'appeal_id': 'appeal_id', 'reason': 'reason', 'filed_on': 'filed_on', 'decision': 'decision'}) }}
union all
{{ dossier_of_record('workplace_item', 'workplace', 'monitoring_workplace', {
    'workshop': 'workshop', 'job': 'job', 'pollutant': 'pollutant_id', 'twa': 'twa', 'stel': 'stel'}, with_unit=['twa', 'stel']) }}
