{# The second view: the substances that make up the top share of produced and used quantity (rule published by Anji county).
   Polymers are judged by their monomers and count neither in the list nor in the whole, as in is_top80_use. #}
with

used as (
    select
        risk.pollutant_id,
        coalesce(risk.name_cn, pollutant.name_en, risk.pollutant_id) as name_cn,
        pollutant.cas_no,
        risk.use_t,
        risk.is_top80_use,
        risk.is_risk_pollutant
    from {{ ref('risk_pollutant') }} as risk
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = risk.pollutant_id
    where risk.use_t > 0 and not risk.is_polymer
),

total as (
    select {{ exact_sum('use_t') }} as use_t from used
),

shared as (
    select
        used.*,
        used.use_t / total.use_t * 100 as share_pct,
        row_number() over (order by used.use_t desc nulls last, used.pollutant_id asc nulls last) as row_no
    from used
    cross join total
)

select
    cast(row_no as integer) as row_no,
    pollutant_id,
    name_cn,
    cas_no,
    use_t,
    share_pct,
    {{ exact_sum_over('share_pct', 'order by row_no asc nulls last') }} as cumulative_pct,
    case when is_risk_pollutant then '是' else '否' end as in_list
from shared
where is_top80_use
