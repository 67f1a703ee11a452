{# Factors of cells, with what is published of the same cell beside them. A cell without a usable pair is kept with its reason. The
   published figure is the one of the process (else of its parent row) and of the same state of control before others. #}
with

cell as (
    select
        {{ id16(['process_id', 'product', 'feedstock', 'scale_class', 'stage', 'medium', 'pollutant_id', 'control_state',
            'technology_id', 'is_pooled']) }} as factor_id,
        derived.*
    from {{ ref('int_emission_factor__cells_derived') }} as derived
),

cell_pair as (
    select factor_id, {{ unnest_list('pair_ids') }} as pair_id from cell
),

described as (
    select
        cell_pair.factor_id as cell_id,
        bool_or(judged.is_back_calculated) as has_back_calculated,
        bool_or(judged.is_plant_level) as is_plant_level,
        bool_or(judged.is_allocated) as is_allocated,
        min(judged.activity_unit) as activity_unit,
        min(judged.period) as first_period,
        max(judged.period) as last_period
    from cell_pair
    inner join {{ ref('int_emission_factor__pairs_judged') }} as judged on judged.pair_id = cell_pair.pair_id
    group by cell_pair.factor_id
),

published as (
    select
        cell.factor_id,
        known.value_kg_per_t,
        known.source,
        known.verified,
        row_number() over (
            partition by cell.factor_id
            order by
                case when known.process_id = cell.process_id then 0 else 1 end asc nulls last,
                case when known.control_state = cell.control_state then 0 else 1 end asc nulls last,
                case known.verified when 'yes' then 0 else 1 end asc nulls last,
                known.factor_id asc nulls last
        ) as place
    from cell
    left join {{ ref('process_unit') }} as process on process.process_id = cell.process_id
    inner join {{ ref('published_factor') }} as known
        on
            known.process_id in (cell.process_id, process.parent_id)
            and known.stage = cell.stage
            and known.medium = cell.medium
            and known.cas_no = cell.pollutant_id
    where
        known.verified <> 'doubtful'
        and known.value_kg_per_t is not null
        -- limits and benchmarks of rules are no factors
        and known.control_state in ('uncontrolled', 'controlled', 'not stated', 'typical abatement', 'with condensers')
)

select
    cell.factor_id,
    {{ to_text('build.as_of') }} as version,
    cell.process_id,
    cell.product,
    cell.feedstock,
    cell.scale_class,
    cell.stage,
    cell.medium,
    cell.pollutant_id,
    cell.control_state,
    cell.technology_id,
    cell.factor,
    'kg/' || described.activity_unit as unit,
    cell.ci_low,
    cell.ci_high,
    cell.prediction_low,
    cell.prediction_high,
    cell.gsd,
    cell.n_enterprises,
    cell.n_observations,
    cell.nondetect_rate,
    cell.method,
    cell.interval_method,
    cell.rating,
    cell.representativeness,
    cell.factor_quality_index,
    nullif(concat_ws(
        '；',
        case
            when cell.stage is null and cell.control_state = 'uncontrolled'
                then '全装置的逸散与排放，含回收和销毁的量，不与分环节系数相加'
            when cell.stage is null then '全装置的逸散与排放，不与分环节系数相加'
        end,
        case when cell.is_pooled then '不分规模和治理技术' end,
        case when described.is_plant_level then '共用排放口的全厂合计' end,
        case when described.is_allocated then '共用排放口按决定分摊' end,
        case when described.has_back_calculated then '由排放量按去除率反算' end,
        case when cell.gsd > exp(1) then '离散很大，区间覆盖不足' end,
        case when cell.n_enterprises < 3 then '只代表所测企业' end
    ), '') as applicability,
    cell.is_published,
    case when cell.n_observations = 0 then 'NO-PAIR' else cell.suppression_reason end as suppression_reason,
    published.value_kg_per_t as reference_factor,
    published.source as reference_source,
    published.verified as reference_verified,
    cell.factor / nullif(published.value_kg_per_t, 0) as reference_ratio,
    cell.geometric_mean,
    cell.factor_activity_weighted,
    cell.weighted_low,
    cell.weighted_high,
    cell.largest_activity_share,
    cell.tau_squared,
    cell.best_distribution,
    cell.n_outliers,
    cell.n_refused,
    cell.is_pooled,
    cell.pooling_p,
    cell.pooling_fold,
    coalesce(described.has_back_calculated, false) as is_back_calculated,
    described.first_period,
    described.last_period,
    cell.pair_ids
from cell
cross join {{ source('intake', 'build') }} as build
left join described on described.cell_id = cell.factor_id
left join published on published.factor_id = cell.factor_id and published.place = 1
