{# Indicators with everything that is known of them: definition, goalposts, weights by each method, what stands out. #}
with

weights as (
    select
        indicator_id,
        max(case when method = 'ahp' then 100 * weight end) as weight_pct,
        max(case when method = 'ahp' then 100 * weight_within end) as within_pct,
        max(case when method = 'ahp' then 100 * effective_weight end) as effective_pct,
        max(case when method = 'entropy' then 100 * weight end) as entropy_pct,
        max(case when method = 'critic' then 100 * weight end) as critic_pct,
        max(case when method = 'combined' then 100 * weight end) as combined_pct,
        max(case when method = 'ahp' then basis end) as basis
    from {{ ref('weight') }}
    group by indicator_id
)

select
    cast(row_number() over (order by word.sort_no asc nulls last, indicator.indicator_id asc nulls last) as integer) as row_no,
    indicator.indicator_id,
    word.label_cn as dimension,
    indicator.name_cn,
    indicator.unit_cn,
    {{ code_word('indicator.direction', 'direction') }} as direction,
    indicator.target,
    indicator.floor,
    indicator.target_basis,
    {{ code_word('indicator.target_verified', 'verified') }} as target_verified,
    weights.weight_pct,
    weights.within_pct,
    weights.effective_pct,
    weights.entropy_pct,
    weights.critic_pct,
    weights.combined_pct,
    case weights.basis when 'experts' then '专家矩阵' else '缺省矩阵' end as basis,
    indicator.data_cn,
    {{ code_word('indicator.frequency', 'frequency') }} as frequency,
    indicator.responsible,
    indicator.definition,
    indicator.formula,
    indicator.rule_cn,
    indicator.lacks_cn as missing_cn,
    diagnostic.n,
    round(diagnostic.skewness, 6) as skewness,
    round(diagnostic.excess_kurtosis, 6) as excess_kurtosis,
    nullif({{ list_text('diagnostic.correlated_with', '、') }}, '') as correlated_with,
    diagnostic.largest_correlation,
    diagnostic.index_change_without,
    {{ code_words_only('diagnostic.flags', 'index_flag') }} as flags
from {{ ref('indicator') }} as indicator
left join weights on weights.indicator_id = indicator.indicator_id
left join {{ ref('indicator_diagnostic') }} as diagnostic on diagnostic.indicator_id = indicator.indicator_id
left join {{ ref('code_label') }} as word on word.code_set = 'dimension_of_index' and word.code = indicator.dimension
