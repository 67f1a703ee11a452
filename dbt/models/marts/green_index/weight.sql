{# Weights of an indicator by method. The index uses ahp; weights that the data would give stand beside it, null with the reason where
   they have no base. #}
with

found as (
    select
        weighed.*,
        indicator.dimension,
        diagnosed.effective_weight,
        diagnosed.entropy_weight,
        diagnosed.critic_weight,
        diagnosed.combined_weight,
        diagnosed.entropy_refusal,
        diagnosed.critic_refusal
    from {{ ref('int_green_index__indicators_weighed') }} as weighed
    inner join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = weighed.indicator_id
    left join {{ ref('int_green_index__indicators_diagnosed') }} as diagnosed
        on diagnosed.indicator_id = weighed.indicator_id
)

{% for method, weight, refusal in [
    ('ahp', 'weight', 'null'), ('entropy', 'entropy_weight', 'entropy_refusal'),
    ('critic', 'critic_weight', 'critic_refusal'), ('combined', 'combined_weight', 'entropy_refusal')] -%}
select
    indicator_id,
    '{{ method }}' as method,
    {{ weight }} as weight,
    {{ 'effective_weight' if method == 'ahp' else 'cast(null as double)' }} as effective_weight,
    {{ 'consistency_ratio' if method == 'ahp' else 'cast(null as double)' }} as consistency_ratio,
    '{{ method }}' = 'ahp' as is_used,
    {{ 'weight_within' if method == 'ahp' else 'cast(null as double)' }} as weight_within,
    {{ 'dimension_weight' if method == 'ahp' else 'cast(null as double)' }} as dimension_weight,
    {{ 'experts' if method == 'ahp' else 'cast(null as integer)' }} as experts,
    {{ 'basis' if method == 'ahp' else 'cast(null as ' ~ type_string() ~ ')' }} as basis,
    cast({{ refusal }} as {{ type_string() }}) as refusal,
    dimension,
    {{ 'dimension_ratio' if method == 'ahp' else 'cast(null as double)' }} as dimension_ratio,
    {{ 'dimension_experts' if method == 'ahp' else 'cast(null as integer)' }} as dimension_experts,
    experts > 0 as rests_on_experts
from found
{{ 'union all' if not loop.last }}
{% endfor %}
