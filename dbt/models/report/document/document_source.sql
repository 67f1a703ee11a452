{# Sources of reference rows as documents cite them: the pieces that seed source_citation knows, in their order, one a work. A source that
   it does not know stands as it is written. #}
with

source as (
    select source_ref from {{ ref('parameter_used') }}
    union
    select source_ref from {{ ref('dim_pollutant') }}
    union
    select authority as source_ref from {{ ref('toxicity_value') }}
    union
    select source_ref from {{ ref('fate_property') }} where property = 'half_life'
),

found as (
    select
        source.source_ref,
        cited.work,
        cited.citation_cn,
        cited.pattern,
        length(cited.pattern) as pattern_length,
        position(cited.pattern in source.source_ref) as place
    from source
    inner join {{ ref('source_citation') }} as cited on position(cited.pattern in source.source_ref) > 0
),

matched as (
    select
        *,
        row_number() over (
            partition by source_ref, work
            order by pattern_length desc nulls last, pattern asc nulls last
        ) as choice_no
    from found
),

worded as (
    select
        source_ref,
        {{ listagg_text('citation_cn', '；', 'place asc nulls last, work') }} as source_cn
    from matched
    where choice_no = 1
    group by source_ref
)

select
    source.source_ref,
    coalesce(worded.source_cn, source.source_ref) as source_cn
from source
left join worded on worded.source_ref = source.source_ref
where source.source_ref is not null
