{# What became of each file of this edition and the previous one: same (content known before), corrected (its path was known with
   other content), new, removed. #}
with

current_file as (
    select file_no, path, file_sha256, source
    from {{ ref('stg_intake__files') }}
    where status = 'current'
),

previous_file as (
    select file_no, path, file_sha256, source
    from {{ ref('stg_previous__files') }}
    where status = 'current'
),

previous_path as (
    select distinct path from previous_file
),

previous_content as (
    select distinct file_sha256 from previous_file
),

current_path as (
    select distinct path from current_file
),

current_content as (
    select distinct file_sha256 from current_file
)

select
    'current' as edition,
    current_file.file_no,
    current_file.path,
    current_file.source,
    case
        when previous_content.file_sha256 is not null then 'same'
        when previous_path.path is not null then 'corrected'
        else 'new'
    end as state
from current_file
left join previous_content on previous_content.file_sha256 = current_file.file_sha256
left join previous_path on previous_path.path = current_file.path
union all
select
    'previous' as edition,
    previous_file.file_no,
    previous_file.path,
    previous_file.source,
    case
        when current_content.file_sha256 is not null then 'same'
        when current_path.path is not null then 'corrected'
        else 'removed'
    end as state
from previous_file
left join current_content on current_content.file_sha256 = previous_file.file_sha256
left join current_path on current_path.path = previous_file.path
