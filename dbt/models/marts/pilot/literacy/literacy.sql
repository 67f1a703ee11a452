{# Estimates of the literacy survey. A suppressed cell keeps its number of persons and nothing else. *_strict: the stricter threshold. #}
with

files as (
    select
        year,
        _file_no,
        _sheet,
        min(_row) as first_row,
        max(_row) as last_row
    from {{ ref('int_pilot__respondents_read') }}
    group by year, _file_no, _sheet
),

origins as (
    select
        year,
        {{ origin_collect(origin_rows('literacy_respondent', '_file_no', '_sheet', 'first_row', 'last_row', 'weight', 'estimate')) }}
        as _origin
    from files
    group by year
)

select
    estimated.year,
    estimated.dimension,
    estimated.group_kind,
    estimated.group_value,
    {{ survey_group_word('estimated.group_kind', 'estimated.group_value') }} as group_word,
    estimated.n,
    {% for column in ['estimate', 'standard_error', 'ci_low', 'ci_high', 'design_effect'] -%}
    case when not estimated.is_suppressed then estimated.{{ column }} end as {{ column }},
    {% endfor -%}
    estimated.threshold,
    estimated.target_result,
    estimated.is_suppressed,
    case when not estimated.is_suppressed then estimated.lower_bound end as lower_bound,
    estimated.weighting,
    estimated.lonely_strata,
    estimated.respondents,
    estimated.degrees_of_freedom,
    estimated.weight_basis,
    estimated.weight_difference,
    case when not estimated.is_suppressed then estimated.change end as change,
    case when not estimated.is_suppressed then estimated.change_low end as change_low,
    case when not estimated.is_suppressed then estimated.change_high end as change_high,
    case when not estimated.is_suppressed then estimated.change_p end as change_p,
    {{ list_distinct_of([
        "case when estimated.weighting = 'not_converged' then 'SURVEY-NOT-CONVERGED' end",
        "case when estimated.empty_cells is not null then 'SURVEY-EMPTY-CELL' end",
        "case when estimated.weighting = 'base' then 'SURVEY-NO-MARGINS' end",
        "case when estimated.lonely_strata > 0 then 'SURVEY-LONELY-PSU' end",
        "case when estimated.is_suppressed then 'SURVEY-SUPPRESSED' end"
    ]) }} as reason_codes,
    origins._origin
from {{ ref('int_pilot__literacy_estimated') }} as estimated
left join origins on origins.year = estimated.year
