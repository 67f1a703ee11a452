{# Admission list of a plan: what each plot may take in, by the risk that it adds where most and by what its pollutants are. #}
with

line as (
    select
        max(case when parameter_id = 'risk.cancer_low' then {{ try_double('value') }} end) as cancer_low,
        max(case when parameter_id = 'risk.cancer_attention' then {{ try_double('value') }} end) as cancer_attention,
        max(case when parameter_id = 'risk.hazard_index_attention' then {{ try_double('value') }} end) as hazard_index_attention
    from {{ ref('parameter_used') }}
),

named as (
    select
        source.project_id,
        source.outlet_no as plot,
        max(case when pollutant.control = 'banned' then 1 else 0 end) as banned_count,
        nullif(
            {{ list_text(list_agg_distinct('case when pollutant.control is not null then pollutant.name_cn end'), '、') }}, ''
        ) as controlled,
        nullif(
            {{ list_text(list_agg_distinct('case when pollutant.is_new_pollutant then pollutant.name_cn end'), '、') }}, ''
        ) as new_pollutants
    from {{ ref('project_source') }} as source
    left join {{ ref('project_pollutant') }} as pollutant
        on pollutant.project_id = source.project_id and pollutant.pollutant_id = source.pollutant_id
    where source.project_kind = 'plan'
    group by source.project_id, source.outlet_no
)

select
    plot.row_no,
    plot.project_id,
    plot.plot,
    plot.scenario,
    plot.industry,
    plot.max_cancer_risk,
    plot.max_hazard_quotient,
    named.controlled,
    named.new_pollutants,
    case
        when named.banned_count > 0 then '禁止'
        when plot.max_cancer_risk > line.cancer_attention or plot.max_hazard_quotient > line.hazard_index_attention then '限制'
        when plot.max_cancer_risk > line.cancer_low then '有条件准入'
        when plot.max_cancer_risk is null and plot.max_hazard_quotient is null then '未判定'
        when named.controlled is not null or named.new_pollutants is not null then '有条件准入'
        else '准入'
    end as admission,
    case
        when named.banned_count > 0 then '不引入涉禁用物质的工艺'
        when plot.max_cancer_risk > line.cancer_attention or plot.max_hazard_quotient > line.hazard_index_attention
            then '削减排放或者调整布局后重新评估'
        when plot.max_cancer_risk > line.cancer_low then '采用低排放工艺和替代物料，落实敏感点监测'
        when plot.max_cancer_risk is null and plot.max_hazard_quotient is null then '补充毒性与排放资料'
        when named.controlled is not null then '核对清单限制的用途与含量，新污染物纳入监测和排污许可'
        when named.new_pollutants is not null then '新污染物纳入监测和排污许可'
        else '按常规要求管理'
    end as condition
from {{ ref('d11_plot') }} as plot
inner join named on named.project_id = plot.project_id and named.plot = plot.plot
cross join line
