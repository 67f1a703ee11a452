-- Appeals of supervision files, with the problem that each names (null where it names none); one without a decision is pending.
select
    appeal.appeal_id,
    matched.enterprise_id,
    appeal.problem_id,
    appeal.filed_on as filed_at,
    appeal.reason,
    case
        when word.code in ('upheld', 'rejected') then word.code
        when appeal.decision_word is null or word.code = 'pending' then 'pending'
    end as status,
    appeal.decided_on as decided_at,
    appeal.decision_word as decision,
    {{ origin_cells('supervision_appeal', 'appeal', {
        'appeal_id': 'appeal_id', 'problem_id': 'problem_id', 'filed_at': 'filed_on', 'reason': 'reason', 'decided_at': 'decided_on',
        'decision': 'decision', 'status': 'decision'}) }} as _origin
from {{ ref('stg_supervision__appeals') }} as appeal
inner join {{ ref('int_inventory__named_records_matched') }} as matched
    on matched.raw_table = 'supervision_appeal' and matched._record_id = appeal._record_id
left join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'appeal_decision' and lower(word.word) = lower(trim(appeal.decision_word))
qualify
    row_number() over (
        partition by appeal.appeal_id order by appeal._file_no desc nulls last, appeal._row asc nulls last, appeal._record_id asc nulls last
    ) = 1
