{# Plain list: what is in the inventory of the assessment year. Score, rank and membership come with the inventory issue;
   until then the order is: substances on a list that decides, new pollutants, then air and water emission. #}
with

build as (
    select max(assessment_year) as year from {{ source('intake', 'build') }}
),

emission as (
    select
        emission.pollutant_id,
        emission.enterprise_id,
        {{ exact_sum("case when emission.medium = 'air' then emission.emission_t end") }} * 1000 as air_kg,
        {{ exact_sum("case when emission.medium = 'water' then emission.emission_t end") }} * 1000 as water_kg,
        {{ exact_sum("case when emission.medium not in ('air', 'water') then emission.emission_t end") }} * 1000 as other_kg
    from {{ ref('emission') }} as emission
    inner join build on build.year = emission.year
    where emission.enterprise_id not like '%-000'
    group by emission.pollutant_id, emission.enterprise_id
),

{# the newest survey up to the assessment year #}
use_year as (
    select max(chemical_use.year) as year
    from {{ ref('chemical_use') }} as chemical_use
    inner join build on chemical_use.year <= build.year
),

chemical_use as (
    select
        chemical_use.pollutant_id,
        chemical_use.enterprise_id,
        chemical_use.year,
        {{ exact_sum('chemical_use.quantity_t') }} as use_t
    from {{ ref('chemical_use') }} as chemical_use
    inner join use_year on use_year.year = chemical_use.year
    where chemical_use.enterprise_id not like '%-000'
    group by chemical_use.pollutant_id, chemical_use.enterprise_id, chemical_use.year
),

presence as (
    select
        coalesce(emission.pollutant_id, chemical_use.pollutant_id) as pollutant_id,
        coalesce(emission.enterprise_id, chemical_use.enterprise_id) as enterprise_id,
        emission.air_kg,
        emission.water_kg,
        emission.other_kg,
        chemical_use.use_t,
        chemical_use.year as use_year
    from emission
    full outer join
        chemical_use
        on chemical_use.pollutant_id = emission.pollutant_id and chemical_use.enterprise_id = emission.enterprise_id
),

total as (
    select
        presence.pollutant_id,
        cast(count(distinct presence.enterprise_id) as integer) as enterprise_count,
        {{ list_text(list_agg_distinct('park.name_cn'), '、') }} as parks,
        {{ exact_sum('presence.air_kg') }} as emission_air_kg,
        {{ exact_sum('presence.water_kg') }} as emission_water_kg,
        {{ exact_sum('presence.other_kg') }} as emission_other_kg,
        {{ exact_sum('presence.use_t') }} as use_t,
        max(presence.use_year) as use_year
    from presence
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = presence.enterprise_id
    left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
    group by presence.pollutant_id
),

listed as (
    select
        regulatory_list.pollutant_id,
        {{ list_agg_distinct("case when status.decides then status.list_code end") }} as deciding_lists,
        {{ list_text(list_agg_distinct("status.list_name || case when status.decides then '' else '（草案或不完整，仅供参考）' end"), '；') }} as list_names
    from (
        select
            pollutant.pollutant_id,
            {{ unnest_list(list_join(['pollutant.list_codes', 'pollutant.undecided_list_codes'], 'varchar[]')) }} as list_code
        from {{ ref('dim_pollutant') }} as pollutant
    ) as regulatory_list
    inner join {{ ref('list_version') }} as status on status.list_code = regulatory_list.list_code
    group by regulatory_list.pollutant_id
)

select
    cast(
        row_number() over (
            order by
                case when {{ list_size('listed.deciding_lists') }} > 0 then 0 else 1 end asc nulls last,
                case when pollutant.is_new_pollutant then 0 else 1 end asc nulls last,
                coalesce(total.emission_air_kg, 0) + coalesce(total.emission_water_kg, 0) desc nulls last,
                total.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    total.pollutant_id,
    pollutant.name_cn,
    pollutant.name_en,
    pollutant.cas_no,
    case when pollutant.is_new_pollutant then '新污染物' when pollutant.pollutant_group is not null then '传统污染物' end
        as pollutant_class,
    nullif(listed.list_names, '') as list_names,
    pollutant.iarc_group,
    total.enterprise_count,
    nullif(total.parks, '') as parks,
    total.emission_air_kg,
    total.emission_water_kg,
    total.emission_other_kg,
    total.use_t,
    build.year as year,
    total.use_year,
    case when pollutant.pollutant_group is null then '物质库无此物质，类别与危害待补' end as remark
from total
cross join build
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = total.pollutant_id
left join listed on listed.pollutant_id = total.pollutant_id
order by row_no asc nulls last
