-- Fields of the forms that are annexed to the call for applications.
select
    form.form_no,
    form.row_no,
    form.document_id,
    form.form_cn,
    form.field_cn,
    form.requirement_cn,
    {{ origin_seed('fund_form', 'form', ['form_no', 'row_no', 'document_id', 'form_cn', 'field_cn', 'requirement_cn']) }} as _origin
from {{ seed_rows('fund_form') }} as form
