{# The file in the landing folder that the office's word for its evidence names, by path or name: no form reads it, its hash proves it. Of
   several files of one name with different bytes none is it. #}
select
    progress.deliverable_id,
    min(file.path) as path,
    min(file.file_sha256) as sha256
from {{ ref('stg_pilot__progress') }} as progress
inner join {{ ref('stg_pilot__landed_files') }} as file
    on file.path = trim(progress.evidence) or right(file.path, length(trim(progress.evidence)) + 1) = '/' || trim(progress.evidence)
where file.status not in ('removed', 'superseded') and trim(progress.evidence) <> ''
group by progress.deliverable_id
having count(distinct file.file_sha256) = 1
