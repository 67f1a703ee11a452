-- The coefficient table: derived factors that may be published, by class of the industry (others stand with 2659), in grams per tonne of
-- product as manuals have them. A factor by another unit of product says so.
{%- set grams = 1000 %}
with

printed as (
    select
        factor.*,
        process.name_cn as process,
        case when process.industry_code in ('2651', '2652', '2653') then process.industry_code else '2659' end as class_code,
        {{ code_word('factor.scale_class', 'scale_class') }} as scale,
        coalesce({{ code_word('factor.stage', 'stage_of_process') }}, '全装置') as stage_cn,
        {{ code_word('factor.medium', 'medium_of_emission') }} as medium_cn,
        case
            when factor.technology_id = 'mixed' then '多种治理'
            when factor.technology_id = 'unknown' then '治理未说明'
            else {{ code_word('factor.technology_id', 'technology') }}
        end as technology
    from {{ ref('factor') }} as factor
    left join {{ ref('dim_process') }} as process on process.process_id = factor.process_id
    where factor.is_published and factor.factor is not null
)

select
    cast(row_number() over (
        order by printed.class_code asc nulls last, printed.process_id asc nulls last, printed.medium asc nulls last,
            printed.stage asc nulls first, printed.pollutant_id asc nulls last, printed.control_state desc nulls last,
            printed.technology_id asc nulls first, printed.scale_class asc nulls first, printed.factor_id asc nulls last
    ) as integer) as row_no,
    printed.factor_id,
    printed.version,
    printed.class_code,
    printed.process_id,
    printed.process,
    printed.product,
    printed.stage_cn || '（' || printed.medium_cn || '）' as place,
    printed.stage_cn as stage,
    coalesce(pollutant.name_cn, printed.pollutant_id) as pollutant,
    case when {{ regexp_like('printed.pollutant_id', '^[0-9]{2,7}-[0-9]{2}-[0-9]$') }} then printed.pollutant_id end as cas_no,
    case printed.control_state when 'uncontrolled' then '产污' else '排污' end as kind,
    case
        when printed.is_pooled then '不分'
        else nullif(concat_ws('，', printed.scale, printed.technology), '')
    end as cell,
    {{ grams }} * printed.factor as factor,
    {{ grams }} * printed.ci_low as ci_low,
    {{ grams }} * printed.ci_high as ci_high,
    {{ grams }} * printed.prediction_low as prediction_low,
    {{ grams }} * printed.prediction_high as prediction_high,
    {{ grams }} * printed.factor_activity_weighted as factor_activity_weighted,
    case when printed.unit <> 'kg/t' then 'g/' || substr(printed.unit, 4) end as other_unit,
    printed.gsd,
    printed.n_enterprises,
    printed.n_observations,
    printed.nondetect_rate * 100 as nondetect_percent,
    printed.rating,
    {{ code_word('printed.representativeness', 'representativeness') }} as representativeness,
    {{ code_word('printed.interval_method', 'interval_method') }} as interval_method,
    -- that scale and treatment are together the column of the cell says
    nullif(
        replace(replace(replace(
            printed.applicability, '；不分规模和治理技术', ''
        ), '不分规模和治理技术；', ''), '不分规模和治理技术', ''), ''
    ) as applicability
from printed
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = printed.pollutant_id
