-- Mean flow of each waste water outlet that was measured with its samples in the assessment year.
with

sampling as (
    select distinct site.outlet_id, sample_record.sampled_at, sample_record.flow_m3_d
    from {{ ref('stg_monitoring__samples') }} as sample_record
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = 'S:' || sample_record.site_id
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build
        on {{ to_text('build.assessment_year') }} = {{ period_of('sample_record.sampled_at', 'year') }}
    where site.outlet_id is not null and site.medium = 'waste_water'
        and coalesce(site.site_role, '') <> 'inlet' and sample_record.flow_m3_d > 0
)

select
    outlet_id,
    {{ exact_mean('flow_m3_d') }} / 86400 as flow_m3_s
from sampling
group by outlet_id
