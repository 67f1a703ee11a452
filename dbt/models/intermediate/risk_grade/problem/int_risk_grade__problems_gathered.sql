{# Every problem: those of supervision files, and those that rules find or found before. A problem of a rule keeps the day on which it
   was first found and its term; one that no longer fires stays with what was said of it, one that comes back has a new term. A site of a
   chain is due when the plan of monitoring of the edition that found it missing starts, not before. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

supervised as (
    select
        problem.problem_id,
        matched.enterprise_id,
        problem.object,
        cast(null as {{ type_string() }}) as rule_id,
        problem.description as kind,
        problem.found_on as found_at,
        coalesce(word.code, 'inspection') as source,
        coalesce(severity.code, 'minor') as severity,
        problem.description,
        problem.evidence as evidence_key,
        problem.legal_basis,
        problem.due_on as due,
        {{ origin_cells('supervision_problem', 'problem', {
            'problem_id': 'problem_id', 'found_at': 'found_on', 'description': 'description', 'due': 'due_on',
            'severity': 'severity', 'source': 'problem_source'}) }} as _origin
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_source' and lower(word.word) = lower(trim(problem.problem_source_word))
    left join {{ ref('crosswalk_code') }} as severity
        on severity.code_set = 'severity' and lower(severity.word) = lower(trim(problem.severity_word))
    where problem.found_on is not null
    qualify
        row_number() over (
            partition by problem.problem_id
            order by
                problem._file_no desc nulls last,
                problem._row asc nulls last,
                problem._record_id asc nulls last
        ) = 1
),

earlier as (
    select *
    from {{ ref('stg_previous__problems') }}
    where source = 'rule'
),

ruled as (
    select
        coalesce(fired.problem_id, previous.problem_id) as problem_id,
        coalesce(fired.enterprise_id, previous.enterprise_id) as enterprise_id,
        coalesce(fired.object, previous.object) as object,
        coalesce(fired.rule_id, previous.rule_id) as rule_id,
        coalesce(previous.found_at, build.as_of) as found_at,
        case
            when previous.problem_id is null or (fired.is_fired and previous.status = 'closed') then build.as_of
            else previous.found_at
        end as term_from,
        case when not coalesce(fired.is_fired and previous.status = 'closed', false) then previous.due end as due,
        coalesce(case when fired.is_fired then fired.description end, previous.description, fired.description) as description,
        coalesce(fired.evidence_key, previous.evidence_key) as evidence_key
    from {{ ref('int_risk_grade__rules_fired') }} as fired
    full outer join earlier as previous on previous.problem_id = fired.problem_id
    cross join build
    where fired.is_fired or previous.problem_id is not null
),

basis as (
    select
        ruled.problem_id,
        {{ articles_cited('basis') }} as legal_basis
    from ruled
    inner join {{ ref('problem_rule') }} as rule on rule.rule_id = ruled.rule_id
    inner join {{ ref('legal_basis') }} as basis
        on {{ list_has(text_to_list("concat_ws(';', rule.legal_basis_id, rule.legal_basis_id_before)"), 'basis.basis_id') }}
    where {{ is_in_force('basis', 'ruled.found_at') }}
    group by ruled.problem_id
)

select * from supervised
union all
select
    ruled.problem_id,
    ruled.enterprise_id,
    ruled.object,
    ruled.rule_id,
    ruled.rule_id as kind,
    ruled.found_at,
    'rule' as source,
    rule.severity,
    ruled.description,
    ruled.evidence_key,
    basis.legal_basis,
    case
        when ruled.due is not null then ruled.due
        when rule.fact = 'chain_complete'
            then greatest(ruled.term_from + rule.deadline_days, {{ next_quarter_first_day('ruled.term_from') }})
        else ruled.term_from + rule.deadline_days
    end as due,
    {{ origin_seed('problem_rule', 'rule', {'rule_id': 'rule_id', 'severity': 'severity', 'due': 'deadline_days'}) }} as _origin
from ruled
inner join {{ seed_rows('problem_rule') }} as rule on rule.rule_id = ruled.rule_id
left join basis on basis.problem_id = ruled.problem_id
