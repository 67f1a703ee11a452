{# Works behind the figures of a document: those that the sources of its parameters, doses, toxicity values, property cards, methods,
   factors and efficiencies name.
   Standards that its text cites are added by the document. #}
with

used as (
    select parameter.document_id, used.source_ref
    from {{ ref('document_parameter') }} as parameter
    inner join {{ ref('parameter_used') }} as used
        on used.parameter_id = parameter.parameter_id and used.used_by = parameter.used_by
    union
    select 'D04' as document_id, used.source_ref
    from {{ ref('d04_dose') }} as dose
    inner join {{ ref('parameter_used') }} as used on used.parameter_id = dose.parameter_id
    union
    select 'D04' as document_id, toxicity.authority as source_ref
    from {{ ref('d04_toxicity') }} as printed
    inner join {{ ref('toxicity_value') }} as toxicity on toxicity.toxicity_value_id = printed.toxicity_value_id
    union
    select 'D04' as document_id, pollutant.source_ref
    from {{ ref('d01_pollutant') }} as list
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = list.pollutant_id
    union
    select 'D04' as document_id, fate.source_ref
    from {{ ref('d01_pollutant') }} as list
    inner join {{ ref('fate_property') }} as fate on fate.pollutant_id = list.pollutant_id and fate.property = 'half_life'
    union
    select 'D10' as document_id, method.source_ref
    from {{ ref('emission_factor_accounting_method') }} as method
    union
    select 'D10' as document_id, reference.source as source_ref
    from {{ ref('reference_factor') }} as reference
    union
    select 'D10' as document_id, abatement.source as source_ref
    from {{ ref('abatement') }} as abatement
),

named as (
    select distinct used.document_id, cited.reference_cn
    from used
    inner join {{ ref('source_citation') }} as cited on position(cited.pattern in used.source_ref) > 0
    where cited.reference_cn <> ''
)

select
    document_id,
    cast(row_number() over (
        partition by document_id
        order by case when reference_cn like '《%' then 0 else 1 end asc nulls last, reference_cn asc nulls last
    ) as integer) as row_no,
    reference_cn
from named
