-- Every control of a laboratory with its verdict, every broken rule of logic, detection limits that are too high for what they should
-- show, and what was captured of the hours of a quarter.
with

rule as (
    select
        max(case when parameter_id = 'monitoring.limit_warning_share' then value end) as limit_warning_share,
        max(case when parameter_id = 'monitoring.capture_share' then value end) as capture_share,
        max(case when parameter_id = 'monitoring.online_capture_share' then value end) as online_capture_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

control as (
    select
        stated.qc_id,
        stated.sample_id,
        stated.site_id,
        medium_code.code as medium,
        stated.pollutant_id,
        stated.qc_kind,
        stated.report_month as period,
        stated.value,
        stated.unit,
        stated.limit_text,
        stated.passed,
        stated.code,
        stated.laboratory,
        {{ origin_cells('monitoring_quality_control', 'stated', {'value': 'value', 'qc_kind': 'sample_no'}) }} as _origin
    from {{ ref('int_exposure__controls_judged') }} as stated
    left join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment' and lower(medium_code.word) = lower(trim(stated.medium_word))
),

broken_rule as (
    select
        {{ id16(["'logic'", 'broken.result_id', 'broken.rule_id']) }} as qc_id,
        result.sample_id,
        result.site_id,
        result.medium,
        result.pollutant_id,
        'logic' as qc_kind,
        {{ period_of('result.sampled_at', 'month') }} as period,
        broken.value,
        result.unit,
        broken.text_cn as limit_text,
        false as passed,
        'QC-LOG' as code,
        cast(null as {{ type_string() }}) as laboratory,
        result._origin
    from {{ ref('int_exposure__logic_checked') }} as broken
    inner join {{ ref('int_exposure__results_judged') }} as result on result.result_id = broken.result_id
),

{# one row a pollutant, medium and detection limit: the results of one method share it #}
method_limit as (
    select
        {{ id16([
            "'detection_limit'", 'result.medium', 'result.pollutant_id', 'result.unit', 'result.detection_limit',
            'result.level_that_matters']) }} as qc_id,
        cast(null as {{ type_string() }}) as sample_id,
        cast(null as {{ type_string() }}) as site_id,
        result.medium,
        result.pollutant_id,
        'detection_limit' as qc_kind,
        cast(null as {{ type_string() }}) as period,
        result.detection_limit as value,
        result.unit,
        '≤ ' || {{ significant_text('result.level_that_matters', 3) }}
        || case
            when result.detection_limit > rule.limit_warning_share * result.level_that_matters
                and result.detection_limit <= result.level_that_matters then '（高于其四分之一）' else '' end as limit_text,
        result.detection_limit <= result.level_that_matters as passed,
        'QC-LOD' as code,
        cast(null as {{ type_string() }}) as laboratory,
        {{ value_at_min('result._origin', 'result.result_id') }} as _origin
    from {{ ref('int_exposure__results_judged') }} as result
    cross join rule
    where result.is_nondetect and result.detection_limit is not null and result.level_that_matters is not null
    group by
        result.medium, result.pollutant_id, result.unit, result.detection_limit, result.level_that_matters, rule.limit_warning_share
),

captured as (
    select
        site_id,
        pollutant_id,
        min(medium) as medium,
        min(source_kind) as source_kind,
        {{ period_of(try_date("period || '-01'"), 'quarter') }} as period,
        sum(valid_hours) as valid_hours,
        sum(planned_hours) as planned_hours,
        {{ origin_collect('_origin') }} as _origin
    from {{ ref('monitoring_capture') }}
    group by site_id, pollutant_id, {{ period_of(try_date("period || '-01'"), 'quarter') }}
),

wanted as (
    select
        captured.*,
        case when captured.source_kind = 'online' then rule.online_capture_share else rule.capture_share end as least_share
    from captured
    cross join rule
),

capture as (
    select
        {{ id16(["'capture'", 'site_id', 'pollutant_id', 'period']) }} as qc_id,
        cast(null as {{ type_string() }}) as sample_id,
        site_id,
        medium,
        pollutant_id,
        'capture' as qc_kind,
        period,
        100.0 * valid_hours / nullif(planned_hours, 0) as value,
        '%' as unit,
        '≥ ' || {{ number_text('100 * least_share') }} || '%' as limit_text,
        case when planned_hours > 0 then valid_hours >= planned_hours * least_share end as passed,
        case when source_kind = 'online' then 'QC-CEMS' else 'QC-CMP' end as code,
        cast(null as {{ type_string() }}) as laboratory,
        _origin
    from wanted
)

select * from control
union all
select * from broken_rule
union all
select * from method_limit
union all
select * from capture
