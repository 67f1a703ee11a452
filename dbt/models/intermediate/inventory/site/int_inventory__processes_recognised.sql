{# The process of every product of a site: words of products and units as seed process_alias knows them. A unit's word tells two
   processes of one product apart (悬浮, 乳液), the longest part that fits; where several fit equally the class row stands, which is
   also what the seed gives for a product of several processes. A product that it does not know has no process here. #}
with

product as (
    select distinct
        enterprise_id,
        item
    from {{ ref('int_inventory__quantities_unioned') }}
    where item_kind = 'product' and item is not null
),

stated as (
    select
        'permit' as source,
        {{ enterprise_source_key('permit_no', 'cast(null as ' ~ type_string() ~ ')', 'unit_name') }} as source_key,
        process_step as word
    from {{ ref('stg_permit__outlets') }}
    union all
    select
        'permit' as source,
        {{ enterprise_source_key('permit_no', 'cast(null as ' ~ type_string() ~ ')', 'unit_name') }} as source_key,
        plant as word
    from {{ ref('stg_permit__products') }}
    union all
    select
        'site_survey' as source,
        {{ enterprise_source_key('permit_no', 'credit_code', 'enterprise_name') }} as source_key,
        process_unit as word
    from {{ ref('stg_site_survey__processes') }}
),

unit_word as (
    select distinct
        matched.enterprise_id,
        lower(trim(stated.word)) as word
    from stated
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = stated.source and matched.source_key = stated.source_key
    where stated.word is not null
),

fitting as (
    select distinct
        product.enterprise_id,
        product.item,
        alias.process_id,
        alias.unit_part,
        length(coalesce(alias.unit_part, '')) as fit
    from product
    inner join {{ ref('process_alias') }} as alias on alias.product_word = lower(trim(product.item)) and alias.verified <> 'doubtful'
    left join unit_word
        on unit_word.enterprise_id = product.enterprise_id and unit_word.word like '%' || alias.unit_part || '%'
    where alias.unit_part is null or unit_word.word is not null
),

best as (
    select fitting.*
    from fitting
    qualify fit = max(fit) over (partition by enterprise_id, item)
)

select
    best.enterprise_id,
    best.item,
    case when count(distinct best.process_id) = 1 then min(best.process_id) else 'C' || min(process.industry_code) end as process_id
from best
inner join {{ ref('process_unit') }} as process on process.process_id = best.process_id
group by best.enterprise_id, best.item
