-- Every result with the codes of what is wrong with it and its level: A use, B use with a flag, C keep and do not use. A control
-- that failed flags its batch: the results of its pollutant in the same sheet of the same file; a parallel sample names its own
-- sample besides. A result below the stated multiple of a detected blank is not used. A day with too few hours is not used, but
-- for a daily maximum of 8 h means that is above a limit of its day all the same (HJ 663-2013).
with

rule as (
    select
        max(case when parameter_id = 'monitoring.blank_factor' then value end) as blank_factor,
        max(case when parameter_id = 'monitoring.hours_of_day' then value end) as hours_of_day,
        max(case when parameter_id = 'monitoring.windows_of_day' then value end) as windows_of_day,
        max(case when parameter_id = 'monitoring.half_limit_share' then value end) as half_limit_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

failed_control as (
    select
        _file_no as file_no,
        coalesce(_sheet, '') as sheet,
        pollutant_id,
        max(case when qc_kind = 'parallel' then 1 end) as has_bad_pair,
        max(case when qc_kind = 'spike' then 1 end) as has_bad_spike,
        max(case when qc_kind = 'blank' then blank_value end) as blank_value,
        {{ value_at_max('blank_unit', "case when qc_kind = 'blank' then blank_value end") }} as blank_unit
    from {{ ref('int_exposure__controls_judged') }}
    where not passed
    group by _file_no, coalesce(_sheet, ''), pollutant_id
),

contradicted as (
    select distinct result_id from {{ ref('int_exposure__logic_checked') }}
),

{# the strictest limit of the day: for what a non-detect proves, and for the daily maximum of 8 h means #}
strictest as (
    select
        result.result_id,
        min(limits.limit_value) as limit_value,
        min(case when limits.limit_averaging_time = result.averaging_time then limits.limit_value end) as own_limit_value
    from {{ ref('int_exposure__results_gathered') }} as result
    inner join {{ ref('int_exposure__limits_applied') }} as limits
        on
            limits.site_id = result.site_id
            and limits.medium = result.medium
            and limits.pollutant_id = result.pollutant_id
            and limits.unit = result.unit
            and limits.operator = '<='
            and cast(result.sampled_at as date) >= limits.valid_from
            and (limits.valid_to is null or cast(result.sampled_at as date) <= limits.valid_to)
    group by result.result_id
),

checked as (
    select
        result.*,
        least(strictest.limit_value, level.level) as level_that_matters,
        result.value is null and not (result.is_nondetect and not result.is_flagged) as has_no_value,
        coalesce(
            result.hour_count < case result.averaging_time when '8h_max' then rule.windows_of_day else rule.hours_of_day end
            and not coalesce(result.averaging_time = '8h_max' and result.value > strictest.own_limit_value, false),
            false
        ) as has_too_few_hours,
        coalesce(
            control.blank_unit = result.unit_original and result.value_original < rule.blank_factor * control.blank_value, false
        ) as is_within_blank,
        control.has_bad_pair,
        control.has_bad_spike,
        control.blank_value,
        contradicted.result_id is not null as is_contradicted,
        outlier.result_id is not null as is_outlier,
        result.nondetect_count > rule.half_limit_share * result.hour_count and not result.is_nondetect as is_partly_nondetect
    from {{ ref('int_exposure__results_gathered') }} as result
    cross join rule
    left join strictest on strictest.result_id = result.result_id
    left join {{ ref('int_exposure__risk_levels_derived') }} as level
        on level.pollutant_id = result.pollutant_id and level.unit = result.unit
    left join failed_control as control
        on
            control.file_no = result.file_no
            and control.sheet = result.sheet
            and control.pollutant_id = result.pollutant_id
    left join contradicted on contradicted.result_id = result.result_id
    left join {{ ref('int_exposure__outliers_found') }} as outlier on outlier.result_id = result.result_id
)

select
    checked.*,
    {{ list_join([
        'checked.flags',
        list_distinct_of([
            "case when checked.has_bad_pair = 1 then 'QC-DUP' end",
            "case when checked.has_bad_spike = 1 then 'QC-SPK' end",
            "case when checked.blank_value is not null then 'QC-BLK' end",
            "case when checked.is_contradicted then 'QC-LOG' end",
            "case when checked.is_outlier then 'QC-OUT' end",
            "case when checked.has_too_few_hours then 'QC-CMP' end",
            "case when checked.is_partly_nondetect then 'QC-ND' end",
            "case when checked.is_nondetect and checked.detection_limit is null then 'QC-NOLOD' end",
            "case when checked.is_nondetect and checked.detection_limit > checked.level_that_matters then 'QC-LOD' end",
            "case when checked.has_no_value and checked.value_original is not null and not checked.is_flagged then 'QC-UNIT' end",
            "case when checked.has_no_value and checked.value_original is null and not checked.is_flagged then 'QC-NOVALUE' end",
        ]),
    ], 'varchar[]') }} as qc_codes,
    case
        when checked.has_no_value or checked.has_too_few_hours or checked.is_within_blank then 'C'
        when
            {{ list_size('checked.flags') }} > 0
            or checked.has_bad_pair = 1
            or checked.has_bad_spike = 1
            or checked.blank_value is not null
            or checked.is_contradicted
            or checked.is_outlier
            or checked.is_partly_nondetect
            or (checked.is_nondetect and checked.detection_limit is null)
            or (checked.is_nondetect and checked.detection_limit > checked.level_that_matters)
            then 'B'
        else 'A'
    end as qc_level,
    case
        when checked.has_no_value then false
        when not checked.is_nondetect then true
        when checked.level_that_matters is null then null
        else coalesce(checked.detection_limit <= checked.level_that_matters, false)
    end as is_informative
from checked
