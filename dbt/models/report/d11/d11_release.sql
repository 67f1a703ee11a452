{# What the chapter's project releases, and where each release adds most. #}
select
    cast(
        row_number() over (
            order by
                source.outlet_no asc nulls last, source.max_increment_cancer_risk desc nulls last, source.pollutant_id asc nulls last,
                source.medium asc nulls last
        ) as integer
    ) as row_no,
    source.project_id,
    source.outlet_no,
    source.pollutant_id,
    source.medium,
    {{ code_word('source.outlet_kind', 'outlet_kind') }} as outlet_kind,
    coalesce(pollutant.name_cn, source.pollutant_id) as pollutant,
    {{ code_word('source.medium', 'medium_of_emission') }} as medium_word,
    source.increment_t,
    source.replaced_t,
    source.reduction_t,
    receptor.name as max_place,
    source.max_place_distance_m,
    source.max_increment_ug_m3,
    source.max_increment_cancer_risk,
    source.max_increment_hazard_quotient
from {{ ref('project_source') }} as source
inner join {{ ref('d11_project') }} as project on project.project_id = source.project_id and project.is_chapter
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = source.pollutant_id
left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = source.max_place_id
