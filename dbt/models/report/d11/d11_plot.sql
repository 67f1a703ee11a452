{# Layout of a plan: what each plot adds to the people around, by scenario (layout risk). #}
with

plot as (
    select
        source.project_id,
        source.outlet_no as plot,
        min(source.industry_name) as industry,
        cast(count(distinct source.pollutant_id) as integer) as pollutant_count,
        {{ exact_sum("case when source.medium = 'air' then source.increment_t end") }} as increment_air_t,
        max(source.population) as population,
        {{ exact_sum('source.mean_increment_cancer_risk * 1e15') }} / 1e15 as mean_cancer_risk,
        {{ exact_sum('source.mean_increment_hazard_quotient * 1e12') }} / 1e12 as mean_hazard_index,
        max(source.max_increment_cancer_risk) as max_cancer_risk,
        max(source.max_increment_hazard_quotient) as max_hazard_quotient,
        {{ value_at_max('source.pollutant_id', 'source.max_increment_cancer_risk') }} as driver_id
    from {{ ref('project_source') }} as source
    where source.project_kind = 'plan'
    group by source.project_id, source.outlet_no
)

select
    cast(
        row_number() over (
            order by plot.project_id asc nulls last, plot.mean_cancer_risk desc nulls last, plot.plot asc nulls last
        ) as integer
    ) as row_no,
    plot.project_id,
    project.scenario,
    plot.plot,
    plot.industry,
    plot.pollutant_count,
    plot.increment_air_t,
    plot.population,
    plot.mean_cancer_risk,
    plot.mean_hazard_index,
    plot.max_cancer_risk,
    plot.max_hazard_quotient,
    driver.name_cn as driver,
    cast(rank() over (partition by plot.project_id order by plot.mean_cancer_risk desc nulls last) as integer) as layout_rank
from plot
inner join {{ ref('project') }} as project on project.project_id = plot.project_id
left join {{ ref('dim_pollutant') }} as driver on driver.pollutant_id = plot.driver_id
