-- What makes the receptor load of the worked example: by each way share × people × factor of each outlet, which add up.
select
    cast(
        row_number() over (
            order by basis.sort_no asc nulls last, reach.share * reach.person_s_m3 desc nulls last, reach.outlet_id asc nulls last,
                reach.medium asc nulls last
        ) as integer
    ) as row_no,
    reach.enterprise_id,
    reach.receptor_basis,
    reach.outlet_id,
    reach.medium,
    {{ code_word('reach.receptor_basis', 'receptor_basis') }} as basis,
    case
        when reach.receptor_basis = 'ring' then '全厂'
        else {{ outlet_word("split_part(reach.outlet_id, ':', 2)") }}
    end as outlet,
    reach.emission_kg,
    reach.share,
    reach.people,
    reach.factor_s_m3,
    reach.share * reach.person_s_m3 as part
from {{ ref('source_reach') }} as reach
inner join {{ ref('d07_example') }} as example on example.enterprise_id = reach.enterprise_id and example.row_no = 1
left join {{ ref('code_label') }} as basis on basis.code_set = 'receptor_basis' and basis.code = reach.receptor_basis
