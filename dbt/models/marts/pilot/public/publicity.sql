select
    {{ id16(["'pilot_venue'", 'venue.venue', 'venue.venue_kind_word']) }} as venue_id,
    venue.year,
    word.code as venue_kind,
    venue.products,
    venue.events,
    venue.participants,
    venue.venue as name_cn,
    {{ origin_cells('pilot_venue', 'venue', {
        'year': 'year', 'venue_kind': 'venue_kind', 'products': 'products', 'events': 'events',
        'participants': 'participants', 'name_cn': 'venue'
    }) }} as _origin
from {{ ref('stg_pilot__venues') }} as venue
left join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'venue_kind' and word.word = trim(venue.venue_kind_word)
where venue.year is not null
