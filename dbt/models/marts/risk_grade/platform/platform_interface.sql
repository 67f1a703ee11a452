-- Interfaces to other platforms: what is given and taken, in which form, where.
select
    known.interface_id,
    known.name_cn,
    known.direction_cn,
    known.content_cn,
    known.format_cn,
    known.place,
    {{ origin_seed('code_interface', 'known', ['interface_id', 'name_cn', 'direction_cn', 'content_cn', 'format_cn', 'place']) }} as _origin
from {{ seed_rows('code_interface') }} as known
where known.verified <> 'doubtful'
