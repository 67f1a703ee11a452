{# How many there are of what a table of a document needs: where it is none, the document says why instead of printing nothing.
   Changes are asked for only where there is a previous edition; its absence is a reason of its own. #}
select 'risk_pollutants' as counted, count(case when is_risk_pollutant then 1 end) as input_count
from {{ ref('risk_pollutant') }}
union all
select 'left_out' as counted, count(case when not is_risk_pollutant then 1 end) as input_count
from {{ ref('risk_pollutant') }}
union all
select 'high_risk_pollutants' as counted, count(case when is_high_risk then 1 end) as input_count
from {{ ref('risk_pollutant') }}
union all
select 'lists' as counted, count(*) as input_count from {{ ref('list_version') }}
union all
select 'toxicity_values' as counted, count(case when is_chosen then 1 end) as input_count from {{ ref('toxicity_value') }}
union all
select 'chemical_uses' as counted, count(case when quantity_t > 0 then 1 end) as input_count from {{ ref('chemical_use') }}
union all
select 'parks' as counted, count(case when area_kind = 'park' then 1 end) as input_count from {{ ref('dim_area') }}
union all
select 'previous_edition' as counted, count(previous_edition) as input_count from {{ source('intake', 'build') }}
union all
select 'pollutant_changes' as counted, case when max(build.previous_edition) is null then 1 else count(changed.object_id) end as input_count
from {{ source('intake', 'build') }} as build
left join {{ ref('risk_source_change') }} as changed on changed.object_kind = 'pollutant'
union all
select 'source_changes' as counted, case when max(build.previous_edition) is null then 1 else count(changed.object_id) end as input_count
from {{ source('intake', 'build') }} as build
left join {{ ref('risk_source_change') }} as changed on changed.object_kind <> 'pollutant'
union all
select 'changes' as counted, case when max(build.previous_edition) is null then 1 else count(changed.object_id) end as input_count
from {{ source('intake', 'build') }} as build
left join {{ ref('risk_source_change') }} as changed on changed.object_id is not null
union all
select 'risk_sources' as counted, count(*) as input_count from {{ ref('risk_source') }}
union all
select 'high_risk_sources' as counted, count(case when is_high_risk then 1 end) as input_count from {{ ref('risk_source') }}
union all
select 'placed_sources' as counted, count(site.longitude) as input_count
from {{ ref('risk_source') }} as risk
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = risk.enterprise_id
union all
select 'conflicts' as counted, count(*) as input_count from {{ ref('source_conflict') }}
union all
select 'mechanism_events' as counted, count(*) as input_count from {{ ref('mechanism_event') }}
union all
select 'result_uses' as counted, count(*) as input_count from {{ ref('result_use') }}
union all
select 'opinions' as counted, count(*) as input_count from {{ ref('opinion') }}
union all
select 'industry_projects' as counted, count(*) as input_count from {{ ref('industry_plus') }}
union all
select 'beaches' as counted, count(*) as input_count from {{ ref('beach_quality') }}
union all
select 'friendly_beaches' as counted, count(case when level_no <= 2 then 1 end) as input_count from {{ ref('beach_quality') }}
union all
select 'nominations' as counted, count(*) as input_count from {{ ref('recognition') }}
union all
select 'applications' as counted, count(*) as input_count from {{ ref('fund_award') }}
union all
select 'fund_events' as counted, count(*) as input_count from {{ ref('fund_event') }}
union all
select 'overdue' as counted, count(case when status = 'overdue' then 1 end) as input_count from {{ ref('deliverable') }}
union all
select 'literacy_surveys' as counted, count(*) as input_count from {{ ref('literacy') }}
union all
select 'literacy_points' as counted, count(*) as input_count from {{ ref('literacy_point') }}
union all
select 'late_or_at_risk' as counted, count(case when is_overdue or risk is not null then 1 end) as input_count
from {{ ref('deliverable') }}
union all
select 'wind_hours' as counted, count(*) as input_count from {{ ref('wind_rose') }}
union all
select 'hourly_series' as counted, count(*) as input_count from {{ ref('monitoring_capture') }}
union all
select 'dispersion_factors' as counted, count(*) as input_count from {{ ref('dispersion_factor') }}
union all
select 'receptors' as counted, count(*) as input_count from {{ ref('dim_receptor') }}
union all
select 'workplace_tests' as counted, count(*) as input_count from {{ ref('stg_monitoring__workplaces') }}
