-- Filter of the project for both engines: cover, contents after it, Word styles in HTML and PDF, landscape parts.
-- Does not belong here: what Quarto does itself (numbers, references, callouts).

local function raw(format, text) return pandoc.RawBlock(format, text) end

local function typst_style(style, content)
  local names = {
    Title = "press-title", Subtitle = "press-subtitle", Author = "press-author", Date = "press-date",
    ["演示标记"] = "press-mark-line", ["注"] = "press-note", ["表上注"] = "press-note-above",
    ["落款"] = "press-signature", Callout = "press-callout",
    ["公文标题"] = "press-letter-title", ["主送机关"] = "press-letter-to", ["公文正文"] = "press-letter",
    ["公文落款"] = "press-letter-signature", ["公文字号"] = "press-letter-number", ["版记"] = "press-letter-foot",
    ["公文机关"] = "press-letter-issuer", ["公文版头"] = "press-letter-head",
  }
  local name = names[style]
  if not name then return nil end
  local blocks = pandoc.List({raw("typst", "#" .. name .. "[")})
  blocks:extend(content)
  blocks:insert(raw("typst", "]"))
  return blocks
end

local function html_style(style, content)
  local text = pandoc.utils.blocks_to_inlines(content)
  if style == "Title" then
    local blocks = pandoc.List({raw("html", '<div class="press-title" role="heading" aria-level="1">')})
    blocks:insert(pandoc.Plain(text))
    blocks:insert(raw("html", "</div>"))
    return blocks
  end
  local classes = {Subtitle = "press-subtitle", Author = "press-line", Date = "press-line", ["演示标记"] = "press-mark",
    ["注"] = "press-note", ["落款"] = "press-signature", ["公文标题"] = "press-letter-title",
    ["主送机关"] = "press-letter-to", ["公文正文"] = "press-letter", ["公文落款"] = "press-letter-signature",
    ["公文字号"] = "press-letter-number", ["版记"] = "press-letter-foot", ["公文机关"] = "press-letter-issuer",
    ["公文版头"] = "press-letter-head"}
  if classes[style] then return pandoc.Div(content, pandoc.Attr("", {classes[style]})) end
end

