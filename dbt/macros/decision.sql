{# Whether the object of a share decision is an outlet (site:number) and not a claim: claims have an id of hexadecimal digits or a key of
   parts joined by |. #}
{% macro names_outlet(expression) -%}
  ({{ expression }} like '%:%' and {{ expression }} not like '%|%')
{%- endmacro %}

{# Query: the parts of share decisions (value `member=share;member=share`) as they are judged, one row a decision and part; a decision
   without a part has one row. `decisions`: CTE of decision_id, subject_id (what they share out; two of one subject compete), owner
   (whose members may have a part), is_known, decided, decided_at and more, all handed on; `own`: CTE of owner and `member`;
   `foreign_code`: reason of a part that is none of the owner's, or stands twice; `parameter`: CTE of `tolerance`. Followed
   (`reason_code` null) when the subject is known, every part is one of its owner's, each share lies in 0-1, they sum to 1 and no newer
   decision shares the same subject. #}
{% macro shares_judged(decisions, own, member, foreign_code, parameter='parameter') -%}
    with

    item as (
        select
            decision_id,
            owner,
            {{ unnest_list(text_to_list('decided', ';')) }} as item
        from {{ decisions }}
    ),

    part as (
        select
            decision_id,
            owner,
            trim(split_part(item, '=', 1)) as {{ member }},
            {{ try_double("trim(split_part(item, '=', 2))") }} as share
        from item
    ),

    checked as (
        select
            part.decision_id,
            count(*) as part_count,
            count(distinct part.{{ member }}) as member_count,
            count(case when part.share between 0 and 1 then 1 end) as valid_count,
            count(own.{{ member }}) as own_count,
            {{ exact_sum('part.share') }} as share_sum
        from part
        left join {{ own }} as own on own.owner = part.owner and own.{{ member }} = part.{{ member }}
        group by part.decision_id
    ),

    judged as (
        select
            decision.*,
            case
                when not decision.is_known then 'DECISION-OBJECT'
                when
                    checked.part_count is null
                    or checked.member_count < checked.part_count
                    or checked.own_count < checked.part_count
                    then '{{ foreign_code }}'
                when checked.valid_count < checked.part_count or abs(checked.share_sum - 1) > limits.tolerance then 'SHARE-SUM'
            end as fault
        from {{ decisions }} as decision
        left join checked on checked.decision_id = decision.decision_id
        cross join {{ parameter }} as limits
    ),

    ordered as (
        select
            judged.*,
            row_number() over (
                partition by subject_id, case when fault is null then 0 else 1 end
                order by decided_at desc nulls last, decision_id desc nulls last
            ) as place
        from judged
    )

    select
        ordered.*,
        part.{{ member }},
        part.share,
        coalesce(ordered.fault, case when ordered.place > 1 then 'SHARE-NEWER' end) as reason_code
    from ordered
    left join part on part.decision_id = ordered.decision_id
{%- endmacro %}
