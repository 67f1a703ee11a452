{# Characteristic pollutants of the chapter's project, what its EIA has to do about each, and where they are to be measured. #}
with

entry as (
    select pollutant_id, {{ unnest_list('list_codes') }} as list_code
    from {{ ref('dim_pollutant') }}
),

listed as (
    select entry.pollutant_id, {{ listagg_text('list_version.list_name', '；', 'list_version.list_code') }} as list_names
    from entry
    inner join {{ ref('list_version') }} as list_version on list_version.list_code = entry.list_code
    group by entry.pollutant_id
)

select
    cast(
        row_number() over (
            order by
                pollutant.is_released desc nulls last, pollutant.is_new_pollutant desc nulls last,
                pollutant.increment_air_t desc nulls last, pollutant.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    pollutant.project_id,
    pollutant.pollutant_id,
    coalesce(pollutant.name_cn, pollutant.pollutant_id) as name_cn,
    known.cas_no,
    {{ list_text(list_distinct_of([
        "case when pollutant.is_released then '排放' end",
        "case when " ~ list_has('pollutant.site_roles', "'produced'") ~ " then '产品' end",
        "case when " ~ list_has('pollutant.site_roles', "'used'") ~ " or " ~ list_has('pollutant.site_roles', "'imported'")
        ~ " then '原辅材料' end",
    ]), '、') }} as identified_by,
    case when pollutant.is_released then '是' else '否' end as in_release,
    case when pollutant.is_new_pollutant then '是' else '否' end as is_new,
    listed.list_names as lists,
    pollutant.increment_air_t,
    pollutant.increment_water_t,
    nullif({{ list_text('pollutant.emission_standards', '、') }}, '') as emission_standards,
    nullif({{ list_text('pollutant.quality_standards', '、') }}, '') as quality_standards,
    case when pollutant.has_method then '有' else '无' end as has_method,
    case when pollutant.has_inhalation_toxicity then '有' else '无' end as has_toxicity,
    {{ code_words_only('pollutant.steps', 'project_step') }} as steps,
    case
        when {{ list_has('pollutant.steps', "'REFUSE'") }} then '不予审批，不监测'
        when pollutant.increment_air_t > 0 and pollutant.increment_water_t > 0
            then '有组织排放口、厂界、增量最大的敏感点；废水总排口、受纳水体'
        when pollutant.increment_air_t > 0 then '有组织排放口、厂界、增量最大的敏感点'
        when pollutant.increment_water_t > 0 then '废水总排口、受纳水体'
    end as monitoring_place
from {{ ref('project_pollutant') }} as pollutant
inner join {{ ref('d11_project') }} as project on project.project_id = pollutant.project_id and project.is_chapter
left join {{ ref('dim_pollutant') }} as known on known.pollutant_id = pollutant.pollutant_id
left join listed on listed.pollutant_id = pollutant.pollutant_id
