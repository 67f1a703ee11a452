{# The questionnaire of the literacy survey in four forms of the same items: on form B option A of the paper is option B of
   the item bank, and so on round (kernel literacy_scoring.turned_back reads them back); items of two options are not turned. #}
with

items as (
    select
        item.*,
        label.sort_no,
        'Q' || lpad({{ to_text(
            'row_number() over (order by label.sort_no asc nulls last, item.item_id asc nulls last)'
        ) }}, 2, '0') as question_no
    from {{ seed_rows('literacy_item') }} as item
    left join {{ ref('code_label') }} as label
        on label.code_set = 'dimension_of_literacy' and label.code = item.dimension
),

options as (
    {% for letter in ['a', 'b', 'c', 'd', 'e'] -%}
    select item_id, {{ loop.index0 }} as bank_no, option_{{ letter }} as option_text from items
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

counted as (
    select
        item_id,
        cast(count(*) as integer) as option_count
    from options
    where option_text is not null and option_text <> ''
    group by item_id
),

forms as (
    {% for form in ['A', 'B', 'C', 'D'] -%}
    select '{{ form }}' as form, {{ loop.index0 }} as turn
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

placed as (
    select
        forms.form,
        items.question_no,
        items.item_id,
        items.dimension,
        items.question_type,
        items.question,
        items.points,
        items.answer_key,
        counted.option_count,
        options.option_text,
        options.bank_no,
        case
            when counted.option_count = 2 then options.bank_no
            else (options.bank_no - forms.turn + 4 * counted.option_count) % counted.option_count
        end as place_no,
        {{ origin_seed('literacy_item', 'items', ['item_id', 'dimension', 'question', 'points', 'answer_key']) }} as _origin
    from items
    inner join counted on counted.item_id = items.item_id
    inner join options on options.item_id = items.item_id and options.bank_no < counted.option_count
    cross join forms
)

select
    form,
    question_no,
    substr('ABCDE', cast(place_no as integer) + 1, 1) as letter,
    item_id,
    dimension,
    question_type,
    question,
    points,
    option_count,
    option_text,
    substr('ABCDE', bank_no + 1, 1) as bank_letter,
    position(substr('ABCDE', bank_no + 1, 1) in upper(answer_key)) > 0 as is_right,
    _origin
from placed
