{# 一企一档: what the document prints, one row a field. The rules stand in the models of intermediate/dossier. #}
select
    enterprise_id,
    section_no,
    item_no,
    section,
    field,
    value,
    source,
    value_date,
    state,
    block,
    block_label,
    field_no,
    field_code,
    field_id,
    plain_value,
    unit,
    is_confirmable,
    parent_table,
    parent_key,
    parent_column,
    origin as _origin
from {{ ref('int_inventory__dossier_fields_unioned') }}
