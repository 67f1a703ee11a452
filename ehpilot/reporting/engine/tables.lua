-- Puts the tables that went around pandoc's reader and the other filters into their places. They stand in a file of
-- their own (metadata press-tables), in order; each place is a table that says its number.
-- Does not belong here: captions and labels, which crossref.lua has given to the place.

local found

local function read(meta)
  local file = assert(io.open(pandoc.utils.stringify(meta["press-tables"]), "rb"))
  found = pandoc.read(file:read("a"), "json").blocks
  file:close()
  meta["press-tables"] = nil
  return meta
end

local function fill(place)
  local number = place.attributes["press-table"]
  if not number then return nil end
  local full = found[tonumber(number) + 1]
  full.caption, full.identifier = place.caption, place.identifier
  return full
end

return {{Meta = read}, {Table = fill}}
