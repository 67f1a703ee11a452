-- Value by category. What is stated and what contract, invoice or audit shows stand apart; only the value of converted projects is a result.
with

kinds as (
    select code, label_cn, sort_no from {{ ref('code_label') }} where code_set = 'industry_category'
)

select
    cast(row_number() over (order by min(kinds.sort_no) asc nulls last, plus.category asc nulls last) as integer) as row_no,
    coalesce(min(kinds.label_cn), plus.category, '未填') as category,
    cast(count(*) as integer) as project_count,
    cast(count(case when plus.is_converted then 1 end) as integer) as converted_count,
    {{ exact_sum('plus.input_yuan') }} / 10000 as input_wan_yuan,
    {{ exact_sum('plus.value_yuan') }} / 10000 as stated_wan_yuan,
    {{ exact_sum('case when plus.is_value_verified then plus.value_yuan end') }} / 10000 as verified_wan_yuan,
    {{ exact_sum('case when plus.is_converted then plus.value_yuan end') }} / 10000 as converted_wan_yuan,
    max(edition.edition_no) as edition_no
from {{ ref('industry_plus') }} as plus
cross join {{ ref('edition') }} as edition
left join kinds on kinds.code = plus.category
group by plus.category
