-- Value by category. What is stated and what contract, invoice or audit shows stand apart; only the value of converted projects is a
-- result.
with

kinds as (
    select code, label_cn, sort_no from {{ ref('code_label') }} where code_set = 'industry_category'
),

valued as (
    select
        coalesce(kinds.label_cn, plus.category, '未填') as category,
        kinds.sort_no,
        plus.is_converted,
        plus.is_value_verified,
        plus.input_yuan,
        plus.value_yuan
    from {{ ref('industry_plus') }} as plus
    left join kinds on kinds.code = plus.category
),

summed as (
    select
        category,
        min(sort_no) as sort_no,
        cast(count(*) as integer) as plus_project_count,
        cast(count(case when is_converted then 1 end) as integer) as converted_count,
        {{ exact_sum('input_yuan') }} / 10000 as input_wan_yuan,
        {{ exact_sum('value_yuan') }} / 10000 as stated_wan_yuan,
        {{ exact_sum('case when is_value_verified then value_yuan end') }} / 10000 as verified_wan_yuan,
        {# a category without a converted project has brought 0, as in d13_summary #}
        case
            when count(case when is_converted then 1 end) = 0 then 0.0
            else {{ exact_sum('case when is_converted then value_yuan end') }} / 10000
        end as converted_wan_yuan
    from valued
    group by category
)

select
    cast(row_number() over (order by summed.sort_no asc nulls last, summed.category asc nulls last) as integer) as row_no,
    summed.category,
    summed.plus_project_count,
    summed.converted_count,
    summed.input_wan_yuan,
    summed.stated_wan_yuan,
    summed.verified_wan_yuan,
    summed.converted_wan_yuan,
    edition.edition_no
from summed
cross join {{ ref('edition') }} as edition
