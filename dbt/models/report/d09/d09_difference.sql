{# Enterprises whose newest code of another platform and ours are different, where ours is the worse first, with the reasons of
   both. #}
with

compared as (
    select
        code.platform,
        code.enterprise_id,
        enterprise.name,
        cast(code.seen_at as date) as seen_on,
        theirs.label_cn as platform_colour,
        code.reason,
        ours.label_cn as health_colour,
        {{ grade_word('code.health_grade') }} as health_grade,
        ours.code as health_code,
        own.reason_codes,
        ours.sort_no - theirs.sort_no as steps
    from {{ ref('platform_code') }} as code
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = code.enterprise_id
    inner join {{ ref('code_label') }} as theirs on theirs.code_set = 'colour' and theirs.code = code.colour
    inner join {{ ref('code_label') }} as ours on ours.code_set = 'colour' and ours.code = code.health_colour
    left join {{ ref('risk_code') }} as own on own.enterprise_id = code.enterprise_id
    where code.is_latest and code.colour <> code.health_colour
)

select
    cast(
        row_number() over (
            order by compared.steps asc nulls last, compared.enterprise_id asc nulls last, compared.platform asc nulls last
        ) as integer
    ) as row_no,
    compared.platform,
    compared.enterprise_id,
    compared.name,
    compared.platform_colour,
    compared.seen_on,
    compared.reason as platform_reason,
    compared.health_colour,
    compared.health_grade,
    (
        select {{ listagg_text('rule.condition_cn', '；', 'rule.rule_id') }}
        from {{ ref('colour_rule') }} as rule
        where {{ list_has('compared.reason_codes', 'rule.rule_id') }}
    ) as health_reason,
    case
        when compared.health_code = 'grey' then '风险码资料过期或者不足'
        when compared.steps < 0 then '风险码较重'
        else '平台码较重'
    end as difference
from compared
