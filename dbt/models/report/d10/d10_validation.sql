-- Checks of factors by process and pollutant. Below ten plants left out the shares say little, and the table says so. Of ten to thirty one
-- plant more or less is 3 to 10 %: a coverage off the aim is called too narrow or too wide where chance alone does not explain it.
with

least as (
    select
        max(case when parameter_id = 'factor_least_enterprises' then {{ try_double('value') }} end) as enterprises,
        max(case when parameter_id = 'factor_coverage_chance' then {{ try_double('value') }} end) as chance
    from {{ ref('parameter_used') }}
),

published as (
    select distinct
        process_id,
        pollutant_id
    from {{ ref('reference_factor') }}
)

select
    cast(row_number() over (order by checked.process_id asc nulls last, checked.pollutant_id asc nulls last) as integer) as row_no,
    checked.process_id,
    checked.pollutant_id,
    process.name_cn as process,
    coalesce(pollutant.name_cn, checked.pollutant_id) as pollutant,
    checked.n,
    checked.median_ratio,
    checked.share_within_factor_2 * 100 as within_2,
    checked.share_within_factor_3 * 100 as within_3,
    checked.rmse_log10,
    checked.coverage_95 * 100 as coverage,
    -- of few plants the share would tell the balance of one
    case when checked.n_balances >= least.enterprises then checked.balance_share * 100 end as balance_share,
    checked.reference_ratio,
    case
        when checked.n = 0 and published.process_id is not null then '企业不足三家，用已发表系数'
        when checked.n = 0 then '企业不足三家，无已发表系数，用物料衡算或者实测'
        when checked.n < 10 then '样本少，仅供参考'
        when checked.coverage_95 is null then '每单元不足四家，未检验区间'
        when checked.coverage_95 between 0.9 and 0.97 then '覆盖符合'
        when checked.coverage_chance >= least.chance then '未见显著偏离'
        when checked.coverage_95 > 0.97 then '区间偏宽'
        else '区间偏窄'
    end as judgement
from {{ ref('validation') }} as checked
cross join least
left join published on published.process_id = checked.process_id and published.pollutant_id = checked.pollutant_id
left join {{ ref('dim_process') }} as process on process.process_id = checked.process_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = checked.pollutant_id
