{# From a source key to one production site, by code and permit number only, before names and places are compared. A legal
   entity with several sites is held on "-000"; a key without a usable code becomes an X id of name and park. The order of
   the rules is that of `rule` below. #}
with

source_key as (
    select
        source,
        source_key,
        max(permit_no) as permit_no,
        max(credit_code) as credit_code,
        min(name_key) as name_key,
        max({{ normalised_name('park') }}) as park_key
    from {{ ref('int_inventory__enterprise_keys_collected') }}
    group by source, source_key
),

classed as (
    select
        source_key.*,
        coalesce({{ is_chinese_permit_no('permit_no') }}, false) as has_permit_no,
        case
            when {{ is_chinese_permit_no('permit_no') }} then substr(permit_no, 1, 18)
            when {{ regexp_like('credit_code', '^[0-9A-Z]{18}$') }} then credit_code
        end as code_18,
        case when {{ regexp_like('credit_code', '^[0-9A-Z]{9}$') }} then credit_code end as code_9
    from source_key
),

{# digits 9-17 of a credit code are the old nine-digit code #}
legal_entity as (
    select
        substr(code_18, 9, 9) as code_9,
        min(code_18) as code_18,
        count(distinct code_18) as code_count
    from classed
    where code_18 is not null
    group by substr(code_18, 9, 9)
),

site as (
    select
        code_18,
        min(substr(permit_no, 19, 3)) as site_no,
        count(distinct substr(permit_no, 19, 3)) as site_count
    from classed
    where has_permit_no
    group by code_18
),

{# the park of a name that has one, for records of the same name that do not say it #}
named_park as (
    select name_key, min(park_key) as park_key
    from classed
    where coalesce(park_key, '') <> ''
    group by name_key
    having count(distinct park_key) = 1
),

coded as (
    select
        classed.source,
        classed.source_key,
        classed.permit_no,
        classed.has_permit_no,
        classed.code_18 is null and legal_entity.code_18 is not null as is_old_code,
        coalesce(classed.code_18, legal_entity.code_18) as code_18,
        classed.name_key,
        coalesce(classed.park_key, named_park.park_key, '') as park_key
    from classed
    left join legal_entity on legal_entity.code_9 = classed.code_9 and legal_entity.code_count = 1
    left join named_park on named_park.name_key = classed.name_key
),

ruled as (
    select
        coded.*,
        site.site_no,
        case
            when coded.has_permit_no then 'PERMIT-NO'
            when coded.code_18 is null and coded.permit_no is not null then 'FACILITY-ID'
            when coded.code_18 is null then 'NAME-PARK'
            when site.site_count = 1 then 'CODE-ONE-SITE'
            when site.site_count > 1 then 'CODE-SEVERAL-SITES'
            else 'CODE-NO-PERMIT'
        end as code_rule
    from coded
    left join site on site.code_18 = coded.code_18
)

select
    source,
    source_key,
    case code_rule
        when 'PERMIT-NO' then code_18 || '-' || substr(permit_no, 19, 3)
        when 'FACILITY-ID' then permit_no
        when 'NAME-PARK'
            then 'X' || substr({{ sha256_hex("coalesce(name_key, source_key) || '|' || park_key") }}, 1, 17) || '-001'
        when 'CODE-ONE-SITE' then code_18 || '-' || site_no
        when 'CODE-SEVERAL-SITES' then code_18 || '-000'
        else code_18 || '-001'
    end as enterprise_id,
    case when is_old_code then 'OLD-' || code_rule else code_rule end as rule,
    case
        when code_rule = 'CODE-SEVERAL-SITES' then 'held'
        when code_rule = 'NAME-PARK' then 'new'
        else 'automatic'
    end as status,
    code_18 as credit_code,
    case when code_rule = 'PERMIT-NO' then substr(permit_no, 1, 21) else '' end as permit_no,
    case code_rule when 'PERMIT-NO' then 0 when 'FACILITY-ID' then 1 when 'NAME-PARK' then 3 else 2 end as id_rank
from ruled
