{# Objects of the lists beside themselves in the previous edition. `change` says what happened to it: came, went, its band, rank or
   judgement moved, or (a site) its facts are other ones; null = nothing. A place that moved by one inside the intervals of both editions is
   nothing. `own_value` is what an object has by itself: a source's
   score is a percentile, which moves with the others. #}
{%- set facts = {
    'name': '企业名称', 'status': '生产状态', 'industry_code': '行业代码', 'park_id': '所属园区', 'longitude': '经度', 'latitude': '纬度',
    'employees': '职工人数',
} -%}
{%- set halves = {
    'current_object': ('risk_pollutant', 'risk_source', 'dim_enterprise'),
    'previous_object': ('stg_previous__pollutants', 'stg_previous__risk_sources', 'stg_previous__enterprises'),
} -%}
with

{# facts of a site that were stated otherwise before: old → new #}
site_moved as (
    select
        now.enterprise_id,
        nullif(concat_ws(
            '；',
            {% for column, label in facts.items() %}
            case
                when coalesce({{ to_text('now.' ~ column) }}, '') <> coalesce({{ to_text('before.' ~ column) }}, '')
                    then
                        '{{ label }} '
                        || coalesce({{ number_or_text('before.' ~ column) }}, '—')
                        || '→' || coalesce({{ number_or_text('now.' ~ column) }}, '—')
            end{{ ',' if not loop.last }}
            {% endfor %}
        ), '') as facts_moved
    from {{ ref('dim_enterprise') }} as now
    inner join {{ ref('stg_previous__enterprises') }} as before on before.enterprise_id = now.enterprise_id
),

{% for half, (pollutants, sources, sites) in halves.items() %}
{{ half }} as (
    select
        'pollutant' as object_kind, pollutant_id as object_id, coalesce(name_cn, pollutant_id) as name, score as own_value, score,
        rank, rank_low, rank_high,
        cast(null as {{ type_string() }}) as band, is_high_risk
    from {{ ref(pollutants) }}
    where is_risk_pollutant
    union all
    select
        'source' as object_kind, enterprise_id as object_id, name, toxicity_people as own_value, score,
        rank, rank_low, rank_high,
        band, is_high_risk
    from {{ ref(sources) }}
    union all
    select
        'site' as object_kind, enterprise_id as object_id, name, cast(null as double) as own_value, cast(null as double) as score,
        cast(null as integer) as rank, cast(null as integer) as rank_low, cast(null as integer) as rank_high,
        cast(null as {{ type_string() }}) as band, cast(null as boolean) as is_high_risk
    from {{ ref(sites) }}
),

{% endfor %}
{# on a risk list or not, before or now #}
list_moved as (
    select now.pollutant_id
    from {{ ref('risk_pollutant') }} as now
    inner join {{ ref('stg_previous__pollutants') }} as before on before.pollutant_id = now.pollutant_id
    where coalesce({{ list_text('now.list_codes', '、') }}, '') <> coalesce({{ list_text('before.list_codes', '、') }}, '')
),

{# an older edition may have had a list empty or not at all: then nothing of that kind can be compared #}
compared_kind as (
    select distinct object_kind from previous_object
),

paired as (
    select
        coalesce(now.object_kind, before.object_kind) as object_kind,
        coalesce(now.object_id, before.object_id) as object_id,
        coalesce(now.name, before.name) as name,
        now.object_id is null as is_gone,
        before.object_id is null as is_new,
        now.score,
        before.score as previous_score,
        now.rank,
        before.rank as previous_rank,
        -- two neighbours that change places inside both intervals: no edition knows which of them comes first
        coalesce(
            abs(now.rank - before.rank) = 1
            and now.rank between before.rank_low and before.rank_high
            and before.rank between now.rank_low and now.rank_high,
            false
        ) as is_place_swapped,
        now.band,
        before.band as previous_band,
        now.is_high_risk,
        before.is_high_risk as previous_is_high_risk,
        coalesce(now.own_value = before.own_value, false) as is_own_value_kept,
        case now.band when 'high' then 3 when 'medium' then 2 when 'low' then 1 end as level,
        case before.band when 'high' then 3 when 'medium' then 2 when 'low' then 1 end as previous_level
    from current_object as now
    full outer join previous_object as before on before.object_kind = now.object_kind and before.object_id = now.object_id
)

select
    paired.*,
    site_moved.facts_moved,
    list_moved.pollutant_id is not null as is_list_changed,
    case
        when is_new then 'added'
        when is_gone then 'removed'
        when level > previous_level then 'raised'
        when level < previous_level then 'lowered'
        when rank < previous_rank and not is_place_swapped then 'raised'
        when rank > previous_rank and not is_place_swapped then 'lowered'
        when
            coalesce(band, '') <> coalesce(previous_band, '')
            or (rank is null) <> (previous_rank is null)
            or coalesce(is_high_risk, false) <> coalesce(previous_is_high_risk, false)
            or site_moved.facts_moved is not null
            then 'changed'
    end as change
from paired
inner join compared_kind on compared_kind.object_kind = paired.object_kind
left join list_moved on paired.object_kind = 'pollutant' and list_moved.pollutant_id = paired.object_id
left join site_moved on paired.object_kind = 'site' and site_moved.enterprise_id = paired.object_id
