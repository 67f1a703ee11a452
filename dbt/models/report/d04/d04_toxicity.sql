{# The toxicity values that the risks of this edition were computed with, by population. #}
with

used as (
    select pollutant_id, cancer_value_id as toxicity_value_id, population_group from {{ ref('health_risk') }}
    where cancer_value_id is not null
    union
    select pollutant_id, reference_value_id as toxicity_value_id, population_group from {{ ref('health_risk') }}
    where reference_value_id is not null
),

by_people as (
    select
        pollutant_id,
        toxicity_value_id,
        max(case when population_group = 'worker' then 1 else 0 end) = 1 as for_workers,
        max(case when population_group <> 'worker' then 1 else 0 end) = 1 as for_residents
    from used
    group by pollutant_id, toxicity_value_id
)

select
    cast(row_number() over (
        order by by_people.pollutant_id asc nulls last, toxicity.route asc nulls last, toxicity.value_type asc nulls last,
            by_people.toxicity_value_id asc nulls last
    ) as integer) as row_no,
    by_people.pollutant_id,
    by_people.toxicity_value_id,
    pollutant.name_cn,
    pollutant.cas_no,
    {{ code_word('toxicity.route', 'route') }} as route,
    {{ code_word('toxicity.value_type', 'value_type_of_toxicity') }} as value_type,
    toxicity.value,
    {{ printed_unit('toxicity.unit') }} as unit,
    {{ code_words_only('toxicity.target_organs', 'target_organ') }} as target_organs,
    case
        when toxicity.adaf_status = 'included' then '已含'
        when toxicity.adaf_status = 'not_included' and by_people.for_residents then '未含，居民按年龄乘调整因子'
        when toxicity.adaf_status = 'not_included' then '未含'
        else '—'
    end as early_life,
    case
        when by_people.for_workers and by_people.for_residents then '居民、劳动者'
        when by_people.for_workers then '劳动者'
        else '居民'
    end as people,
    coalesce(source.source_cn, toxicity.authority) || case
        when toxicity.transferred_from is not null
            then '（取自' || coalesce(parent.name_cn, toxicity.transferred_from) || '）'
        else ''
    end as authority,
    toxicity.year,
    {{ code_word('toxicity.verified', 'verified') }} as verified
from by_people
inner join {{ ref('toxicity_value') }} as toxicity on toxicity.toxicity_value_id = by_people.toxicity_value_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = by_people.pollutant_id
left join {{ ref('dim_pollutant') }} as parent on parent.pollutant_id = toxicity.transferred_from
left join {{ ref('document_source') }} as source on source.source_ref = toxicity.authority
