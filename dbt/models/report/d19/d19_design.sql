{# One row: the figures that the texts of the survey plan and of the questionnaire quote. #}
with

points as (
    select
        max(year) as year,
        cast(count(case when not is_replacement then 1 end) as integer) as point_count,
        cast(count(case when is_replacement then 1 end) as integer) as replacement_count,
        cast(count(distinct stratum) as integer) as stratum_count
    from {{ ref('literacy_point') }}
),

bare as (
    select {{ listagg_text('stratum.stratum', '、', 'stratum.row_no') }} as strata
    from {{ ref('d19_stratum') }} as stratum
    inner join points on points.year = stratum.year
    where stratum.replacement_count = 0
),

planned as (
    select * from {{ ref('literacy_plan') }}
    where basis = 'plan'
),

limits as (
    select
        max(case when parameter_id = 'literacy.least_seconds' then {{ try_double('value') }} end) as least_seconds,
        100 * max(case when parameter_id = 'literacy.threshold_share' then {{ try_double('value') }} end) as threshold_pct,
        100 * max(case when parameter_id = 'literacy.strict_share' then {{ try_double('value') }} end) as strict_pct,
        100 * max(case when parameter_id = 'literacy.least_recheck' then {{ try_double('value') }} end) as recheck_pct,
        100 * max(case when parameter_id = 'target.literacy_share' then {{ try_double('value') }} end) as target_pct
    from {{ ref('parameter_used') }}
),

units as (
    select
        {{ listagg_text("case when unit_role = 'lead' then unit_name end", '、', 'unit_name') }} as leads,
        {{ listagg_text("case when unit_role = 'support' then unit_name end", '、', 'unit_name') }} as supports
    from {{ ref('task_unit') }}
    where object_kind = 'deliverable' and object_id = 'D19'
),

questions as (
    select
        cast(count(distinct question_no) as integer) as question_count,
        cast(count(distinct form) as integer) as form_count
    from {{ ref('questionnaire_option') }}
)

select
    'S03' as document_id,
    points.year,
    points.point_count,
    points.replacement_count,
    points.stratum_count,
    planned.persons,
    100 * planned.share as share_pct,
    100 * planned.half_width as half_width_pct,
    planned.design_effect,
    100 * planned.response_share as response_pct,
    limits.least_seconds,
    limits.threshold_pct,
    limits.strict_pct,
    limits.recheck_pct,
    limits.target_pct,
    coalesce(units.leads, '牵头单位') as leads,
    coalesce(units.supports, '配合单位') as supports,
    questions.question_count,
    questions.form_count,
    coalesce('没有剩余村（居）可作备用点的层：' || bare.strata, '各层均有备用点') as replacement_cn,
    edition.edition_no
from {{ ref('edition') }} as edition
cross join points
cross join limits
cross join units
cross join questions
cross join bare
left join planned on true
