{# Every problem: those of supervision files, and those that rules find or found before (a file that lists one of them by its id adds none).
   A problem of a rule keeps the day on which it was first found and its term; one that no longer fires stays with what was said of it, one
   that comes back has a new term. A site of a chain is due when the plan of monitoring of the edition that found it missing starts, not
   before. #}
with

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
        cast(null as boolean) as is_rule_met,
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
    left join {{ ref('int_risk_grade__rule_problems_followed') }} as followed on followed.problem_id = problem.problem_id
    where problem.found_on is not null and followed.problem_id is null
    qualify
        row_number() over (
            partition by problem.problem_id
            order by
                problem._file_no desc nulls last,
                problem._row asc nulls last,
                problem._record_id asc nulls last
        ) = 1
),

ruled as (
    select
        problem_id,
        enterprise_id,
        object,
        rule_id,
        found_at,
        case when is_back then event_at else found_at end as term_from,
        case when not is_back then previous_due end as due,
        coalesce(case when is_fired then description end, previous_description, description) as description,
        evidence_key,
        is_met as is_rule_met
    from {{ ref('int_risk_grade__rule_problems_followed') }}
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
    ruled.is_rule_met,
    {{ origin_seed('problem_rule', 'rule', {'rule_id': 'rule_id', 'severity': 'severity', 'due': 'deadline_days'}) }} as _origin
from ruled
inner join {{ seed_rows('problem_rule') }} as rule on rule.rule_id = ruled.rule_id
left join basis on basis.problem_id = ruled.problem_id
