{# One row: the figures that the text of D12 quotes. #}
with

zone as (
    select
        max(scored.index) as zone_index,
        max(scored.index_low) as zone_low,
        max(scored.index_high) as zone_high,
        max(scored.level) as zone_level_code,
        100 * max(scored.coverage_share) as zone_coverage_pct
    from {{ ref('annual_index') }} as scored
    inner join {{ ref('dim_area') }} as area on area.area_id = scored.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = scored.year
),

change as (
    select {{ exact_sum('part.change_from_last_year') }} as zone_change
    from {{ ref('contribution') }} as part
    inner join {{ ref('dim_area') }} as area on area.area_id = part.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = part.year
),

basis as (
    select
        cast(count(*) as integer) as known_count,
        cast(count(case when known.origin = 'computed' then 1 end) as integer) as computed_count,
        cast(count(case when known.origin = 'reported' then 1 end) as integer) as reported_count
    from {{ ref('indicator_value') }} as known
    inner join {{ ref('dim_area') }} as area on area.area_id = known.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = known.year
),

indicators as (
    select
        cast(count(*) as integer) as indicator_count,
        cast(count(case when is_computed then 1 end) as integer) as computable_count
    from {{ ref('indicator') }}
),

matrices as (
    select
        cast(count(*) as integer) as matrix_count,
        cast(count(case when is_accepted then 1 end) as integer) as accepted_count,
        cast(count(case when not is_accepted then 1 end) as integer) as refused_count
    from {{ ref('expert_matrix') }}
),

flagged as (
    select
        cast(count(case when {{ list_has('flags', "'correlated'") }} then 1 end) as integer) as correlated_count,
        cast(count(case when {{ list_has('flags', "'outlier'") }} then 1 end) as integer) as outlier_count,
        cast(count(case when {{ list_has('flags', "'constant'") }} then 1 end) as integer) as constant_count
    from {{ ref('indicator_diagnostic') }}
),

refusals as (
    select
        max(case when method = 'entropy' then refusal end) as entropy_code,
        max(case when method = 'critic' then refusal end) as critic_code,
        count(case when method = 'ahp' then effective_weight end) as effective_count
    from {{ ref('weight') }}
),

refused as (
    select
        {{ code_word('entropy_code', 'weight_refusal') }} as entropy_word,
        {{ code_word('critic_code', 'weight_refusal') }} as critic_word,
        effective_count
    from refusals
),

scores as (
    select
        count(case when score.year = edition.assessment_year then score.veto_reason end) as capped_count,
        count(case when not score.is_listed then 1 end) as unlisted_count,
        {{ list_text(list_agg_distinct("case when not score.is_listed then " ~ to_text('score.year') ~ " end"), '年、') }} as unlisted_years
    from {{ ref('d12_score') }} as score
    cross join {{ ref('edition') }} as edition
)

select
    'D12' as document_id,
    zone.zone_index,
    zone.zone_low,
    zone.zone_high,
    {{ code_word('zone.zone_level_code', 'level_of_index') }} as zone_level,
    zone.zone_coverage_pct,
    case
        when change.zone_change is null then '上年没有总分，不计较上年变化'
        else '较上年' || case when change.zone_change < 0 then '下降' else '上升' end
            || {{ number_text('round(abs(change.zone_change), 1)') }} || '分'
    end as change_cn,
    basis.*,
    indicators.*,
    matrices.*,
    flagged.*,
    case
        when refused.entropy_word = refused.critic_word then '熵权法和CRITIC法均不给出权重，原因：' || refused.entropy_word
        else '熵权法：' || coalesce('不给出权重，原因：' || refused.entropy_word, '可以给出')
            || '；CRITIC法：' || coalesce('不给出权重，原因：' || refused.critic_word, '可以给出')
    end as objective_cn,
    case
        when refused.effective_count > 0 then '有效权重为指标得分与总分相关系数平方的占比，与名义权重相差大的，说明该指标实际起的作用与设想不同'
        else '已评总分的区域和年份不足，本期不给出有效权重'
    end as effective_cn,
    case
        when scores.capped_count > 0 then '封顶的区域和事由见下表'
        else '评价年度各区域均未触发封顶'
    end as cap_cn,
    case
        when scores.unlisted_count > 0
            then scores.unlisted_years || '年有维度未评而不计总分的（按区域和年份计' || {{ to_text('scores.unlisted_count') }} || '个），不列入表'
        else '各年度总分均列入表'
    end as unlisted_cn,
    edition.assessment_year,
    edition.edition_no
from zone
cross join change
cross join basis
cross join indicators
cross join matrices
cross join flagged
cross join refused
cross join scores
cross join {{ ref('edition') }} as edition
