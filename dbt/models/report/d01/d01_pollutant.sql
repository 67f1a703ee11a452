{# The list in print order: risk pollutants by rank, those without a score after them, by id. #}
with

presence as (
    select emission.pollutant_id, emission.enterprise_id
    from {{ ref('emission') }} as emission
    inner join {{ ref('edition') }} as edition on edition.assessment_year = emission.year
    union
    select pollutant_id, enterprise_id from {{ ref('chemical_use') }}
),

park_of_pollutant as (
    select distinct presence.pollutant_id, park.area_id, park.name_cn, park.area_no
    from presence
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = presence.enterprise_id
    inner join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
),

{# the plan's order of parks #}
sites as (
    select
        pollutant_id,
        {{ listagg_text('name_cn', '、', 'area_no asc nulls last, area_id') }} as parks
    from park_of_pollutant
    group by pollutant_id
),

{# of which the year's releases are stated for some months or quarters only #}
part_year as (
    select distinct total.pollutant_id
    from {{ ref('emission_total') }} as total
    inner join {{ ref('edition') }} as edition on edition.assessment_year = total.year
    where total.scope_kind = 'zone' and total.partial_year_count > 0
),

list_entry as (
    select
        pollutant_id,
        {{ unnest_list(list_join(['list_codes', 'undecided_list_codes'], 'varchar[]')) }} as list_code
    from {{ ref('dim_pollutant') }}
),

listed as (
    select
        list_entry.pollutant_id,
        {{ listagg_text(
            "list_version.list_name || case when list_version.decides then '' else '（草案或不完整，仅供参考）' end",
            '；', 'list_version.list_code'
        ) }} as list_names
    from list_entry
    inner join {{ ref('list_version') }} as list_version on list_version.list_code = list_entry.list_code
    group by list_entry.pollutant_id
),

{# The screening bound for bioaccumulation; a class whose members the Stockholm convention lists has a score of its own. #}
bound as (
    select min(cast(value as double)) as log_kow
    from {{ ref('parameter_used') }}
    where parameter_id like 'screening_bin.persistent.%'
)

select
    cast(
        row_number() over (order by risk.rank asc nulls last, risk.pollutant_id asc nulls last) as integer
    ) as row_no,
    risk.pollutant_id,
    coalesce(risk.name_cn, pollutant.name_en, risk.pollutant_id) as name_cn,
    pollutant.name_en,
    pollutant.cas_no,
    case
        when pollutant.is_new_pollutant then '新污染物'
        when pollutant.pollutant_group is not null then '传统污染物'
        else '待定'
    end as pollutant_class,
    listed.list_names,
    {{ chinese_brackets('risk.iarc_group') }} as iarc_group,
    {{ code_words_only('risk.target_organs', 'target_organ') }} as target_organs,
    case
        when persistent_class.parameter_id is not null and pollutant.log_kow >= bound.log_kow then '持久性；生物累积性'
        when persistent_class.parameter_id is not null then '持久性'
        when pollutant.log_kow >= bound.log_kow then '生物累积性'
        when pollutant.log_kow < bound.log_kow then '未达筛查值'
    end as persistence,
    risk.inhalation_weight,
    risk.oral_weight,
    case risk.toxicity_state when 'yes' then '已核' when 'memory' then '待核' else '缺' end as toxicity_state,
    risk.enterprise_count,
    nullif(sites.parks, '') as parks,
    risk.use_t,
    risk.emission_air_kg,
    risk.emission_water_kg,
    risk.emission_soil_kg,
    risk.emission_waste_kg,
    risk.emission_unspecified_kg,
    risk.detection_rate * 100 as detection_pct,
    risk.sample_count,
    risk.max_ratio_to_standard,
    risk.hazard_score,
    risk.emission_score,
    risk.exposure_score,
    risk.detection_score,
    risk.score,
    risk.rank,
    case
        when risk.rank is not null
            then {{ to_text('risk.rank') }} || '[' || {{ to_text('risk.rank_low') }} || '–' || {{ to_text('risk.rank_high') }} || ']'
    end as rank_band,
    risk.rank_low,
    risk.rank_high,
    risk.rank_probability * 100 as rank_probability_pct,
    risk.rsei_rank,
    case when risk.is_high_risk then '高风险' else '一般' end as grade,
    {{ code_words_only('risk.reason_codes', 'screening_reason') }} as reasons,
    nullif({{ list_text('risk.reason_codes', '、') }}, '') as reason_codes,
    nullif({{ list_text('risk.list_codes', '、') }}, '') as list_codes,
    {{ code_word('risk.lane', 'lane') }} as lane,
    nullif(concat_ws(
        '；',
        case when risk.is_top80_use then '用量前列' end,
        case when part_year.pollutant_id is not null then '含不足一年的排放量' end
    ), '') as remark,
    part_year.pollutant_id is not null as has_part_year,
    risk.is_high_risk,
    edition.assessment_year as year
from {{ ref('risk_pollutant') }} as risk
cross join {{ ref('edition') }} as edition
cross join bound
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = risk.pollutant_id
left join {{ ref('parameter_used') }} as persistent_class
    on persistent_class.parameter_id = 'screening_class.substance_class.' || pollutant.substance_class
left join sites on sites.pollutant_id = risk.pollutant_id
left join part_year on part_year.pollutant_id = risk.pollutant_id
left join listed on listed.pollutant_id = risk.pollutant_id
where risk.is_risk_pollutant
