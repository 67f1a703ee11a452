{# One card a high-risk pollutant: what a reader must know of it on half a page. #}
with

released as (
    select
        emission.pollutant_id,
        emission.enterprise_id,
        {{ exact_sum('emission.emission_t') }} * 1000 as emission_kg
    from {{ ref('emission') }} as emission
    inner join {{ ref('edition') }} as edition on edition.assessment_year = emission.year
    where emission.medium in ('air', 'water') and emission.enterprise_id not like '%-000'
    group by emission.pollutant_id, emission.enterprise_id
),

ranked as (
    select
        released.pollutant_id,
        site.name,
        row_number() over (
            partition by released.pollutant_id
            order by released.emission_kg desc nulls last, released.enterprise_id asc nulls last
        ) as place
    from released
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = released.enterprise_id
    where released.emission_kg > 0
),

main as (
    select
        pollutant_id,
        {{ listagg_text('name', '、', 'place') }} as main_sites
    from ranked
    where place <= 3
    group by pollutant_id
)

select
    list.row_no,
    list.pollutant_id,
    list.name_cn,
    list.name_en,
    list.cas_no,
    list.pollutant_class,
    list.rank_band,
    list.score,
    list.hazard_score,
    list.emission_score,
    list.exposure_score,
    list.detection_score,
    list.iarc_group,
    list.target_organs,
    list.toxicity_state,
    list.enterprise_count,
    list.emission_air_kg,
    list.emission_water_kg,
    list.use_t,
    list.detection_pct,
    list.max_ratio_to_standard,
    main.main_sites,
    list.list_codes,
    list.reasons
from {{ ref('d01_pollutant') }} as list
left join main on main.pollutant_id = list.pollutant_id
where list.is_high_risk
