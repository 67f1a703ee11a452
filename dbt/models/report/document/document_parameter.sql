{# Weights, cuts and draws behind a document's list, with where each stands: the parameters of the tables that its exposure
   `reads`. #}
with

document as (
    select document_id, used_by
    from (
        values ('', '')
        {%- if execute -%}
        {%- for exposure in graph.exposures.values() | sort(attribute='name') -%}
        {%- for table in exposure.config.meta.get('reads') or [] -%}
        , ('{{ exposure.config.meta.deliverable_id }}', '{{ table }}')
        {%- endfor -%}
        {%- endfor -%}
        {%- endif -%}
    ) as stated (document_id, used_by)
)

select
    document.document_id,
    cast(
        row_number() over (partition by document.document_id order by used.parameter_id asc nulls last) as integer
    ) as row_no,
    used.parameter_id,
    named.label_cn,
    used.value,
    case used.unit
        when '1' then null when 'a' then '年' when 'yuan/a' then '元/年' when 'deg' then '度' when 'n' then '个' when 'd' then '天'
        when 'h' then '小时' when 's' then '秒' when 'month' then '月' when 'person s/m3' then '人·s/m³' when 'umol/mol' then 'μmol/mol'
        else {{ printed_unit('used.unit') }}
    end as unit,
    case when used.verified = 'own' then '本项目选定' else {{ regexp_replace_all('source.source_cn', '；凭记忆$') }} end as source_ref,
    {{ code_word('used.verified', 'verified') }} as verified,
    used.used_by
from document
inner join {{ ref('parameter_used') }} as used on used.used_by like replace(document.used_by, '*', '%')
inner join {{ ref('parameter') }} as named on named.parameter_id = used.parameter_id
left join {{ ref('document_source') }} as source on source.source_ref = used.source_ref
