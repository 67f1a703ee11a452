{# The substances that were assessed, with what is known of their hazard and whether risks of them could be computed. #}
with

assessed as (
    select
        pollutant_id,
        {{ list_agg_distinct('medium') }} as media,
        max(case when cancer_risk is not null then 1 else 0 end) = 1 as has_cancer,
        max(case when hazard_quotient is not null then 1 else 0 end) = 1 as has_hazard,
        min(case when is_bounding then 1 else 0 end) = 1 as is_bound_only
    from {{ ref('health_risk') }}
    group by pollutant_id
),

{# what is done with a substance that has no toxicity value anywhere #}
treated as (
    select pollutant_id, {{ listagg_text('distinct treatment', '；', 'treatment') }} as treatment
    from {{ ref('d04_unknown') }}
    group by pollutant_id
)

select
    cast(row_number() over (order by list.rank asc nulls last, assessed.pollutant_id asc nulls last) as integer)
        as row_no,
    assessed.pollutant_id,
    pollutant.name_cn,
    pollutant.cas_no,
    {{ code_words_only('assessed.media', 'medium_of_environment') }} as media,
    replace(replace(replace(pollutant.iarc_group, ' (', '（'), '(', '（'), ')', '）') as iarc_group,
    case when coalesce(list.is_risk_pollutant, false) then '是' else '否' end as in_list,
    case when assessed.has_cancer then '是' else '无致癌强度' end as cancer_state,
    case when assessed.has_hazard then '是' else '无参考值' end as hazard_state,
    case
        when assessed.is_bound_only then '全部未检出，只有上界'
        when not assessed.has_cancer and not assessed.has_hazard then treated.treatment
    end as remark
from assessed
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = assessed.pollutant_id
left join {{ ref('risk_pollutant') }} as list on list.pollutant_id = assessed.pollutant_id
left join treated on treated.pollutant_id = assessed.pollutant_id
