{# What our own tables and documents show of an acceptance standard: how much there is, how much the standard asks, and
   whether that is reached. The number asked is the area's target where the profile states one, else the last number of the
   standard as annex 2 writes it. A draft is there and reaches nothing: only an approved document does. What nobody has handed
   in is not counted and has no row. #}
with

standards as (
    select
        deliverable_id,
        standard,
        {{ try_double("nullif(" ~ regexp_replace_all('standard', '^.*?([0-9]+)[^0-9]*$', '\\1') ~ ", '')") }} as standard_number
    from {{ ref('stg_pilot__declarations') }}
    where is_deliverable
),

targets as (
    select
        max(case when parameter_id = 'target.industry_projects' then value end) as industry_projects,
        max(case when parameter_id = 'target.open_facilities' then value end) as open_facilities,
        max(case when parameter_id = 'target.experts' then value end) as experts
    from {{ ref('int_core__parameter_values_chosen') }}
),

documents as (
    select
        document.deliverable_id,
        cast(count(distinct document.deliverable_id) as double) as result_count,
        bool_or(document.state = 'approved') as is_approved,
        max(document.edition_no) as edition_no
    from {{ ref('stg_pilot__documents') }} as document
    group by document.deliverable_id
),

projects as (
    select
        cast(count(*) as integer) as all_count,
        cast(count(case when is_converted then 1 end) as integer) as good_count
    from {{ ref('industry_plus') }}
),

facilities as (
    select
        cast(count(distinct enterprise_id) as integer) as all_count,
        cast(count(distinct case when is_model then enterprise_id end) as integer) as good_count
    from {{ ref('open_facility') }}
),

venues as (
    select
        cast(count(distinct venue_id) as integer) as all_count,
        cast(count(distinct case when venue_kind = 'main' then venue_id end) as integer) as good_count
    from {{ ref('publicity') }}
),

experts as (
    select
        cast(count(*) as integer) as all_count,
        cast(count(case when is_active then 1 end) as integer) as good_count
    from {{ ref('expert') }}
),

literacy as (
    select
        year,
        100 * estimate as estimate_pct,
        100 * lower_bound as lower_bound_pct,
        cast(round(100 * threshold) as integer) as line_pct,
        target_result
    from {{ ref('literacy') }}
    where dimension = 'total' and group_kind = 'all' and estimate is not null
    qualify row_number() over (order by year desc nulls last) = 1
),

counts as (
    select
        'D13' as deliverable_id, cast(good_count as double) as result_count, industry_projects as target,
        {{ to_text('good_count') }} || '个转化（登记' || {{ to_text('all_count') }} || '个）' as counted_achieved,
        cast(null as boolean) as is_proved,
        true as is_counted
    from projects cross join targets where all_count > 0
    union all
    select
        'D16' as deliverable_id, cast(good_count as double) as result_count, open_facilities as target,
        {{ to_text('good_count') }} || '个模范企业（开放' || {{ to_text('all_count') }} || '家）' as counted_achieved,
        cast(null as boolean) as is_proved, true as is_counted
    from facilities cross join targets where all_count > 0
    union all
    select
        'D17' as deliverable_id, cast(good_count as double) as result_count, cast(null as double) as target,
        {{ to_text('good_count') }} || '个主阵地（共' || {{ to_text('all_count') }} || '个阵地）' as counted_achieved,
        cast(null as boolean) as is_proved, true as is_counted
    from venues where all_count > 0
    union all
    select
        'D18' as deliverable_id, cast(good_count as double) as result_count, experts as target,
        {{ to_text('good_count') }} || '名在岗专家（登记' || {{ to_text('all_count') }} || '名）' as counted_achieved,
        cast(null as boolean) as is_proved, true as is_counted
    from experts cross join targets where all_count > 0
    union all
    select
        'D19' as deliverable_id, estimate_pct as result_count, cast(null as double) as target,
        {{ to_text('year') }} || '年' || {{ to_text('round(estimate_pct, 1)') }} || '%（'
        || {{ to_text('line_pct') }} || '%合格线），单侧下限'
        || coalesce({{ to_text('round(lower_bound_pct, 1)') }} || '%', '未知') as counted_achieved,
        case when target_result <> 'not_tested' then target_result = 'met' end as is_proved, false as is_counted
    from literacy
    union all
    select
        documents.deliverable_id, documents.result_count, cast(null as double) as target,
        standards.standard || case when documents.is_approved then '（已批准）' else '（草稿）' end as counted_achieved,
        documents.is_approved as is_proved, false as is_counted
    from documents
    inner join standards on standards.deliverable_id = documents.deliverable_id
    where documents.deliverable_id not in ('D13', 'D16', 'D17', 'D18', 'D19')
)

select
    counts.deliverable_id,
    counts.result_count,
    coalesce(counts.target, standards.standard_number) as wanted_count,
    counts.counted_achieved,
    case
        when counts.is_counted then counts.result_count >= coalesce(counts.target, standards.standard_number)
        else counts.is_proved
    end as meets_standard
from counts
inner join standards on standards.deliverable_id = counts.deliverable_id
