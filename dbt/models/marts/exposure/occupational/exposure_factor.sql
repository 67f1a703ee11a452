-- Exposure factors of each population group: the survey's estimates for workers, the national value beside them, and which of the two is
-- used. The survey's value stands where enough answered and its relative standard error is small enough; else the national value.
-- The figures of one or two people are theirs and are not shown.
with

setting as (
    select
        max(case when parameter_id = 'exposure_survey.minimum_n' then value end) as minimum_n,
        max(case when parameter_id = 'exposure_survey.largest_relative_error' then value end) as largest_relative_error,
        max(case when parameter_id = 'exposure_survey.least_shown' then value end) as least_shown
    from {{ ref('int_core__parameter_values_chosen') }}
),

survey_run as (
    select
        answer.parameter,
        answer.survey_column,
        answer._file_no,
        answer._sheet,
        min(answer._row) as first_row,
        max(answer._row) as last_row
    from {{ ref('int_exposure__survey_answers_listed') }} as answer
    group by answer.parameter, answer.survey_column, answer._file_no, answer._sheet
),

survey_origin as (
    select
        parameter,
        {{ origin_collect(list_of([origin_item(
            source_table="'exposure_survey_person'", file_no='_file_no', sheet='_sheet', first_row='first_row',
            last_row='last_row', field='survey_column', record_field="''", cell_text='null', role="'value'",
            column_name="'mean'")])) }} as _origin
    from survey_run
    group by parameter
),

stratum as (
    select
        'worker' as population_group,
        case when estimate.stratum_kind = 'all' then 'all' else estimate.job || '/' || estimate.sex end as stratum,
        estimate.parameter,
        estimate.job,
        estimate.sex,
        estimate.n,
        estimate.n > 0 and estimate.n < setting.least_shown as is_hidden,
        {% for column in [
            'mean', 'standard_error', 'mean_low', 'mean_high', 'p05', 'p50', 'p95', 'degrees_of_freedom', 'design_effect',
            'straggler_count', 'outlier_count'
        ] -%}
        case when estimate.n >= setting.least_shown then estimate.{{ column }} end as {{ column }},
        {% endfor -%}
        estimate.reason_codes
    from {{ ref('int_exposure__survey_factors_estimated') }} as estimate
    cross join setting
    where estimate.stratum_kind in ('all', 'job_sex')
),

every as (
    select parameter.population_group, coalesce(stratum.stratum, 'all') as stratum, parameter.parameter
    from {{ ref('exposure_parameter') }} as parameter
    left join stratum
        on stratum.population_group = parameter.population_group and stratum.parameter = parameter.parameter
),

joined as (
    select
        every.population_group,
        every.stratum,
        every.parameter,
        parameter.label_cn,
        parameter.unit,
        stratum.job,
        stratum.sex,
        case when parameter.survey_column is not null then coalesce(stratum.n, 0) end as n,
        stratum.mean,
        stratum.standard_error,
        stratum.mean_low,
        stratum.mean_high,
        stratum.p05,
        stratum.p50,
        stratum.p95,
        stratum.degrees_of_freedom,
        stratum.design_effect,
        stratum.straggler_count,
        stratum.outlier_count,
        stratum.reason_codes,
        coalesce(stratum.is_hidden, false) as is_hidden,
        national.value as national_default,
        national.source as national_source,
        national.verified as national_verified,
        coalesce(
            stratum.n >= setting.minimum_n and stratum.standard_error <= setting.largest_relative_error * abs(stratum.mean), false
        ) as is_survey_good,
        {{ origin_join(['survey_origin._origin', 'national._origin']) }} as _origin
    from every
    inner join {{ ref('exposure_parameter') }} as parameter
        on parameter.population_group = every.population_group and parameter.parameter = every.parameter
    left join stratum
        on stratum.population_group = every.population_group
        and stratum.stratum = every.stratum
        and stratum.parameter = every.parameter
    left join {{ ref('int_exposure__national_factors_chosen') }} as national
        on national.population_group = every.population_group
        and national.parameter = every.parameter
        and national.sex = coalesce(stratum.sex, 'all')
    left join survey_origin
        on survey_origin.parameter = every.parameter and every.population_group = 'worker'
    cross join setting
)

select
    population_group,
    stratum,
    parameter,
    label_cn,
    job,
    sex,
    cast(n as integer) as n,
    mean,
    standard_error,
    mean_low,
    mean_high,
    p05,
    p50,
    p95,
    unit,
    degrees_of_freedom,
    design_effect,
    straggler_count,
    outlier_count,
    case when is_survey_good then 'survey' when national_default is not null then 'national' end as chosen_source,
    case when is_survey_good then mean else national_default end as chosen_value,
    national_default,
    national_source,
    national_verified,
    {{ list_join(['reason_codes', list_distinct_of(["case when is_hidden then 'SURVEY-TOO-FEW' end"])], 'varchar[]') }} as reason_codes,
    _origin
from joined
