{# Returned confirmation sheets: one row a confirmed or corrected cell, the newest sheet first. The sheet names its site by dossier
   number, else permit number, else a credit code with one site. A cell is named by the id that the program printed, else by the label
   of a field that a site has once. #}
with

site as (
    select enterprise_id, credit_code, source, source_key
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
),

by_id as (
    select distinct enterprise_id from site
),

by_permit as (
    select source_key as permit_no, min(enterprise_id) as enterprise_id
    from site
    where source = 'permit'
    group by source_key
),

by_code as (
    select credit_code, min(enterprise_id) as enterprise_id
    from site
    where credit_code is not null
    group by credit_code
    having count(distinct enterprise_id) = 1
),

returned as (
    select
        coalesce(by_id.enterprise_id, by_permit.enterprise_id, by_code.enterprise_id) as enterprise_id,
        correction.field_id as printed_id,
        trim(correction.field) as field_label,
        nullif(trim(correction.old_value), '') as old_value,
        nullif(trim(correction.new_value), '') as new_value,
        correction.evidence,
        correction.confirmed_on,
        {{ provenance('correction') }}
    from {{ ref('stg_site_survey__corrections') }} as correction
    left join by_id on by_id.enterprise_id = correction.dossier_no
    left join by_permit on by_permit.permit_no = correction.permit_no
    left join by_code on by_code.credit_code = correction.credit_code
),

site_field as (
    select label, field, nullif(attribute, '') as attribute
    from {{ ref('dossier_block_field') }}
    where block = 'site'
)

select
    returned.enterprise_id,
    coalesce(
        returned.printed_id,
        case
            when site_field.field is not null
                then {{ dossier_field_id('returned.enterprise_id', "'site'", "'site'", 'site_field.field') }}
        end
    ) as field_id,
    site_field.attribute,
    returned.field_label,
    returned.old_value,
    returned.new_value,
    returned.evidence,
    returned.confirmed_on,
    {{ provenance('returned') }},
    row_number() over (
        partition by returned.enterprise_id, coalesce(returned.printed_id, returned.field_label)
        order by
            returned.confirmed_on desc nulls last, returned._file_no desc nulls last, returned._row desc nulls last,
            returned._sheet asc nulls last
    ) = 1 as is_newest
from returned
{# a printed id speaks of this site's field only if it is the id of that field #}
left join
    site_field
    on
        site_field.label = returned.field_label
        and (
            returned.printed_id is null
            or returned.printed_id = {{ dossier_field_id('returned.enterprise_id', "'site'", "'site'", 'site_field.field') }}
        )
where returned.enterprise_id is not null
