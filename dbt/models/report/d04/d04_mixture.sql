{# Jobs whose substances of like effect add up, largest sum first. #}
select
    cast(row_number() over (
        order by mixture.additive_ratio desc nulls last, mixture.place_id asc nulls last, mixture.job asc nulls last,
            mixture.effect_group asc nulls last
    ) as integer) as row_no,
    mixture.place_id,
    mixture.job,
    mixture.effect_group,
    enterprise.name as enterprise_name,
    {{ code_word('mixture.effect_group', 'effect_group') }} as effect_cn,
    cast({{ list_size('mixture.pollutant_ids') }} as integer) as pollutant_count,
    mixture.additive_ratio,
    mixture.additive_ratio_upper,
    mixture.unknown_limit_count
from {{ ref('occupational_mixture') }} as mixture
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = mixture.enterprise_id
