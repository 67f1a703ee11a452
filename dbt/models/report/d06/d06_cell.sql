-- Cells of the plates with their classes: grade, cancer risk, hazard index, residents. A class number rises with what is worse.
with

line as (
    select
        max(case when parameter_id = 'risk.cancer_low' then {{ try_double('value') }} end) as cancer_low,
        max(case when parameter_id = 'risk.cancer_attention' then {{ try_double('value') }} end) as cancer_attention,
        max(case when parameter_id = 'risk.cancer_high' then {{ try_double('value') }} end) as cancer_high,
        max(case when parameter_id = 'risk.hazard_index_attention' then {{ try_double('value') }} end) as hazard_attention,
        max(case when parameter_id = 'risk.hazard_index_high' then {{ try_double('value') }} end) as hazard_high
    from {{ ref('parameter_used') }}
),

classed as (
    select
        cell.cell_id,
        cell.longitude,
        cell.latitude,
        cell.size_m,
        graded.as_of,
        5 - graded.grade as grade_no,
        case
            when graded.cancer_risk < line.cancer_low then 1
            when graded.cancer_risk < line.cancer_attention then 2
            when graded.cancer_risk < line.cancer_high then 3
            when graded.cancer_risk >= line.cancer_high then 4
        end as cancer_no,
        case
            when graded.hazard_index < 0.1 * line.hazard_attention then 1
            when graded.hazard_index < line.hazard_attention then 2
            when graded.hazard_index < line.hazard_high then 3
            when graded.hazard_index >= line.hazard_high then 4
        end as hazard_no,
        case
            when graded.population < 1 then 1
            when graded.population < 10 then 2
            when graded.population < 100 then 3
            when graded.population < 1000 then 4
            when graded.population >= 1000 then 5
        end as people_no,
        graded.grade,
        line.cancer_low,
        line.cancer_attention,
        line.cancer_high,
        line.hazard_attention,
        line.hazard_high
    from {{ ref('zone_grade') }} as graded
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = graded.cell_id
    cross join line
)

select
    cell_id,
    longitude,
    latitude,
    size_m,
    as_of,
    cast(grade_no as integer) as grade_no,
    coalesce({{ grade_word('grade') }}, '资料不足') as grade_word,
    cast(cancer_no as integer) as cancer_no,
    case cancer_no
        when 1 then '每百万人不足' || {{ significant_text('1e6 * cancer_low', 3) }} || '例'
        when 2 then '每百万人' || {{ significant_text('1e6 * cancer_low', 3) }} || '至'
            || {{ significant_text('1e6 * cancer_attention', 3) }} || '例'
        when 3 then '每百万人' || {{ significant_text('1e6 * cancer_attention', 3) }} || '至'
            || {{ significant_text('1e6 * cancer_high', 3) }} || '例'
        when 4 then '每百万人' || {{ significant_text('1e6 * cancer_high', 3) }} || '例及以上'
        else '未知'
    end as cancer_word,
    cast(hazard_no as integer) as hazard_no,
    case hazard_no
        when 1 then '低于' || {{ significant_text('0.1 * hazard_attention', 2) }}
        when 2 then {{ significant_text('0.1 * hazard_attention', 2) }} || '至' || {{ significant_text('hazard_attention', 2) }}
        when 3 then {{ significant_text('hazard_attention', 2) }} || '至' || {{ significant_text('hazard_high', 2) }}
        when 4 then {{ significant_text('hazard_high', 2) }} || '及以上'
        else '未知'
    end as hazard_word,
    cast(people_no as integer) as people_no,
    case people_no
        when 1 then '无人' when 2 then '不足10人' when 3 then '10至99人' when 4 then '100至999人' when 5 then '1000人及以上' else '未知'
    end as people_word
from classed
