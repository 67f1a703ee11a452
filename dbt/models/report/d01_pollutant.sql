{# Plain list: what is in the inventory of the assessment year. Score, rank and membership come with the inventory issue;
   until then the order is: substances on a list that decides, new pollutants, then air and water emission. #}
with

build as (
    select max(assessment_year) as year from {{ ref('edition') }}
),

emission as (
    select
        emission.pollutant_id,
        emission.enterprise_id,
        {{ exact_sum("case when emission.medium = 'air' then emission.emission_t * 1000 end") }} as air_kg,
        {{ exact_sum("case when emission.medium = 'water' then emission.emission_t * 1000 end") }} as water_kg,
        {{ exact_sum("case when emission.medium not in ('air', 'water') then emission.emission_t * 1000 end") }} as other_kg
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

list_entry as (
    select
        pollutant_id,
        {{ unnest_list(list_join(['list_codes', 'undecided_list_codes'], 'varchar[]')) }} as list_code
    from {{ ref('dim_pollutant') }}
),

named_entry as (
    select
        list_entry.pollutant_id,
        case when list_version.decides then list_version.list_code end as deciding_code,
        case
            when list_version.decides then list_version.list_name
            else list_version.list_name || '（草案或不完整，仅供参考）'
        end as list_name
    from list_entry
    inner join {{ ref('list_version') }} as list_version on list_version.list_code = list_entry.list_code
),

listed as (
    select
        pollutant_id,
        {{ list_agg_distinct('deciding_code') }} as deciding_lists,
        {{ list_text(list_agg_distinct('list_name'), '；') }} as list_names
    from named_entry
    group by pollutant_id
),

described as (
    select
        total.*,
        pollutant.name_cn,
        pollutant.name_en,
        pollutant.cas_no,
        pollutant.pollutant_group,
        pollutant.is_new_pollutant,
        pollutant.iarc_group,
        listed.list_names,
        case when {{ list_size('listed.deciding_lists') }} > 0 then 0 else 1 end as listed_order,
        case when pollutant.is_new_pollutant then 0 else 1 end as new_order,
        coalesce(total.emission_air_kg, 0) + coalesce(total.emission_water_kg, 0) as emission_kg
    from total
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = total.pollutant_id
    left join listed on listed.pollutant_id = total.pollutant_id
)

select
    cast(
        row_number() over (
            order by
                described.listed_order asc nulls last,
                described.new_order asc nulls last,
                described.emission_kg desc nulls last,
                described.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    described.pollutant_id,
    described.name_cn,
    described.name_en,
    described.cas_no,
    case
        when described.is_new_pollutant then '新污染物'
        when described.pollutant_group is not null then '传统污染物'
    end as pollutant_class,
    nullif(described.list_names, '') as list_names,
    described.iarc_group,
    described.enterprise_count,
    nullif(described.parks, '') as parks,
    described.emission_air_kg,
    described.emission_water_kg,
    described.emission_other_kg,
    described.use_t,
    build.year,
    described.use_year,
    case when described.pollutant_group is null then '物质库无此物质，类别与危害待补' end as remark
from described
cross join build
order by row_no asc nulls last
