{# State of each of the nineteen by as_of. What the office states goes before what the build sees; a document of an earlier
   edition or of a release is work begun, not work done: only the office's word, a full share or a day of completion is. #}
with

build as (
    select as_of from {{ source('intake', 'build') }}
),

limits as (
    select
        max(case when parameter_id = 'pilot.warning_days' then value end) as warning_days,
        max(case when parameter_id = 'pilot.behind_share' then value end) as behind_share,
        max(case when parameter_id = 'pilot.start_year' then value end) as start_year
    from {{ ref('int_core__parameter_values_chosen') }}
),

progress as (
    select
        record.*,
        word.code as stated_status
    from {{ ref('stg_pilot__progress') }} as record
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'deliverable_status' and word.word = trim(record.status_word)
),

{# the newest document: of a release before that of the edition itself, the Word file before others #}
document as (
    select *
    from {{ ref('stg_pilot__documents') }}
    qualify
        row_number() over (
            partition by deliverable_id
            order by
                edition_no desc nulls last,
                release_no desc nulls last,
                case format when 'docx' then 0 when 'pdf' then 1 when 'html' then 2 else 3 end asc nulls last,
                path asc nulls last
        ) = 1
),

counted as (
    select * from {{ ref('int_pilot__results_counted') }}
),

judged as (
    select
        declared.*,
        unit.unit_name as lead,
        unit.parameter_id as lead_parameter_id,
        build.as_of,
        progress.progress_share,
        progress.finished_on,
        progress.achieved as stated_achieved,
        progress.evidence as stated_evidence,
        progress.stated_status,
        progress.remark,
        counted.counted_achieved,
        counted.result_count,
        counted.wanted_count,
        counted.meets_standard,
        limits.warning_days,
        {# the share of the time from the pilot's first day to the due date that has gone, less what may be lacking #}
        cast(build.as_of - cast({{ to_text('cast(limits.start_year as integer)') }} || '-01-01' as date) as double)
        / nullif(cast(declared.due - cast({{ to_text('cast(limits.start_year as integer)') }} || '-01-01' as date) as double), 0)
        - limits.behind_share as least_progress,
        document.path as document_path,
        coalesce(document.path, filed.path) as proof_path,
        case when document.path is null then filed.sha256 else document.sha256 end as proof_sha256,
        document.state as document_state,
        coalesce(progress.stated_status = 'done', false)
        or coalesce(progress.progress_share >= 1, false)
        or coalesce(progress.finished_on <= build.as_of, false) as is_done,
        {{ origin_cells('pilot_progress', 'progress', {
            'progress': 'progress_pct', 'finished_at': 'finished_on', 'achieved': 'achieved', 'evidence': 'evidence',
            'status': 'status', 'delay_reason': 'remark'
        }) }} as progress_origin
    from {{ ref('stg_pilot__declarations') }} as declared
    cross join build
    cross join limits
    left join {{ ref('stg_pilot__lead_units') }} as unit
        on unit.lead_key = declared.lead_key
    left join progress on progress.deliverable_id = declared.deliverable_id
    left join counted on counted.deliverable_id = declared.deliverable_id
    left join {{ ref('int_pilot__evidence_filed') }} as filed on filed.deliverable_id = declared.deliverable_id
    left join document on document.deliverable_id = declared.deliverable_id
    where declared.is_deliverable
)

select
    deliverable_id,
    task_no,
    title as name_cn,
    standard,
    due,
    lead,
    case
        when is_done then 'done'
        when stated_status = 'overdue' or due < as_of then 'overdue'
        when
            stated_status = 'in_progress' or progress_share > 0 or document_path is not null
            or coalesce(stated_achieved, counted_achieved) is not null then 'in_progress'
        else 'not_started'
    end as status,
    progress_share as progress,
    coalesce(stated_achieved, counted_achieved) as achieved,
    case when is_done then finished_on end as finished_at,
    not is_done and due < as_of as is_overdue,
    coalesce(document_path, stated_evidence) as evidence,
    proof_sha256 as evidence_sha256,
    one_of_six,
    case
        when stated_achieved is not null then 'stated'
        when counted_achieved is not null then 'counted'
    end as achieved_basis,
    stated_evidence,
    document_state,
    case
        when is_done and finished_on > due then cast(finished_on - due as integer)
        when not is_done and due < as_of then cast(as_of - due as integer)
    end as days_overdue,
    case when not is_done then remark end as delay_reason,
    as_of,
    result_count,
    wanted_count,
    meets_standard,
    case
        when is_done or due < as_of then null
        when due - as_of <= warning_days then 'due_soon'
        when progress_share < least_progress then 'behind'
    end as risk,
    {{ origin_join([
        list_of([origin_item(
            source_table="'dbt/models/deliverables.yml'", file_no='null', sheet="''", first_row='declared_line',
            last_row='declared_line', field="'title'", record_field="''", cell_text='title', role="'seed'",
            column_name="'name_cn'")]),
        origin_profile('lead_parameter_id', value='lead', column_name='lead'),
        'progress_origin',
        "case when proof_path is null then " ~ origin_none() ~ " else " ~ list_of([origin_item(
            source_table='proof_path', file_no='null', sheet="''", first_row='null', last_row='null',
            field="'evidence'", record_field="''", cell_text='null', role="'value'",
            column_name="'evidence_sha256'")]) ~ " end",
    ]) }} as _origin
from judged
