-- Passages of the fund's rules (D14) and of its notice (D15), and of the letter that sends out D08, as the writer of letters takes them:
-- each is one of its own.
select
    phrase_id as notice_id,
    document,
    place as places,
    place as default_title,
    seq
from {{ ref('official_phrase') }}
where
    (document in ('D14', 'D15') or (document = 'D08' and place in ('标题', '主送', '引言')))
    and verified <> 'doubtful'
