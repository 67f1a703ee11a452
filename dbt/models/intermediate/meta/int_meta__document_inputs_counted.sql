{# How many there are of what a table of a document needs: where it is none, the document says why instead of printing nothing.
   Changes are asked for only where there is a previous edition; its absence is a reason of its own. #}
{%- set rows_of = [
    ['risk_pollutants', 'risk_pollutant', 'is_risk_pollutant'],
    ['left_out', 'risk_pollutant', 'not is_risk_pollutant'],
    ['high_risk_pollutants', 'risk_pollutant', 'is_high_risk'],
    ['lists', 'list_version', 'true'],
    ['toxicity_values', 'toxicity_value', 'is_chosen'],
    ['chemical_uses', 'chemical_use', 'quantity_t > 0'],
    ['parks', 'dim_area', "area_kind = 'park'"],
    ['risk_sources', 'risk_source', 'true'],
    ['high_risk_sources', 'risk_source', 'is_high_risk'],
    ['conflicts', 'source_conflict', 'true'],
    ['mechanism_events', 'mechanism_event', 'true'],
    ['result_uses', 'result_use', 'true'],
    ['opinions', 'opinion', 'true'],
    ['industry_projects', 'industry_plus', 'true'],
    ['beaches', 'beach_quality', 'true'],
    ['friendly_beaches', 'beach_quality', 'level_no <= 2'],
    ['nominations', 'recognition', 'true'],
    ['applications', 'fund_award', 'true'],
    ['fund_events', 'fund_event', 'true'],
    ['overdue', 'deliverable', "status = 'overdue'"],
    ['late_or_at_risk', 'deliverable', 'is_overdue or risk is not null'],
    ['literacy_surveys', 'literacy', 'true'],
    ['literacy_points', 'literacy_point', 'true'],
    ['wind_hours', 'wind_rose', 'true'],
    ['hourly_series', 'monitoring_capture', 'true'],
    ['dispersion_factors', 'dispersion_factor', 'true'],
    ['receptors', 'dim_receptor', 'true'],
    ['workplace_tests', 'stg_monitoring__workplaces', 'true'],
] %}
{%- set changes_of = [
    ['changes', 'true'],
    ['pollutant_changes', "changed.object_kind = 'pollutant'"],
    ['source_changes', "changed.object_kind <> 'pollutant'"],
] %}
{%- for name, table, condition in rows_of %}
select '{{ name }}' as counted, count(*) as input_count from {{ ref(table) }} where {{ condition }}
union all
{%- endfor %}
{%- for name, condition in changes_of %}
select
    '{{ name }}' as counted,
    case when max(build.previous_edition) is null then 1 else count(case when {{ condition }} then changed.object_id end) end as input_count
from {{ source('intake', 'build') }} as build
left join {{ ref('risk_source_change') }} as changed on changed.object_id is not null
union all
{%- endfor %}
select 'previous_edition' as counted, count(previous_edition) as input_count from {{ source('intake', 'build') }}
union all
select 'placed_sources' as counted, count(site.longitude) as input_count
from {{ ref('risk_source') }} as risk
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = risk.enterprise_id
