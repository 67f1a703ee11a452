-- Parallel samples, blanks and recoveries against their criteria (HJ 630-2011). A pair with one non-detect has the least deviation
-- that its limit allows: above the criterion it fails for sure, below it nothing can be said (passed is null). A blank without a
-- value is clean, one with a value and no stated limit is not: a laboratory states what it detects. `code` is what a failure
-- gives the batch (the file's sheet and pollutant).
with

rule as (
    select
        max(case when parameter_id = 'monitoring.parallel_rd_pct' then value end) as rd_pct,
        max(case when parameter_id = 'monitoring.parallel_rd_organic_pct' then value end) as rd_organic_pct,
        max(case when parameter_id = 'monitoring.recovery_low_pct' then value end) as recovery_low_pct,
        max(case when parameter_id = 'monitoring.recovery_high_pct' then value end) as recovery_high_pct,
        max(case when parameter_id = 'monitoring.blank_factor' then value end) as blank_factor
    from {{ ref('int_core__parameter_values_chosen') }}
),

sheet_limit as (
    select
        _file_no,
        _sheet,
        pollutant_id,
        max(coalesce(detection_limit, detection_limit_limit)) as detection_limit
    from {{ ref('stg_monitoring__detection_limits') }}
    group by _file_no, _sheet, pollutant_id
),

control as (
    select
        {{ business_id('monitoring_quality_control', 'stated', [
            'report_month', 'qc_kind_word', 'sample_no', 'site_id', 'medium_word', 'sampled_at', 'pollutant_id'
        ], told=['value_text', 'value', 'unit']) }} as qc_id,
        kind.code as qc_kind,
        stated.*,
        case when coalesce(stated.value_qualifier, '') in ('<', 'ND') then null else stated.value end as number,
        coalesce(stated.value_limit, sheet_limit.detection_limit) as detection_limit,
        {{ regexp_replace_all('stated.sample_no', '[-_]P[0-9]*$') }} as parent_no
    from {{ ref('stg_monitoring__quality_controls') }} as stated
    left join {{ ref('crosswalk_code') }} as kind
        on kind.code_set = 'qc_kind' and lower(kind.word) = lower(trim(stated.qc_kind_word))
    left join sheet_limit
        on
            sheet_limit._file_no = stated._file_no
            and sheet_limit._sheet is not distinct from stated._sheet
            and sheet_limit.pollutant_id = stated.pollutant_id
),

pair as (
    select
        control.*,
        result.value as first_value,
        result.value_original,
        result.value is null and result.is_nondetect as is_first_nondetect,
        result.value / nullif(result.value_original, 0) as canonical_factor,
        row_number() over (partition by control.qc_id order by result.result_id asc nulls last) as match_no
    from control
    left join {{ ref('int_exposure__results_converted') }} as result
        on
            control.qc_kind = 'parallel'
            and result.source_kind = 'sample'
            and result._file_no = control._file_no
            and result._sheet is not distinct from control._sheet
            and result.sample_no = control.parent_no
            and result.pollutant_id = control.pollutant_id
),

measured as (
    select
        pair.*,
        case
            when pair.qc_kind <> 'parallel' then pair.number
            when pair.number is not null and pair.value_original is not null and not coalesce(pair.is_first_nondetect, true)
                then {{ relative_deviation('pair.value_original', 'pair.number') }}
            when pair.number > pair.detection_limit and pair.is_first_nondetect
                then {{ relative_deviation('pair.number', 'pair.detection_limit') }}
            when pair.number is null and pair.value_original > pair.detection_limit
                then {{ relative_deviation('pair.value_original', 'pair.detection_limit') }}
        end as measure,
        pair.number is not null and pair.first_value is not null as is_whole_pair,
        pair.number is null and coalesce(pair.is_first_nondetect, false) as is_clean_pair,
        case when pollutant.substance_class is null or pollutant.substance_class in ('metal', 'inorganic', 'inorganic_gas', 'criteria')
            then rule.rd_pct else rule.rd_organic_pct end as rd_limit_pct,
        rule.recovery_low_pct,
        rule.recovery_high_pct
    from pair
    cross join rule
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = pair.pollutant_id
    where pair.match_no = 1
)

select
    measured.qc_id,
    measured.sample_no as sample_id,
    'S:' || measured.site_id as site_id,
    measured.medium_word,
    measured.pollutant_id,
    measured.qc_kind,
    measured.measure as value,
    case when measured.qc_kind = 'blank' then measured.unit else '%' end as unit,
    case measured.qc_kind
        when 'parallel' then 'RD ≤ ' || {{ number_text('measured.rd_limit_pct') }} || '%'
        when 'spike' then {{ number_text('measured.recovery_low_pct') }} || '–' || {{ number_text('measured.recovery_high_pct') }} || '%'
        when 'blank' then '< 检出限' || coalesce(' ' || {{ number_text('measured.detection_limit') }}, '')
    end as limit_text,
    case
        when measured.qc_kind = 'parallel' and measured.is_clean_pair then true
        when measured.qc_kind = 'parallel' and measured.is_whole_pair then measured.measure <= measured.rd_limit_pct
        when measured.qc_kind = 'parallel' and measured.measure > measured.rd_limit_pct then false
        when measured.qc_kind = 'spike' then measured.number between measured.recovery_low_pct and measured.recovery_high_pct
        when measured.qc_kind = 'blank' then measured.number is null or coalesce(measured.number < measured.detection_limit, false)
    end as passed,
    case measured.qc_kind when 'parallel' then 'QC-DUP' when 'spike' then 'QC-SPK' when 'blank' then 'QC-BLK' end as code,
    measured.parent_no,
    measured.number as blank_value,
    measured.unit as blank_unit,
    measured.laboratory,
    measured.sampled_at,
    measured.report_month,
    {{ provenance('measured') }}
from measured
