{# The basic table of pollution sources: a site with what it releases in the assessment year and what lies round it. #}
{%- set ring_origins = [] -%}
{%- for ring in ['1km', '3km', '5km'] -%}
    {%- for layer, raw_table, columns in [
        ('cell', 'receptor_population_cell', ['population', 'population_under_15', 'population_15_64', 'population_65_up']),
        ('point', 'receptor_place', ['population'])] -%}
        {%- for column in columns -%}
            {%- do ring_origins.append("case when layer = '" ~ layer ~ "' then " ~ origin_rows(
                raw_table, '_file_no', '_sheet', 'first_row', 'last_row', column, 'population_within_' ~ ring)
                ~ ' else ' ~ origin_none() ~ ' end') -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor -%}
with

build as (
    select
        running.as_of,
        chosen.assessment_year
    from {{ source('intake', 'build') }} as running
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as chosen
),

released as (
    select
        emission.*,
        pollutant.is_group
    from {{ ref('int_inventory__releases_netted') }} as emission
    inner join build on build.assessment_year = emission.year
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
),

{# totals hold substances only: no groups and indicators (VOCs, NMHC, COD); of a sum (xylenes, TSP) what its stated members leave #}
total as (
    select
        enterprise_id,
        {{ exact_sum("case when medium = 'air' then own_t end") }} as total_air_t,
        {{ exact_sum("case when medium = 'water' then own_t end") }} as total_water_t
    from released
    where not coalesce(is_group, true)
    group by enterprise_id
),

pollutants as (
    select enterprise_id, cast(count(distinct pollutant_id) as integer) as pollutant_count
    from released
    group by enterprise_id
),

outlets as (
    select enterprise_id, cast(count(*) as integer) as outlet_count
    from {{ ref('dim_outlet') }}
    group by enterprise_id
),

registers as (
    select enterprise_id, {{ list_agg_distinct('source') }} as sources
    from {{ ref('int_inventory__enterprise_matched') }}
    group by enterprise_id
),

{# the files of the layer of residents; a ring is a count over their rows #}
resident_file as (
    select
        layer,
        _file_no,
        _sheet,
        min(_row) as first_row,
        max(_row) as last_row
    from {{ ref('int_core__residents_placed') }}
    group by layer, _file_no, _sheet
),

residents as (
    select {{ origin_collect(origin_join(ring_origins)) }} as origin
    from resident_file
)

select
    site.enterprise_id,
    build.as_of,
    site.name,
    site.park_id,
    site.industry_code,
    coalesce(outlets.outlet_count, 0) as outlet_count,
    coalesce(pollutants.pollutant_count, 0) as pollutant_count,
    total.total_air_t,
    total.total_water_t,
    surroundings.nearest_receptor_id,
    surroundings.nearest_receptor_m,
    surroundings.population_within_1km,
    surroundings.population_within_3km,
    dossier.filled_share as completeness,
    registers.sources,
    surroundings.population_within_5km,
    build.assessment_year as year,
    site.longitude is not null as has_place,
    case when surroundings.population_within_1km is null then {{ origin_none() }} else residents.origin end as _origin
from {{ ref('dim_enterprise') }} as site
cross join build
cross join residents
left join outlets on outlets.enterprise_id = site.enterprise_id
left join pollutants on pollutants.enterprise_id = site.enterprise_id
left join total on total.enterprise_id = site.enterprise_id
left join registers on registers.enterprise_id = site.enterprise_id
left join {{ ref('int_inventory__site_surroundings_measured') }} as surroundings on surroundings.enterprise_id = site.enterprise_id
left join {{ ref('int_inventory__dossier_completeness_measured') }} as dossier on dossier.enterprise_id = site.enterprise_id
