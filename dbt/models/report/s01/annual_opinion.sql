with

numbered as (
    select
        opinion.*,
        try_cast(opinion.opinion_no as integer) as number_in_file
    from {{ ref('opinion') }} as opinion
)

select
    cast(
        row_number() over (
            order by
                opinion.deliverable_id asc nulls last,
                opinion.number_in_file asc nulls last,
                opinion.opinion_id asc nulls last
        ) as integer
    ) as row_no,
    opinion.opinion_id,
    coalesce(annual.name_cn, opinion.document) as document,
    opinion.from_unit,
    opinion.opinion,
    {{ code_word('opinion.outcome', 'opinion_outcome') }} as outcome,
    opinion.reason,
    opinion.changed_at,
    opinion.deliverable_id
from numbered as opinion
left join {{ ref('annual_deliverable') }} as annual on annual.deliverable_id = opinion.deliverable_id
