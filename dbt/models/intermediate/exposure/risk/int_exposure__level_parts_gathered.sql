-- The parts of each concentration that err on their own: of a modelled one the sources by error group, and the background; of a measured
-- one the measurement. Laboratories err alike at all sites of a medium, so that the measured levels of a pollutant share one input. A
-- bound has no parts: it is not drawn.
with

level as (
    select * from {{ ref('int_exposure__levels_placed') }} where concentration_basis <> 'bounding'
),

source as (
    select
        contribution.place_id,
        contribution.medium,
        contribution.pollutant_id,
        contribution.concentration,
        contribution.concentration * coalesce(error_group.measured_share, 0) as measured_concentration,
        coalesce(error_group.input, 'emission:unknown|' || contribution.enterprise_id) as input,
        error_group.low_ratio,
        error_group.high_ratio
    from {{ ref('int_exposure__level_sources_gathered') }} as contribution
    left join {{ ref('int_exposure__emission_errors_grouped') }} as error_group
        on
            error_group.medium = case when contribution.medium = 'ambient_air' then 'air' else 'water' end
            and error_group.enterprise_id = contribution.enterprise_id
            and error_group.outlet_kind = contribution.outlet_kind
            and error_group.pollutant_id = contribution.pollutant_id
),

of_source as (
    select
        place_id,
        medium,
        pollutant_id,
        input,
        {{ exact_sum('concentration * 1e12') }} / 1e12 as concentration,
        {{ exact_sum('measured_concentration * 1e12') }} / 1e12 as measured_concentration,
        max(low_ratio) as low_ratio,
        max(high_ratio) as high_ratio
    from source
    group by place_id, medium, pollutant_id, input
),

of_background as (
    select
        modelled.place_id,
        modelled.medium,
        modelled.pollutant_id,
        'background:' || modelled.medium || '|' || modelled.pollutant_id as input,
        modelled.background as concentration
    from {{ ref('modelled_concentration') }} as modelled
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = modelled.year
    inner join level
        on
            level.place_id = modelled.place_id
            and level.medium = modelled.medium
            and level.pollutant_id = modelled.pollutant_id
            and level.concentration_basis = 'modelled'
    where modelled.background > 0
),

background_interval as (
    select
        measured.medium,
        measured.pollutant_id,
        {{ exact_mean('measured.low_ratio') }} as low_ratio,
        {{ exact_mean('measured.high_ratio') }} as high_ratio
    from {{ ref('int_exposure__site_levels_measured') }} as measured
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = measured.site_id and site.site_role = 'background'
    group by measured.medium, measured.pollutant_id
)

select
    place_id, medium, pollutant_id, input, concentration, measured_concentration, low_ratio, high_ratio, true as is_modelled
from of_source
where concentration > 0
union all
select
    of_background.place_id, of_background.medium, of_background.pollutant_id, of_background.input, of_background.concentration,
    of_background.concentration as measured_concentration, background_interval.low_ratio, background_interval.high_ratio,
    false as is_modelled
from of_background
left join background_interval
    on background_interval.medium = of_background.medium and background_interval.pollutant_id = of_background.pollutant_id
union all
select
    place_id, medium, pollutant_id, 'measured:' || medium || '|' || pollutant_id as input, concentration,
    concentration as measured_concentration, low_ratio, high_ratio, false as is_modelled
from level
where concentration_basis = 'measured'
