-- Characteristic pollutants of a project or plan and what they were identified by: what it would release, and the materials and products
-- that the sites of its developer state. Of those only new pollutants and listed substances count: solvents and salts of no list call for
-- nothing. A plan has no developer; of a developer without a site here nothing but the releases is known.
with

released as (
    select
        project_id,
        pollutant_id,
        {{ list_agg_distinct('medium') }} as media,
        {{ exact_sum("case when medium = 'air' then increment_t end") }} as increment_air_t,
        {{ exact_sum("case when medium = 'water' then increment_t end") }} as increment_water_t
    from {{ ref('int_exposure__project_releases_listed') }}
    where pollutant_id is not null
    group by project_id, pollutant_id
),

project as (
    select
        project_id,
        min(project_kind) as project_kind,
        min(industry_code) as industry_code,
        min(credit_code) as credit_code
    from {{ ref('int_exposure__project_releases_listed') }}
    group by project_id
),

stated as (
    select
        project.project_id,
        chemical_use.pollutant_id,
        {{ list_agg_distinct('chemical_use.enterprise_id') }} as site_ids,
        {{ list_agg_distinct('chemical_use.role') }} as roles
    from project
    inner join {{ ref('dim_enterprise') }} as site on site.credit_code = project.credit_code
    inner join {{ ref('chemical_use') }} as chemical_use
        on chemical_use.enterprise_id = site.enterprise_id and chemical_use.is_counted
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = chemical_use.pollutant_id
    where pollutant.is_new_pollutant or {{ list_size('pollutant.list_codes') }} > 0
    group by project.project_id, chemical_use.pollutant_id
),

identified as (
    select project_id, pollutant_id from released
    union distinct
    select project_id, pollutant_id from stated
)

select
    identified.project_id,
    project.project_kind,
    project.industry_code,
    identified.pollutant_id,
    coalesce(released.media, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as media,
    released.increment_air_t,
    released.increment_water_t,
    released.project_id is not null as is_released,
    coalesce(stated.roles, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as site_roles,
    coalesce(stated.site_ids, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as site_ids
from identified
inner join project on project.project_id = identified.project_id
left join released on released.project_id = identified.project_id and released.pollutant_id = identified.pollutant_id
left join stated on stated.project_id = identified.project_id and stated.pollutant_id = identified.pollutant_id
