-- Articles of the fund's rules (D14) and passages of its notice (D15), filled in from the rules that scores and awards obey, and those of
-- the letter that sends out D08.
select
    written.notice_id as passage_id,
    listed.document as document_id,
    cast(listed.seq as integer) as seq,
    listed.places as place,
    case when written.body = '' then written.title else written.body end as body,
    written.unfilled,
    'pilot.official_passage' as used_by
from {{ ref('int_pilot__passages_listed') }} as listed
inner join {{ ref('int_pilot__passages_written') }} as written on written.notice_id = listed.notice_id
