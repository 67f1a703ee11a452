select
    cast(
        row_number() over (
            order by label.sort_no asc nulls last, venue.name_cn asc nulls last, venue.year asc nulls last,
                venue.venue_id asc nulls last
        ) as integer
    ) as row_no,
    venue.venue_id,
    venue.year,
    venue.name_cn,
    {{ code_word('venue.venue_kind', 'venue_kind') }} as venue_kind,
    venue.products,
    venue.events,
    venue.participants
from {{ ref('publicity') }} as venue
left join {{ ref('code_label') }} as label on label.code_set = 'venue_kind' and label.code = venue.venue_kind
