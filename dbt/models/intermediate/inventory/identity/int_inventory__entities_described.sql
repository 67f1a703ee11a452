{# What all registers together say of an entity that codes made, for the comparison of names, addresses and places. An
   address, a place and a park are those of the first register in the order of survivorship. `sources` are bits of the
   registers that list it under an id of its own: a name without one may be another year's spelling of an entry of the same
   register. #}
{%- set ranks = {'permit': 1, 'census': 2, 'site_survey': 3, 'chemical_survey': 4, 'key_unit': 5, 'monitoring': 6, 'supervision': 7} -%}
{%- set bits = {'permit': 1, 'census': 2, 'site_survey': 4, 'chemical_survey': 8, 'key_unit': 16, 'monitoring': 32, 'supervision': 64} -%}
with

named as (
    select
        coded.enterprise_id,
        coded.credit_code,
        coded.permit_no,
        coded.id_rank,
        key.name,
        key.former_names,
        key.address,
        key.postal_code,
        key.longitude,
        key.latitude,
        park.area_id as park_id,
        case key.source
            {% for source, rank in ranks.items() %}
            when '{{ source }}' then {{ rank }}
            {% endfor %}
        end as source_rank,
        case key.source
            {% for source, bit in bits.items() %}
            when '{{ source }}' then {{ bit }}
            {% endfor %}
        end as source_bit,
        key._file_no,
        key._sheet,
        key._row
    from {{ ref('int_inventory__enterprise_coded') }} as coded
    inner join
        {{ ref('int_inventory__enterprise_keys_collected') }} as key
        on key.source = coded.source and key.source_key = coded.source_key
    left join
        {{ ref('int_core__areas_outlined') }} as park
        on
            park.area_kind = 'park'
            and (key.park = park.area_id or key.park = park.name_cn or {{ list_has('park.aliases', 'key.park') }})
    where coded.enterprise_id not like '%-000'
),

{% for column in ['address', 'postal_code', 'longitude', 'park_id'] %}
first_{{ column }} as (
    select enterprise_id, {{ column }}{{ ', latitude' if column == 'longitude' }}
    from named
    where {{ column }} is not null{{ ' and latitude is not null' if column == 'longitude' }}
    qualify
        row_number() over (
            partition by enterprise_id
            order by
                source_rank asc nulls last,
                _file_no asc nulls last,
                _sheet asc nulls last,
                _row asc nulls last,
                {{ column }} asc nulls last
        ) = 1
),

{% endfor %}
entity as (
    select
        enterprise_id,
        max(credit_code) as credit_code,
        max(permit_no) as permit_no,
        min(id_rank) * 10 + min(source_rank) as entity_rank,
        bit_or(case when id_rank < 3 then source_bit else 0 end) as sources,
        {{ list_agg_distinct('name') }} as names,
        {{ list_agg_distinct('former_names') }} as former_names
    from named
    group by enterprise_id
)

select
    entity.enterprise_id,
    entity.credit_code,
    entity.permit_no,
    entity.entity_rank,
    entity.sources,
    entity.names,
    entity.former_names,
    first_address.address,
    first_postal_code.postal_code,
    first_longitude.longitude,
    first_longitude.latitude,
    first_park_id.park_id
from entity
left join first_address on first_address.enterprise_id = entity.enterprise_id
left join first_postal_code on first_postal_code.enterprise_id = entity.enterprise_id
left join first_longitude on first_longitude.enterprise_id = entity.enterprise_id
left join first_park_id on first_park_id.enterprise_id = entity.enterprise_id
