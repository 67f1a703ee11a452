{# Why a source has its grade, in words: classes of load and receptors, the substance and way of release that makes most of its load with
   its share, the nearest sensitive place, management, vetoes, what nobody knows. That a source is not graded blue is said where it could
   be: of an orange one it decides nothing. Distances are rounded up to the next hundred metres. #}
{% set not_blue = "case when coalesce(graded.grade, 3) = 3 then '，不评蓝' else '' end" %}
with

line as (
    select
        max(case when parameter_id = 'grading.veto_cr_orange' then value end) as orange_cr,
        max(case when parameter_id = 'grading.veto_hi_orange' then value end) as orange_hi
    from {{ ref('int_core__parameter_values_chosen') }}
),

part as (
    select
        emission.enterprise_id,
        emission.pollutant_id,
        case
            when emission.medium = 'water' then '废水'
            when outlet.outlet_kind = 'fugitive' then '无组织'
            when outlet.outlet_kind = 'stack' then '有组织'
            else ''
        end as way,
        {{ exact_sum('release.weighted_kg * (emission.emission_t * 1000 / release.emission_kg)') }} as weighted_kg
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    inner join {{ ref('int_risk_grade__releases_loaded') }} as release
        on
            release.enterprise_id = emission.enterprise_id
            and release.pollutant_id = emission.pollutant_id
            and release.medium = emission.medium
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission.outlet_id
    where emission.emission_t > 0 and release.weighted_kg > 0
    group by emission.enterprise_id, emission.pollutant_id, way
),

first_part as (
    select
        part.enterprise_id,
        coalesce(pollutant.name_cn, pollutant.name_en, part.pollutant_id) || part.way as name,
        part.weighted_kg
    from part
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = part.pollutant_id
    qualify
        row_number() over (
            partition by part.enterprise_id
            order by part.weighted_kg desc nulls last, part.pollutant_id asc nulls last, part.way asc nulls last
        ) = 1
)

select
    source.enterprise_id,
    concat_ws(
        '；',
        '危害负荷 ' || {{ to_text('graded.hazard_class') }} || ' 级、受体 ' || {{ to_text('graded.receptor_class') }} || ' 级',
        case
            when source.hazard_load is null then '危害负荷未知'
            else
                first_part.name || '排放占危害负荷'
                || {{ printed_number('100 * first_part.weighted_kg / source.hazard_load', 2) }} || '%'
        end,
        case
            when source.receptor_load is null then '受体未知'
            when source.receptor_basis = 'water' then '受体按受纳水体用户计'
        end,
        {{ to_text('cast(ceil(around.nearest_receptor_m / 100) * 100 as integer)') }} || ' m 内有'
        || {{ code_word('receptor.receptor_kind', 'receptor_kind') }},
        case
            when source.management_score is null then '管理问卷作答不足，不调整'
            when graded.management_step = -1 then '管理得分 ' || {{ printed_number('source.management_score', 2) }} || '，加重一级'
            when graded.management_step = 1 then '管理得分 ' || {{ printed_number('source.management_score', 2) }} || '，减轻一级'
        end,
        case
            when source.veto_cancer_risk >= line.orange_cr
                then '主要由其造成的敏感点致癌风险达 ' || {{ printed_number('source.veto_cancer_risk', 2) }}
        end,
        case
            when source.veto_hazard_index >= line.orange_hi
                then '主要由其造成的敏感点危害指数达 ' || {{ printed_number('source.veto_hazard_index', 2) }}
        end,
        case
            when source.is_carcinogen_unmonitored
                then {{ to_text(list_size('source.unmonitored_carcinogens')) }} || ' 种一类致癌物排放而未监测'
        end,
        case when source.is_confidence_low then '实测太少或者位置不明' || {{ not_blue }} end,
        case when source.is_incomplete then '部分排放或者受体未知' || {{ not_blue }} end,
        case when graded.floor_grade is null then '分级界未定' end
    ) as reason_text
from {{ ref('int_risk_grade__sources_loaded') }} as source
cross join line
inner join {{ ref('int_risk_grade__sources_graded') }} as graded on graded.enterprise_id = source.enterprise_id
left join first_part on first_part.enterprise_id = source.enterprise_id
left join {{ ref('int_inventory__site_surroundings_measured') }} as around on around.enterprise_id = source.enterprise_id
left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = around.nearest_receptor_id
