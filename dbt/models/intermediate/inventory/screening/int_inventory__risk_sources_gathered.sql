-- Every site with at least one risk pollutant emitted, used or permitted, and what its score is made of. Sums are over risk
-- pollutants with a toxicity weight and a medium that reaches people. `toxicity_people` is the ranked value, over the media that
-- reach people nearby (whom a release to water reaches is unknown); it is null when nothing of it is known.
-- `is_incomplete`: part of it is unknown, so the value is a lower bound.
with

pollutant as (
    select
        risk.pollutant_id,
        coalesce(risk.name_cn, dim.name_en, risk.pollutant_id) as name
    from {{ ref('risk_pollutant') }} as risk
    inner join {{ ref('dim_pollutant') }} as dim on dim.pollutant_id = risk.pollutant_id
    where risk.is_risk_pollutant
),

release as (
    select
        release.enterprise_id,
        release.pollutant_id,
        {{ exact_sum("case when release.medium = 'air' then release.emission_kg end") }} as air_kg,
        {{ exact_sum("case when release.medium = 'water' then release.emission_kg end") }} as water_kg,
        {{ exact_sum("case when release.medium = 'unspecified' then release.emission_kg end") }} as unspecified_kg,
        {{ exact_sum('release.emission_kg') }} as stated_kg,
        {{ exact_sum('release.weighted_kg') }} as weighted_kg,
        {{ exact_sum('release.weighted_kg * release.people_reached') }} as toxicity_people,
        {{ exact_sum('case when release.is_weight_sure then release.weighted_kg end') }} as sure_weighted_kg,
        bool_or(release.weighted_kg > 0 and release.reaches_receiving_body) as lacks_receiver,
        {{ exact_sum('release.measured_kg * release.own_share * release.toxicity_weight') }} as measured_weighted_kg,
        bool_or(
            release.is_weighted_medium and release.emission_kg * release.own_share > 0 and release.toxicity_weight is null
        ) as lacks_toxicity,
        bool_or(release.emission_kg > 0) and not bool_or(release.is_weighted_medium) as lacks_path
    from {{ ref('int_inventory__site_releases_weighted') }} as release
    inner join pollutant on pollutant.pollutant_id = release.pollutant_id
    group by release.enterprise_id, release.pollutant_id
),

pair as (
    select
        present.enterprise_id,
        present.pollutant_id,
        pollutant.name,
        present.is_emitted,
        present.is_used,
        present.is_permitted,
        present.has_unknown_quantity,
        release.pollutant_id is null as lacks_release,
        coalesce(release.lacks_toxicity, false) as lacks_toxicity,
        coalesce(release.lacks_path, false) as lacks_path,
        release.air_kg,
        release.water_kg,
        release.unspecified_kg,
        release.weighted_kg,
        release.measured_weighted_kg,
        release.sure_weighted_kg,
        release.toxicity_people,
        coalesce(release.lacks_receiver, false) as lacks_receiver,
        row_number() over (
            partition by present.enterprise_id
            order by
                release.weighted_kg desc nulls last,
                release.stated_kg desc nulls last,
                present.pollutant_id asc nulls last
        ) as place
    from {{ ref('int_inventory__pollutants_present') }} as present
    inner join pollutant on pollutant.pollutant_id = present.pollutant_id
    left join release
        on release.enterprise_id = present.enterprise_id and release.pollutant_id = present.pollutant_id
    where not present.is_held and (present.is_emitted or present.is_used or present.is_permitted)
),

summed as (
    select
        enterprise_id,
        {{ list_agg_distinct('pollutant_id') }} as risk_pollutants,
        {{ text_to_list(listagg_text('case when place <= 3 then name end', '|', 'place'), '|') }} as key_pollutants,
        cast(count(*) as integer) as risk_pollutant_count,
        cast(count(case when lacks_toxicity then 1 end) as integer) as unknown_toxicity_count,
        bool_or(is_emitted) as is_emitting,
        bool_or(is_used) as is_using,
        bool_or(is_permitted) as is_permitted,
        bool_or(lacks_toxicity) as lacks_toxicity,
        bool_or(lacks_path) as lacks_path,
        bool_or(has_unknown_quantity or lacks_release) as lacks_release,
        {{ exact_sum('air_kg') }} as emission_air_kg,
        {{ exact_sum('water_kg') }} as emission_water_kg,
        {{ exact_sum('unspecified_kg') }} as emission_unspecified_kg,
        {{ exact_sum('weighted_kg') }} as toxicity_weighted_kg,
        {{ exact_sum('measured_weighted_kg') }} as measured_weighted_kg,
        {{ exact_sum('sure_weighted_kg') }} as sure_weighted_kg,
        {{ exact_sum('toxicity_people') }} as toxicity_people,
        bool_or(lacks_receiver) as lacks_receiver
    from pair
    group by enterprise_id
)

select
    summed.*,
    site.longitude is null or site.latitude is null as lacks_place,
    site.location_quality,
    surroundings.nearest_receptor_id,
    surroundings.nearest_receptor_m,
    surroundings.population_within_1km,
    surroundings.population_within_3km,
    surroundings.population_within_5km,
    summed.lacks_toxicity or summed.lacks_release or summed.lacks_receiver as is_incomplete
from summed
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = summed.enterprise_id
left join {{ ref('int_inventory__site_surroundings_measured') }} as surroundings
    on surroundings.enterprise_id = summed.enterprise_id
