{# Weights of the dimensions, with the matrices that each layer rests on. #}
with

layers as (
    select
        'dimension' as layer,
        cast(null as double) as weight_pct,
        cast(null as integer) as indicator_count,
        max(dimension_ratio) as consistency_ratio,
        max(dimension_experts) as expert_count
    from {{ ref('weight') }}
    where method = 'ahp'
    union all
    select
        dimension as layer,
        100 * max(dimension_weight) as weight_pct,
        cast(count(*) as integer) as indicator_count,
        max(consistency_ratio) as consistency_ratio,
        max(experts) as expert_count
    from {{ ref('weight') }}
    where method = 'ahp'
    group by dimension
),

refused as (
    select layer, cast(count(case when not is_accepted then 1 end) as integer) as refused_count
    from {{ ref('expert_matrix') }}
    group by layer
)

select
    cast(row_number() over (order by word.sort_no asc nulls first) as integer) as row_no,
    layers.layer as layer_code,
    coalesce(word.label_cn, '各维度之间') as layer,
    layers.indicator_count,
    layers.weight_pct,
    coalesce(layers.expert_count, 0) as expert_count,
    coalesce(refused.refused_count, 0) as refused_count,
    case when layers.expert_count > 0 then '专家矩阵几何平均' else '缺省矩阵（本试点拟定）' end as basis,
    layers.consistency_ratio
from layers
left join refused on refused.layer = layers.layer
left join {{ ref('code_label') }} as word on word.code_set = 'dimension_of_index' and word.code = layers.layer
