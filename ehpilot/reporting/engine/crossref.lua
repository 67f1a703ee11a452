-- What real Quarto does itself and plain pandoc does not: numbers of tables, figures and equations, references to
-- them, callouts, text for one format, page breaks. Used by the embedded engine only.
-- Does not belong here: what both engines need (quarto_reports/_brand/press.lua).

local words = {tbl = "表", fig = "图", eq = "式"}
local numbers = {tbl = 0, fig = 0, eq = 0}
local label_of = {}

local function kind_of(id)
  return id:match("^(%a+)%-")
end

local function prefixed(kind, number, caption)
  local inlines = pandoc.List({pandoc.Str(words[kind] .. "\u{a0}" .. number), pandoc.Str("\u{3000}")})
  inlines:extend(caption)
  return inlines
end

-- A float is a div: content, then one paragraph with the caption.
local function float(div)
  local kind = kind_of(div.identifier)
  numbers[kind] = numbers[kind] + 1
  label_of[div.identifier] = words[kind] .. "\u{a0}" .. numbers[kind]
  local last = div.content[#div.content]
  local caption = prefixed(kind, numbers[kind], last.content)
  local blocks = pandoc.List()
  for i = 1, #div.content - 1 do blocks:insert(div.content[i]) end
  if kind == "tbl" then
    for _, block in ipairs(blocks) do
      if block.t == "Table" then
        block.caption = {long = {pandoc.Plain(caption)}}
        block.identifier = div.identifier
        return blocks
      end
    end
    error("no table in " .. div.identifier)
  end
  return pandoc.List({pandoc.Figure(blocks, {long = {pandoc.Plain(caption)}}, pandoc.Attr(div.identifier))})
end

local function page_break()
  if FORMAT:match("docx") then
    return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
  elseif FORMAT:match("typst") then
    return pandoc.RawBlock("typst", "#pagebreak(weak: true)")
  end
  return pandoc.RawBlock("html", '<div class="page-break"></div>')
end

local function callout(div)
  local title = div.attributes.title
  local head = pandoc.Div({pandoc.Para({pandoc.Strong({pandoc.Str(title)})})}, {["custom-style"] = "Callout"})
  local body = pandoc.Div(div.content, {["custom-style"] = "Callout"})
  return pandoc.Div({head, body}, pandoc.Attr("", {"callout"}))
end

local function formats_equal(name)
  return (name == "html" and FORMAT:match("html")) or FORMAT:match(name)
end

function blocks_pass(div)
  if div.classes:includes("press-float") then return float(div) end
  if div.classes:includes("press-pagebreak") then return page_break() end
  if div.classes:includes("content-visible") then
    return formats_equal(div.attributes["when-format"]) and div.content or pandoc.List()
  end
  for _, class in ipairs(div.classes) do
    if class:match("^callout%-") then return callout(div) end
  end
end

-- $$ … $$ {#eq-x}: the label follows the formula in the same paragraph.
local function equation(para)
  local last = para.content[#para.content]
  local id = last and last.t == "Str" and last.text:match("^{#(eq%-[%w-]+)}$")
  if not id or para.content[1].t ~= "Math" then return nil end
  numbers.eq = numbers.eq + 1
  label_of[id] = words.eq .. "\u{a0}" .. numbers.eq
  local formula = pandoc.Math("DisplayMath", para.content[1].text .. " \\qquad (" .. numbers.eq .. ")")
  return pandoc.Div({pandoc.Para({formula})}, pandoc.Attr(id))
end

local function cite(element)
  local inlines = pandoc.List()
  for _, citation in ipairs(element.citations) do
    local label = label_of[citation.id]
    if not label then error("unresolved reference @" .. citation.id) end
    inlines:insert(pandoc.Link({pandoc.Str(label)}, "#" .. citation.id))
  end
  return inlines
end

-- pandoc's Typst writer drops what a picture is said to show.
local function picture(image)
  local alt = image.attributes.alt
  if not (FORMAT:match("typst") and alt) then return nil end
  local quoted = (alt:gsub("[\\\"]", "\\%0"))
  return pandoc.RawInline("typst", '#box(image("' .. image.src .. '", alt: "' .. quoted .. '"))')
end

-- Passes one after the other, none top-down: a handled div has lost the class that would be found again.
return {{Div = blocks_pass}, {Para = equation}, {Cite = cite}, {Image = picture}}
