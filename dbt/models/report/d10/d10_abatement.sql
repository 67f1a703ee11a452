-- Reduction technologies: efficiency, how k is found, what they shift to other media, class of cost; n where measured.
select
    cast(row_number() over (
        order by abatement.medium asc nulls last, abatement.technology_id asc nulls last, abatement.pollutant_class asc nulls last,
            abatement.pollutant_id asc nulls last
    ) as integer) as row_no,
    abatement.technology_id,
    abatement.pollutant_class,
    abatement.pollutant_id,
    abatement.name_cn as technology,
    case
        when abatement.pollutant_id = '*' then {{ manual_phrase('abatement.pollutant_class') }}
        else coalesce(pollutant.name_cn, abatement.pollutant_id)
    end as treated,
    case abatement.medium when 'air' then '大气' when 'water' then '水' else abatement.medium end as medium,
    abatement.efficiency * 100 as efficiency,
    abatement.efficiency_low * 100 as efficiency_low,
    abatement.efficiency_high * 100 as efficiency_high,
    abatement.n,
    {{ code_word('abatement.cost_class', 'cost_class') }} as cost_class,
    {{ manual_phrase('abatement.cross_media') }} as cross_media,
    {{ manual_phrase('abatement.k_formula') }} as k_formula,
    {{ manual_phrase('abatement.source') }} as source,
    {{ code_word('abatement.verified', 'verified') }} as verified
from {{ ref('abatement') }} as abatement
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = abatement.pollutant_id