-- Word: an empty paragraph of a style of its own before and after; the press turns what stands between them
-- (ehpilot.reporting.finish_docx). Without the press the part is upright and nothing else is to be seen.
-- A sheet is such a part on A3; the hidden word tells the press.
local WIDE_MARK = '<w:p><w:pPr><w:pStyle w:val="横页标记"/></w:pPr></w:p>'
local SHEET_MARK = WIDE_MARK:gsub("</w:p>$", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>A3</w:t></w:r></w:p>")
-- Columns and rows of a table; one that the embedded engine lifted out says them (ehpilot/reporting/engine/tables.py).
local function size_of(table)
  local rows = 0
  for _, body in ipairs(table.bodies) do rows = rows + #body.body end
  return tonumber(table.attributes["press-columns"]) or #table.colspecs, tonumber(table.attributes["press-rows"]) or rows
end

-- A part whose tables have two columns at most (“本期无数据：…”) and that holds no picture needs no landscape page.
local function needs_width(div)
  local widest, has_picture = 0, false
  div:walk({
    Table = function(table) widest = math.max(widest, (size_of(table))) end,
    Image = function() has_picture = true end,
  })
  return has_picture or widest == 0 or widest > 2
end

-- Lines of a page (36 letters each) that a heading, text or table takes; nil for what is none of these.
local LETTERS, LEAST_LINES = 36, 12
local function lines_of(block)
  if block.t == "Header" then return 2 end
  if block.t == "Para" or block.t == "Plain" then
    return 1 + utf8.len(pandoc.utils.stringify(block)) // LETTERS
  end
  if block.t == "Table" then
    local _, rows = size_of(block)
    return rows + 3
  end
  if block.t == "Div" and (block.classes:includes("press-float") or #block.classes == 0) then
    local sum = 0
    for _, inner in ipairs(block.content) do
      local lines = lines_of(inner)
      if not lines then return nil end
      sum = sum + lines
    end
    return sum
  end
end

local function is_part(block)
  local is_wide = block.t == "Div" and (block.classes:includes("wide") or block.classes:includes("sheet"))
  return is_wide and needs_width(block)
end

-- Headings right before a landscape part are those of its tables and go into it.
local function headed(document)
  local blocks = pandoc.List()
  for _, block in ipairs(document.blocks) do
    while is_part(block) and #blocks > 0 and blocks[#blocks].t == "Header" do
      block.content:insert(1, table.remove(blocks))
    end
    blocks:insert(block)
  end
  document.blocks = blocks
  return document
end

-- What stands between two landscape parts and would leave its own page more than half empty stays between them, so
-- that the three are one part.
local function is_turned(block) return block.t == "Div" and block.classes:includes("wide") and needs_width(block) end
local function joined(document)
  local blocks, between, lines = pandoc.List(), pandoc.List(), nil
  for _, block in ipairs(document.blocks) do
    local last = blocks[#blocks]
    if is_turned(block) and lines and #between > 0 and lines <= LEAST_LINES then
      last.content:extend(between)
      last.content:extend(block.content)
      blocks[#blocks], between, lines = last, pandoc.List(), 0
    elseif is_turned(block) then
      blocks:extend(between)
      blocks:insert(block)
      between, lines = pandoc.List(), 0
    else
      local more = lines and lines_of(block)
      lines = more and lines + more
      between:insert(block)
    end
  end
  blocks:extend(between)
  document.blocks = blocks
  return document
end

-- PDF: what leads to a landscape part is handed over with it, so that the page before it can be filled or saved
-- (report.typ, press-led): its last section, which may go into the part where it is short, and those before it, of three
-- pages at most. What stands before the first heading is a section too.
local MOVED_LINES, LED_LINES = 16, 110
local OTHER_LINES = 14  -- a picture, a form
local function section_starts(run)
  local starts = pandoc.List()
  for place, block in ipairs(run) do
    local before = run[place - 1]
    if not before or (block.t == "Header" and before.t ~= "Header") then starts:insert(place) end
  end
  return starts
end

local function lines_from(run, first, last)
  local sum, is_known = 0, true
  for place = first, last do
    local lines = lines_of(run[place])
    sum, is_known = sum + (lines or OTHER_LINES), is_known and lines ~= nil
  end
  return math.max(sum, 1), is_known
end

local function part_of(run, first, last, class)
  return pandoc.Div({table.unpack(run, first, last)}, pandoc.Attr("", {class}))
end

-- A new page before a landscape part, which begins one itself, is none.
local function is_new_page(block) return block.t == "Div" and block.classes:includes("press-new-page") end

local function hand_over(run, div)
  local starts = section_starts(run)
  local last = starts[#starts] or 1
  local first = last
  for place = #starts, 1, -1 do
    if lines_from(run, starts[place], #run) <= LED_LINES then first = starts[place] end
  end
  local lines, is_known = lines_from(run, last, #run)
  div.attributes["press-short"] = tostring(is_known and lines <= MOVED_LINES)
  div.attributes["press-lines"] = tostring((lines_from(run, first, #run)))
  div.content:insert(1, part_of(run, last, #run, "press-last"))
  div.content:insert(1, part_of(run, first, last - 1, "press-first"))
  return {table.unpack(run, 1, first - 1)}
end

local function is_apart(block)
  return block.t == "RawBlock" or is_new_page(block)
    or (block.t == "Div" and block.classes:find_if(function(class)
      return class == "press-contents" or class == "press-floats" or class == "press-together"
    end) ~= nil)
end

local function led(document)
  local blocks, run = pandoc.List(), pandoc.List()
  for place, block in ipairs(document.blocks) do
    local after = document.blocks[place + 1]
    if is_new_page(block) and after and is_part(after) then
      -- nothing
    elseif is_part(block) then
      blocks:extend(#run > 0 and hand_over(run, block) or {})
      blocks:insert(block)
      run = pandoc.List()
    elseif is_apart(block) then
      blocks:extend(run)
      blocks:insert(block)
      run = pandoc.List()
    else
      run:insert(block)
    end
  end
  blocks:extend(run)
  document.blocks = blocks
  return document
end

local parts = 0
local function turned_in_typst(div, is_sheet)
  parts = parts + 1
  local blocks = pandoc.List({raw("typst", (is_sheet and "#press-sheet(" or "#press-wide(") .. 'part: "' .. parts .. '",')})
  local content = div.content
  if div.attributes["press-lines"] then
    local facts = div.attributes
    blocks:insert(raw("typst", "led: (is-short: " .. facts["press-short"] .. ", lines: " .. facts["press-lines"] .. ", first: ["))
    blocks:extend(content[1].content)
    blocks:insert(raw("typst", "], last: ["))
    blocks:extend(content[2].content)
    blocks:insert(raw("typst", "]),"))
    content = pandoc.List({table.unpack(content, 3)})
  end
  local lines = lines_from(content, 1, #content)
  blocks:insert(raw("typst", "lines: " .. lines .. ")["))
  blocks:extend(content)
  blocks:insert(raw("typst", "]"))
  return blocks
end

local function wide(div, is_sheet)
  if not needs_width(div) then return div.content end
  local blocks = pandoc.List()
  if FORMAT:match("typst") then
    return turned_in_typst(div, is_sheet)
  elseif FORMAT:match("docx") then
    local mark = is_sheet and SHEET_MARK or WIDE_MARK
    blocks:insert(raw("openxml", mark))
    blocks:extend(div.content)
    blocks:insert(raw("openxml", mark))
  else
    return pandoc.Div(div.content, pandoc.Attr("", {"press-wide"}))
  end
  return blocks
end

local TOC_FIELD = [[<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>目录</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>
<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>（打开后按 F9 更新目录）</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>]]
local DOCX_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

local function new_page()
  if FORMAT:match("docx") then return raw("openxml", DOCX_BREAK) end
  if FORMAT:match("typst") then return raw("typst", "#pagebreak(weak: true)") end
  return raw("html", '<div class="page-break"></div>')
end

-- The contents list stands after the cover, which the engines' own contents lists cannot.
local function contents(headers)
  if FORMAT:match("docx") then return raw("openxml", TOC_FIELD) end
  if FORMAT:match("typst") then return raw("typst", "#press-contents") end
  local items = pandoc.List()
  for _, header in ipairs(headers) do
    if header.level <= 2 and not header.classes:includes("unlisted") then
      local link = pandoc.Link(header.content:clone(), "#" .. header.identifier)
      items:insert({pandoc.Plain({pandoc.Span({link}, pandoc.Attr("", {"toc-" .. header.level}))})})
    end
  end
  local title = raw("html", '<nav id="TOC" role="doc-toc" aria-label="目录"><p class="toc-title">目录</p>')
  return pandoc.List({title, pandoc.BulletList(items), raw("html", "</nav>")})
end

local function cover(document)
  local headers = pandoc.List()
  document.blocks:walk({Header = function(header) headers:insert(header) end})
  document.blocks = document.blocks:walk({Div = function(div)
    if div.classes:includes("press-contents") then return contents(headers) end
    if div.classes:includes("press-flows") and FORMAT:match("typst") then return {} end
    if div.classes:includes("press-new-page") then return new_page() end
    if div.classes:includes("press-floats") and FORMAT:match("typst") then return raw("typst", "#press-floats") end
    if div.classes:includes("press-together") and FORMAT:match("typst") then
      local blocks = pandoc.List({raw("typst", "#block(breakable: false, width: 100%, above: 2em)[")})
      blocks:extend(div.content)
      blocks:insert(raw("typst", "]"))
      return blocks
    end
  end})
  return document
end

-- Words that Typst would read as marks where a cell or paragraph begins with them (heading, list, term), or as dashes
-- and dots of another kind; pandoc leaves them as they are.
local function typst_word(word)
  local text = word.text
  local risky = text:match("^[=%-+/]+$") or text:match("^%d+[.)]$") or text:match("%.%.") or text:match("%-%-")
    or text:match("%-%?")
  if risky then return pandoc.RawInline("typst", (text:gsub("%p", "\\%0"))) end
end

local function styled(div)
  if div.classes:includes("wide") then return wide(div, false) end
  if div.classes:includes("sheet") then return wide(div, true) end
  local style = div.attributes["custom-style"]
  if style and FORMAT:match("typst") then return typst_style(style, div.content) end
  if style and FORMAT:match("html") then return html_style(style, div.content) end
end

-- PDF: a note above a table stays with it, and a short table stays with a note below it that is not above another; with
-- nothing else, else one would pull the other and pages would stay half empty.
local function is_note(block) return block and block.t == "Div" and block.attributes["custom-style"] == "注" end
local function is_table(block) return block and block.t == "Table" end
local function neighbours(blocks)
  local found = pandoc.List()
  for place, block in ipairs(blocks) do
    local after, second = blocks[place + 1], blocks[place + 2]
    local has_note_below = is_note(after) and not is_table(second)
    if is_note(block) and is_table(after) then block.attributes["custom-style"] = "表上注" end
    found:insert(block)
    -- A table with a caption stands in a figure, out of which it pulls nothing.
    local is_bare = is_table(block) and #block.caption.long == 0
    if is_bare and after and not has_note_below then found:insert(raw("typst", "#press-apart")) end
  end
  return found
end

-- Part of a title that is not broken where it fits a line (HTML: press.css; Word: ehpilot.reporting.finish_docx).
local function part(span)
  if not (span.classes:includes("press-part") and FORMAT:match("typst")) then return nil end
  local inlines = pandoc.List({pandoc.RawInline("typst", "#box[")})
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline("typst", "]"))
  return inlines
end

local filters = {{Pandoc = headed}, {Pandoc = joined}, {Div = styled, Span = part}, {Pandoc = cover}}
if FORMAT:match("typst") then
  table.insert(filters, 4, {Str = typst_word})
  table.insert(filters, 3, {Pandoc = led})
  table.insert(filters, 4, {Blocks = neighbours})
end
return filters
