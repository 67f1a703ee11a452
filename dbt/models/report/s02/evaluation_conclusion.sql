{# The pilot's judgement of itself, line by line out of the board: how many of the deliverables are finished and reach their
   standard, what is late, what acceptance should note. Words of a rule; the lead unit decides. #}
with

results as (
    select
        cast(count(case when standard_result = '达到' then 1 end) as integer) as met_count,
        cast(count(case when standard_result = '未达到' then 1 end) as integer) as unmet_count,
        cast(count(case when standard_result = '按填报完成' then 1 end) as integer) as stated_count,
        cast(count(case when standard_result in ('待批准', '无法计数') then 1 end) as integer) as open_count,
        {{ listagg_text("case when standard_result = '未达到' then '《' || name_cn || '》' || achieved end", '、', 'row_no') }}
            as unmet_names,
        {% set late = "'《' || name_cn || '》' || timeliness || '（' || coalesce(lead, '牵头单位未指定') || '）'" -%}
        {{ listagg_text("case when is_late and not is_done then " ~ late ~ " end", '；', 'row_no') }} as late_names,
        {{ listagg_text("case when is_late and is_done then '《' || name_cn || '》' || timeliness end", '；', 'row_no') }} as late_done_names,
        {{ listagg_text("case when light = '黄灯' then '《' || name_cn || '》' end", '、', 'row_no') }} as yellow_names,
        cast(count(evidence) as integer) as evidence_count
    from {{ ref('annual_deliverable') }}
),

supervision as (
    select
        cast(count(*) as integer) as urged_count,
        cast(count(case when is_open then 1 end) as integer) as open_count,
        cast(count(case when is_open and days_overdue > 0 then 1 end) as integer) as late_count
    from {{ ref('evaluation_event') }}
    where kind_code = 'supervision'
),

opinions as (
    select cast(count(case when outcome = 'not_adopted' and reason is null then 1 end) as integer) as unreasoned_count
    from {{ ref('opinion') }}
),

differences as (
    select
        cast(count(*) as integer) as difference_count,
        cast(count(case when verified = '待核' then 1 end) as integer) as unverified_count
    from {{ ref('evaluation_plan_difference') }}
),

gaps as (
    select cast(coalesce(sum(gap_count), 0) as integer) as gap_count from {{ ref('annual_gap') }}
),

told as (
    select
        overview.*,
        results.met_count, results.unmet_count, results.stated_count, results.open_count, results.unmet_names, results.late_names,
        results.late_done_names, results.yellow_names, results.evidence_count,
        supervision.urged_count, supervision.open_count as open_urged_count, supervision.late_count as late_urged_count,
        opinions.unreasoned_count, differences.difference_count, differences.unverified_count, gaps.gap_count
    from {{ ref('annual_overview') }} as overview
    cross join results
    cross join supervision
    cross join opinions
    cross join differences
    cross join gaps
)

{% set n = to_text -%}
{%- set points = [
    ('总体结论', "case when overdue_count > 0 then '尚不具备申请验收的条件：逾期未完成' || " ~ n('overdue_count') ~ " || '项，应当先办结或者书面说明'
        when done_count < deliverable_count then '试点在期，未完成的' || " ~ n('deliverable_count - done_count') ~ " || '项均未到时限，按期推进，完成后再作验收自评'
        when unmet_count + open_count > 0 then '成果均已完成；未达到评估标准的' || " ~ n('unmet_count') ~ " || '项、待批准或者不能计数的' || " ~ n('open_count') ~ " || '项，应当先整改或者说明'
        else '成果全部完成并达到评估标准，可以申请验收' end"),
    ('成果完成', "'成果' || " ~ n('deliverable_count') ~ " || '项中完成' || " ~ n('done_count') ~ " || '项，进行中' || " ~ n('in_progress_count') ~ " || '项，未开始' || " ~ n('not_started_count') ~ " || '项，逾期未完成' || " ~ n('overdue_count') ~ " || '项'"),
    ('评估标准', "'按本库计数达到' || " ~ n('met_count') ~ " || '项，按填报完成' || " ~ n('stated_count') ~ " || '项，未达到' || " ~ n('unmet_count') ~ " || '项' || coalesce('：' || unmet_names, '') || '；待批准或者不能计数' || " ~ n('open_count') ~ " || '项'"),
    ('逾期', "coalesce('逾期未完成：' || late_names, '没有逾期未完成的成果') || coalesce('。逾期完成：' || late_done_names, '')"),
    ('进度', "coalesce('临近时限或者进度落后：' || yellow_names, '没有临近时限或者进度落后的成果')"),
    ('佐证', "'有佐证的成果' || " ~ n('evidence_count') ~ " || '项，其中原件已存档并有校验值的' || " ~ n('hashed_evidence_count') ~ " || '项，其余为单位填报的名称'"),
    ('工作机制', "'登记活动' || " ~ n('mechanism_count') ~ " || '次；督办' || " ~ n('urged_count') ~ " || '次，未办结' || " ~ n('open_urged_count') ~ " || '次，其中超过时限' || " ~ n('late_urged_count') ~ " || '次'"),
    ('成果应用', "'登记案例' || " ~ n('result_use_count') ~ " || '例'"),
    ('征求意见', "'收到意见' || " ~ n('opinion_count') ~ " || '条，采纳' || " ~ n('opinion_adopted_count') ~ " || '条，部分采纳' || " ~ n('opinion_partly_count') ~ " || '条，未采纳' || " ~ n('opinion_not_adopted_count') ~ " || '条，其中未写理由' || " ~ n('unreasoned_count') ~ " || '条'"),
    ('提请验收注意', "'工作方案正文与附件二不一致的' || " ~ n('difference_count') ~ " || '处，其中待核' || " ~ n('unverified_count') ~ " || '处；登记的数据缺口' || " ~ n('gap_count') ~ " || '项；没有原件存档的佐证应当补齐'"),
] -%}
{% for aspect, finding in points %}
select
    {{ loop.index }} as row_no,
    '{{ aspect }}' as aspect,
    {{ finding }} as finding,
    edition_no
from told
{{ 'union all' if not loop.last }}
{% endfor %}
