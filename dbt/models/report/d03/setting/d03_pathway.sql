{# What is measured against what people meet: each medium of the conceptual model (exposure.pathway), whom it reaches and how, and the sites
   that stand in it; a chain whose medium is not settled stands by its transport. Excluded chains are D04's. #}
with

worded as (
    select
        coalesce(environment_medium, transport) as medium,
        transport,
        case
            when environment_medium is not null then {{ code_word('environment_medium', 'medium_of_environment') }}
            else {{ code_word('transport', 'pathway_transport') }} || '（介质未定）'
        end as medium_text,
        {{ code_word('source_kind', 'outlet_kind') }} as source_text,
        {{ code_word('people_kind', 'pathway_receptor') }} || {{ code_word('route', 'route') }} as people_text,
        state
    from {{ ref('pathway') }}
    where state <> 'excluded'
),

chain as (
    select
        medium,
        min(medium_text) as medium_name,
        {{ list_agg_distinct('transport') }} as transports,
        {{ list_agg_distinct('source_text') }} as sources,
        {{ list_agg_distinct('people_text') }} as people,
        max(case when state = 'complete' then 1 else 0 end) = 1 as is_complete
    from worded
    group by medium
),

sited as (
    select medium, cast(sum(measured_count) as integer) as site_count
    from {{ ref('d03_site_class') }}
    group by medium
)

select
    cast(row_number() over (order by chain.is_complete desc nulls last, chain.medium asc nulls last) as integer) as row_no,
    chain.medium,
    chain.medium_name,
    chain.transports,
    {{ list_text('chain.sources', '、') }} as sources,
    {{ list_text('chain.people', '、') }} as people,
    case when chain.is_complete then '完整' else '潜在' end as state,
    coalesce(sited.site_count, 0) as site_count,
    case
        when sited.site_count > 0 then '已布点'
        when chain.medium = 'workplace_air' then '由职业卫生检测承担'
        else '没有布点，列入下一步监测'
    end as siting
from chain
left join sited on sited.medium = chain.medium
