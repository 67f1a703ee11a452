{# Cells of experts' matrices with the codes of layer, row and column; words are dimensions, ids or names of indicators. #}
with

words as (
    select word, code from {{ ref('crosswalk_code') }} where code_set in ('dimension_of_index', 'index_layer')
    union
    select code as word, code from {{ ref('code_label') }} where code_set = 'dimension_of_index'
    union
    select indicator_id as word, indicator_id as code from {{ ref('green_indicator') }}
    union
    select name_cn as word, indicator_id as code from {{ ref('green_indicator') }}
)

select
    judgement.expert_no,
    coalesce(layer.code, judgement.layer) as layer,
    coalesce(item_row.code, judgement.item_row) as row_id,
    coalesce(item_column.code, judgement.item_column) as column_id,
    judgement.value,
    {{ origin_cells('indicator_judgement', 'judgement', {'consistency_ratio': 'value'}) }} as cells
from {{ ref('stg_indicator__judgements') }} as judgement
left join words as layer on layer.word = trim(judgement.layer)
left join words as item_row on item_row.word = trim(judgement.item_row)
left join words as item_column on item_column.word = trim(judgement.item_column)
