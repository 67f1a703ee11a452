with

capped as (
    select area_id, year, {{ listagg_text('text_cn', '；', 'rule_id') }} as veto_reason
    from {{ ref('int_green_index__caps_found') }}
    group by area_id, year
),

weighed as (
    select count(case when basis = 'experts' then 1 end) as by_experts, count(*) as indicators, max(dimension_experts) as experts
    from {{ ref('int_green_index__indicators_weighed') }}
)

select
    scored.area_id,
    scored.year,
    scored.environment_quality,
    scored.risk_prevention,
    scored.management_innovation,
    scored.industry_development,
    scored.public_participation,
    scored.index,
    scored.index_low,
    scored.index_high,
    scored.level,
    scored.rank,
    scored.rank_low,
    scored.rank_high,
    scored.coverage_share,
    'ahp（维度：' || case when weighed.experts > 0 then {{ to_text('weighed.experts') }} || '位专家' else '缺省矩阵' end
    || '；维度内按专家矩阵的指标' || {{ to_text('weighed.by_experts') }} || '个），固定目标值与底线，维度内算术平均，维度间几何平均'
    as method,
    scored.index_uncapped,
    capped.veto_reason
from {{ ref('int_green_index__scores_computed') }} as scored
cross join weighed
left join capped on capped.area_id = scored.area_id and capped.year = scored.year
