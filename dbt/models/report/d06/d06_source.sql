select
    graded.enterprise_id,
    enterprise.longitude,
    enterprise.latitude,
    coalesce({{ grade_word('graded.grade') }}, '资料不足') as word,
    case
        when graded.grade is null or {{ list_size('graded.grade_probabilities') }} = 0 then '概率未算'
        when {{ list_at('graded.grade_probabilities', 'graded.grade') }} >= 0.9 then '等级稳定（概率九成及以上）'
        when {{ list_at('graded.grade_probabilities', 'graded.grade') }} >= 0.5 then '可能改变（五成至九成）'
        else '不稳定（不足五成）'
    end as certainty
from {{ ref('source_grade') }} as graded
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = graded.enterprise_id
