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
),

-- the order of authorities is one statement where no profile has changed it
ranks as (
    select
        min(parameter_id) as first_id,
        max({{ try_double('value') }}) = 0 as is_standing
    from {{ ref('parameter_used') }}
    where parameter_id like 'toxicity.rank.%'
)

select
    document.document_id,
    cast(
        row_number() over (partition by document.document_id order by used.parameter_id asc nulls last) as integer
    ) as row_no,
    used.parameter_id,
    case
        when ranks.is_standing and used.parameter_id = ranks.first_id then '毒性值优先次序（零为按毒性值表的常设次序）' else named.label_cn
    end as label_cn,
    case
        when named.label_cn not like '%是否%' then used.value
        when {{ try_double('used.value') }} = 0 then '否'
        when {{ try_double('used.value') }} = 1 then '是'
        else used.value
    end as value,
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
cross join ranks
left join {{ ref('document_source') }} as source on source.source_ref = used.source_ref
where not (coalesce(ranks.is_standing, false) and used.parameter_id like 'toxicity.rank.%' and used.parameter_id <> ranks.first_id)
