-- The limits that hold for a pollutant at a monitoring site in one medium: those of the standards that seed assessed_standard names
-- for its medium, role, function of its water and kind of animal, and at outlets the concentration that the permit states. A limit
-- without a day it began is taken to hold since 1900. A limit of lakes and reservoirs (in its name) holds there alone, one of rivers
-- everywhere else. Of several limits of one class for a pollutant the strictest counts.
with

site_medium as (
    select distinct
        site_id,
        medium
    from {{ ref('int_exposure__results_gathered') }}
    where medium is not null
    union
    select distinct
        site_id,
        medium
    from {{ ref('int_exposure__hours_selected') }}
    where medium is not null
),

described as (
    select
        site_medium.site_id,
        site_medium.medium,
        site.site_role,
        site.outlet_id,
        water.water_function,
        animal.animal_kind,
        standing.site_id is not null as is_standing_water
    from site_medium
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = site_medium.site_id
    left join {{ ref('int_exposure__site_functions_found') }} as water on water.site_id = site_medium.site_id
    left join {{ ref('int_exposure__animal_kinds_found') }} as animal on animal.site_id = site_medium.site_id
    left join {{ ref('int_exposure__standing_waters_found') }} as standing on standing.site_id = site_medium.site_id
    -- what goes into a treatment unit is not released and has no limit
    where coalesce(site.site_role, '') <> 'inlet'
),

standard_limit as (
    select
        described.site_id,
        limits.medium,
        limits.pollutant_id,
        limits.limit_id,
        limits.standard_code,
        limits.standard_class,
        -- a time that no code names (a quarter) is not the same as none: nothing is compared with its limit
        coalesce(limits.averaging_time, nullif(limits.averaging_time_text, '')) as limit_averaging_time,
        limits.operator,
        limits.limit_canonical as limit_value,
        limits.canonical_unit as unit,
        coalesce(limits.valid_from, date '1900-01-01') as valid_from,
        limits.valid_to,
        assessed.rank
    from described
    inner join {{ ref('assessed_standard') }} as assessed
        on
            assessed.medium = described.medium
            and (assessed.site_role is null or assessed.site_role = described.site_role)
            and (assessed.water_function is null or assessed.water_function = described.water_function)
            and (assessed.animal_kind is null or assessed.animal_kind = described.animal_kind)
    inner join {{ ref('environmental_limit') }} as limits
        on
            limits.medium = assessed.medium
            and limits.standard_code = assessed.standard_code
            and limits.standard_class = assessed.standard_class
    where
        limits.limit_canonical > 0
        and limits.pollutant_id is not null
        and (described.is_standing_water or limits.parameter_cn not like '%（湖、库）%')
        and (not described.is_standing_water or limits.parameter_cn not like '%（河流）%')
),

permit_limit as (
    select
        described.site_id,
        described.medium,
        outlet_limit.pollutant_id,
        outlet_limit.limit_id,
        outlet_limit.standard_code,
        '许可排放浓度限值' as standard_class,
        cast(null as {{ type_string() }}) as limit_averaging_time,
        '<=' as operator,
        outlet_limit.limit_value,
        outlet_limit.unit,
        date '1900-01-01' as valid_from,
        cast(null as date) as valid_to,
        0 as rank
    from described
    inner join {{ ref('outlet_limit') }} as outlet_limit on outlet_limit.outlet_id = described.outlet_id
    where described.medium in ('waste_gas', 'waste_water')
)

select * from standard_limit
qualify
    row_number() over (
        partition by site_id, medium, pollutant_id, standard_code, standard_class, limit_averaging_time, operator, valid_from
        order by limit_value asc nulls last, limit_id asc nulls last
    ) = 1
union all
select * from permit_limit
