-- The coefficient table: derived factors that may be published.
select
    cast(row_number() over (
        order by factor.process_id asc nulls last, factor.medium asc nulls last, factor.stage asc nulls first,
            factor.pollutant_id asc nulls last, factor.control_state desc nulls last, factor.technology_id asc nulls first,
            factor.scale_class asc nulls first, factor.factor_id asc nulls last
    ) as integer) as row_no,
    factor.factor_id,
    factor.version,
    factor.process_id,
    process.name_cn as process,
    factor.product,
    {{ code_word('factor.scale_class', 'scale_class') }} as scale,
    coalesce({{ code_word('factor.stage', 'stage_of_process') }}, '全装置') as stage,
    {{ code_word('factor.medium', 'medium_of_emission') }} as medium,
    coalesce(pollutant.name_cn, factor.pollutant_id) as pollutant,
    case factor.control_state when 'uncontrolled' then '产污' else '排污' end as kind,
    case
        when factor.technology_id = 'mixed' then '多种'
        when factor.technology_id = 'unknown' then '未说明'
        else {{ code_word('factor.technology_id', 'technology') }}
    end as technology,
    factor.factor,
    factor.ci_low,
    factor.ci_high,
    factor.prediction_low,
    factor.prediction_high,
    factor.unit,
    factor.gsd,
    factor.n_enterprises,
    factor.n_observations,
    factor.nondetect_rate * 100 as nondetect_percent,
    factor.rating,
    {{ code_word('factor.representativeness', 'representativeness') }} as representativeness,
    {{ code_word('factor.interval_method', 'interval_method') }} as interval_method,
    factor.factor_activity_weighted,
    factor.applicability
from {{ ref('factor') }} as factor
left join {{ ref('dim_process') }} as process on process.process_id = factor.process_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = factor.pollutant_id
where factor.is_published and factor.factor is not null
