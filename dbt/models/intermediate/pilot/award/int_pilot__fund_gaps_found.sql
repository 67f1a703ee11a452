{# What is wrong with applications and payments of the fund, one row a code; budget and demand in figures. #}
with

coded as (
    {% for code in ['DUP-APPLICATION', 'TRACK-UNKNOWN', 'AMOUNT-UNKNOWN'] -%}
    select application_id, '{{ code }}' as code, '不予奖补 / no award' as effect
    from {{ ref('fund_award') }}
    where {{ list_has('reason_codes', "'" ~ code ~ "'") }}
    union all
    {% endfor -%}
    {% for code in [
        'APPLICATION-UNKNOWN', 'STEP-UNKNOWN', 'PAID-UNNOTICED', 'PAID-NOT-ELIGIBLE', 'PAID-NO-AWARD', 'PAID-OVER-AWARD',
        'PAID-OVER-FIRST', 'PAID-UNDER-FIRST', 'RECOVERED-OVER-PAID', 'RECOVERED-NO-REASON'] -%}
    select application_id, '{{ code }}' as code, '流转须核实 / the steps are to be checked' as effect
    from {{ ref('fund_event') }}
    where {{ list_has('reason_codes', "'" ~ code ~ "'") }}
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
),

{# only the rules of enterprises ask for the risk code: an enterprise that gets an award in another track is looked at by people #}
unasked as (
    select award.application_id
    from {{ ref('fund_award') }} as award
    inner join {{ ref('risk_code') }} as code on code.enterprise_id = award.applicant_id and code.colour in ('red', 'orange')
    where
        award.award_yuan > 0
        and not exists (
            select 1 from {{ ref('scoring_rule') }} as rule
            where rule.rule_set = award.category and rule.fact = 'code_red_or_orange'
        )
),

{# an applicant whose code or name several sites bear: no site, so neither its risk code nor its problems are looked at #}
shared as (
    select distinct filed.application_id
    from {{ ref('int_pilot__applications_filed') }} as filed
    inner join {{ ref('int_inventory__site_names_listed') }} as site
        on site.named in (filed.credit_code, {{ normalised_name('filed.applicant') }}) and site.enterprise_id is null
    where filed.enterprise_id is null
),

told as (
    select distinct application_id, code, effect from coded
    union all
    select application_id, 'CODE-NOT-ASKED' as code, '评审时核实 / the review is to look at it' as effect from unasked
    union all
    select application_id, 'APPLICANT-SHARED' as code, '未采用任何场所的风险码和问题 / no code or problem of a site is used' as effect from shared
),

demand as (
    select
        {{ exact_sum('capped_yuan') }} as capped_yuan,
        max(budget_yuan) as budget_yuan,
        count(case when {{ list_has('reason_codes', "'BUDGET-EXCEEDED'") }} then 1 end) as reduced
    from {{ ref('fund_award') }}
)

select
    'FUND:' || told.code as gap_id,
    '奖补基金 / fund: ' || {{ code_word('told.code', 'fund_fault') }} as subject,
    {{ listagg_text('told.application_id', '、', 'told.application_id') }} as missing,
    max(told.effect) as effect,
    told.code as subject_key
from told
group by told.code
union all
select
    'FUND:blank:' || document_id as gap_id,
    '奖补基金文稿 / papers of the fund ' || document_id as subject,
    {{ to_text('sum(' ~ list_size('unfilled') ~ ')') }} || ' 处待填 / blanks' as missing,
    '签发前填写 / to be filled in before it is signed' as effect,
    document_id as subject_key
from {{ ref('official_passage') }}
where document_id in ('D14', 'D15') and {{ list_size('unfilled') }} > 0
group by document_id
union all
select
    'FUND:BUDGET-EXCEEDED' as gap_id,
    '奖补基金预算 / budget of the fund' as subject,
    '核定额合计 ' || {{ number_text('capped_yuan') }} || ' 元，预算 ' || {{ number_text('budget_yuan') }} || ' 元 / asked within caps, budget'
    as missing,
    {{ to_text('reduced') }} || ' 件减额或者未获奖补 / applications are reduced or get nothing' as effect,
    'fund' as subject_key
from demand
where reduced > 0
union all
select
    'FUND:' || label.code as gap_id,
    '奖补基金经费 / money of the fund: ' || label.label_cn as subject,
    '经费表支出 ' || coalesce({{ number_text('money.spent_yuan') }} || ' 元', '未知') || '，流转净拨付 ' || {{ number_text('money.net_paid_yuan') }}
    || ' 元' || coalesce('（' || money.paid_by_year || '）', '') || ' / spent by its table, net paid by the steps' as missing,
    '经费与流转须核对 / the two files are to be reconciled' as effect,
    label.code as subject_key
from {{ ref('int_pilot__fund_money_compared') }} as money
inner join {{ ref('code_label') }} as label on label.code_set = 'fund_fault' and {{ list_has('money.reason_codes', 'label.code') }}
union all
select
    'FUND:OVERSPENT:' || item_id as gap_id,
    '经费项目 / item of money ' || coalesce(name_cn, item_id) as subject,
    '支出 ' || {{ number_text('spent_yuan') }} || ' 元超过预算 ' || {{ number_text('budget_yuan') }} || ' 元 / spent beyond the budget' as missing,
    '须说明或调整预算 / to be explained, or the budget amended' as effect,
    item_id as subject_key
from {{ ref('funding') }}
where spent_yuan > budget_yuan + 0.5
