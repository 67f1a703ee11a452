-- Literacy by group; a suppressed cell has its number of persons and nothing else.
select
    cast(
        row_number() over (
            order by year asc nulls last, group_kind asc nulls last, group_value asc nulls last
        ) as integer
    ) as row_no,
    year,
    group_kind as group_kind_code,
    group_value,
    case group_kind
        when 'age_band' then '年龄' when 'sex' then '性别' when 'education' then '文化程度' when 'street' then '街道'
        when 'urban_rural' then '城乡' else group_kind
    end as group_kind,
    n,
    100 * estimate as estimate_pct,
    100 * ci_low as ci_low_pct,
    100 * ci_high as ci_high_pct,
    design_effect,
    100 * change as change_pct,
    case when is_suppressed then '样本不足或误差过大，不列' end as note
from {{ ref('literacy') }}
where dimension = 'total' and group_kind not in ('all', 'all_strict')
