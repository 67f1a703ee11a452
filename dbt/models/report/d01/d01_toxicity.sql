{# The toxicity values that the screening takes for the pollutants of the list. A doubtful value is never chosen; a value taken from
   a parent substance says so. #}
select
    cast(
        row_number() over (
            order by list.row_no asc nulls last, toxicity.route asc nulls last, toxicity.toxicity_value_id asc nulls last
        ) as integer
    ) as row_no,
    toxicity.toxicity_value_id,
    list.pollutant_id,
    list.name_cn,
    list.cas_no,
    {{ code_word('toxicity.route', 'route') }} as route,
    {{ code_word('toxicity.value_type', 'value_type_of_toxicity') }} as value_type,
    toxicity.value,
    {{ printed_unit('toxicity.unit') }} as unit,
    {{ code_words_only('toxicity.target_organs', 'target_organ') }} as target_organs,
    toxicity.authority || case
        when toxicity.transferred_from is not null
            then '（取自' || coalesce(parent.name_cn, toxicity.transferred_from) || '）'
        else ''
    end as authority,
    toxicity.year,
    {{ code_word('toxicity.verified', 'verified') }} as verified
from {{ ref('toxicity_value') }} as toxicity
inner join {{ ref('d01_pollutant') }} as list on list.pollutant_id = toxicity.pollutant_id
left join {{ ref('dim_pollutant') }} as parent on parent.pollutant_id = toxicity.transferred_from
where toxicity.is_chosen
