{# A problem as letters say it: what it is about, what was found, articles by their full title, what is to be handed in. One colon a
   sentence, and no semicolon within it. #}
with

cited as (
    select
        problem_id,
        case
            when legal_basis like '生态环境法典%' then '《中华人民共和国生态环境法典》' || substr(legal_basis, 7)
            when legal_basis like '中华人民共和国生态环境法典%' then '《中华人民共和国生态环境法典》' || substr(legal_basis, 14)
            else legal_basis
        end as legal_basis
    from {{ ref('problem') }}
)

select
    problem.problem_id,
    {{ code_word('problem.source', 'problem_source') }} as source_cn,
    coalesce(problem.object_cn, '生产场所') as object_cn,
    case when problem.rule_id is null then problem.description else replace(problem.description, '：', '，') end as fact_cn,
    replace({{ articles_together('cited.legal_basis') }}, '；', '，') as legal_basis_cn,
    {{ date_cn('problem.due') }} as due_date_cn,
    coalesce(rule.evidence_wanted, '整改情况和佐证材料') as evidence_cn
from {{ ref('problem') }} as problem
inner join cited on cited.problem_id = problem.problem_id
left join {{ ref('problem_rule') }} as rule on rule.rule_id = problem.rule_id
