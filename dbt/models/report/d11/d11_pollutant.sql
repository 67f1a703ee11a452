{# Characteristic pollutants of the chapter's project and what its EIA has to do about each. #}
select
    cast(
        row_number() over (
            order by
                pollutant.is_new_pollutant desc nulls last, pollutant.increment_air_t desc nulls last, pollutant.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    pollutant.project_id,
    pollutant.pollutant_id,
    coalesce(pollutant.name_cn, pollutant.pollutant_id) as name_cn,
    known.cas_no,
    case when pollutant.is_new_pollutant then '是' else '否' end as is_new,
    nullif({{ list_text('pollutant.list_codes', '、') }}, '') as lists,
    pollutant.increment_air_t,
    pollutant.increment_water_t,
    nullif({{ list_text('pollutant.emission_standards', '、') }}, '') as emission_standards,
    nullif({{ list_text('pollutant.quality_standards', '、') }}, '') as quality_standards,
    case when pollutant.has_method then '有' else '无' end as has_method,
    case when pollutant.has_inhalation_toxicity then '有' else '无' end as has_toxicity,
    {{ code_words_only('pollutant.steps', 'project_step') }} as steps
from {{ ref('project_pollutant') }} as pollutant
inner join {{ ref('d11_project') }} as project on project.project_id = pollutant.project_id and project.is_chapter
left join {{ ref('dim_pollutant') }} as known on known.pollutant_id = pollutant.pollutant_id
