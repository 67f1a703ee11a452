{# Values, points and contributions of the indicators in the assessment year and the two before. #}
select
    cast(row_number() over (
        order by
            case area.area_kind when 'area' then 0 when 'park' then 1 else 2 end asc nulls last,
            area.area_no asc nulls last, known.area_id asc nulls last, word.sort_no asc nulls last,
            known.indicator_id asc nulls last, known.year asc nulls last
    ) as integer) as row_no,
    known.indicator_id,
    known.area_id,
    known.year,
    known.year = edition.assessment_year as is_assessed,
    area.name_cn as area_name,
    indicator.name_cn,
    indicator.unit_cn,
    known.value,
    known.normalised,
    {{ code_word('known.origin', 'value_basis') }} as origin,
    part.contribution,
    part.change_from_last_year
from {{ ref('indicator_value') }} as known
inner join {{ ref('indicator') }} as indicator on indicator.indicator_id = known.indicator_id
inner join {{ ref('dim_area') }} as area on area.area_id = known.area_id
cross join {{ ref('edition') }} as edition
left join {{ ref('code_label') }} as word on word.code_set = 'dimension_of_index' and word.code = indicator.dimension
left join {{ ref('contribution') }} as part
    on part.indicator_id = known.indicator_id and part.area_id = known.area_id and part.year = known.year
where known.year between edition.assessment_year - 2 and edition.assessment_year
