-- Fields of the forms that are annexed to the notice, with room to fill them in.
select
    form_no,
    row_no,
    form_cn,
    field_cn,
    requirement_cn,
    cast('' as {{ type_string() }}) as filled_in
from {{ ref('fund_form_field') }}
