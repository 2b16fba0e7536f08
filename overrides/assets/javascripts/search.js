/* Search. The engine (MiniSearch) and the index are loaded as scripts when the search box is first
   used, so that a page weighs little and search works from a file share too. */
(() => {
  const form = document.forms.namedItem("search")
  if (!form) return
  const box = form.elements.namedItem("query")
  const panel = document.getElementById("__results")
  const status = panel.querySelector(".search-status")
  const spoken = panel.parentElement.querySelector("[role=status]")
  const list = panel.querySelector("ol")
  const root = form.dataset.root
  const RESULTS = 10

  /* Words as they are indexed and asked for: apostrophes straight, what belongs together kept
     together (19.65%, 24/7, £3), and joined words also in their parts (COVID-19, GCP 2.0). */
  const words = (text) => text.toLowerCase().replace(/[\u2018\u2019]/g, "'").match(/£?[\p{L}\p{N}]+(?:[.'/][\p{L}\p{N}]+)*%?/gu) || []

  /* A word in the forms it is found by: itself, its singular, a number without its sign. */
  const forms = (word) => {
    const found = new Set([word, word.replace(/[£%]/g, ""), word.replace(/'s?$/, "")])
    if (/[^s]s$/.test(word) && word.length > 3) found.add(word.slice(0, -1))
    if (/ies$/.test(word) && word.length > 4) found.add(`${word.slice(0, -3)}y`)
    if (/^[a-z]+\d+$/.test(word)) found.add(word.replace(/\d+$/, ""))
    if (/^\d+\.0$/.test(word)) found.add(word.slice(0, -2))
    found.delete("")
    return [...found]
  }
  const COMMON = new Set("a about an and are as at be by can do does find for from get have how i in is it many me my of on or our show tell that the there this to was we were what when where which who why will with you your".split(" "))

  const script = (address) => new Promise((resolve, reject) => {
    const element = document.createElement("script")
    element.src = address
    element.onload = resolve
    element.onerror = reject
    document.head.append(element)
  })

  let ready
  const engine = () => ready ||= Promise.all([script(form.dataset.engine), script(form.dataset.index)]).then(() => {
    const index = new MiniSearch({
      fields: ["page", "heading", "words", "fact", "text"],
      idField: "url",
      tokenize: words,
      processTerm: forms,
      extractField: (entry, name) => {
        if (name === "page") return entry.heading ? "" : entry.page
        return Array.isArray(entry[name]) ? entry[name].join(" ") : entry[name] || ""
      },
      storeFields: [],
    })
    index.addAll(window.handbookIndex)
    const byUrl = new Map(window.handbookIndex.map((entry) => [entry.url, entry]))
    const starts = window.handbookIndex.filter((entry) => entry.start).sort((a, b) => a.start - b.start)
    return { index, byUrl, starts }
  })

  /* The entries for a query, best first: those with every word, then those with some. */
  const find = ({ index, byUrl }, query) => {
    const typed = words(query)
    const telling = typed.filter((word) => !COMMON.has(word))
    const asked = telling.length ? telling : typed
    if (!asked.length) return []
    const options = {
      tokenize: () => asked,
      /* A word that is asked for is looked up as it is; only what is indexed has all its forms. */
      processTerm: (word) => word.replace(/'s?$/, ""),
      boost: { page: 8, words: 7, heading: 5, fact: 3, text: 1 },
      prefix: (word) => word.length > 2,
      fuzzy: (word) => (/^\p{L}{5,}$/u.test(word) ? 0.2 : false),
      weights: { prefix: 0.4, fuzzy: 0.2 },
      boostDocument: (url) => byUrl.get(url).weight || 1,
    }
    const every = index.search(query, { ...options, combineWith: "AND" })
    const some = asked.length > 1 ? index.search(query, { ...options, combineWith: "OR" }) : []
    const seen = new Set()
    const best = []
    for (const found of [...every, ...some]) {
      const entry = byUrl.get(found.id)
      /* A page is shown once, by its best section. An entry of a register stands for itself. */
      const key = entry.entry ? entry.url : entry.url.split("#")[0]
      if (seen.has(key)) continue
      seen.add(key)
      best.push({ entry, terms: found.terms })
      if (best.length === RESULTS) break
    }
    return best
  }

  const escapeForPattern = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")

  /* Text with the words that were found marked, as nodes: nothing is ever read as HTML. */
  const marked = (text, terms) => {
    if (!terms.length) return [text]
    const pattern = new RegExp(`(${terms.map(escapeForPattern).sort((a, b) => b.length - a.length).join("|")})`, "giu")
    return text.split(pattern).map((part, at) => {
      if (at % 2 === 0) return part
      const mark = document.createElement("mark")
      mark.textContent = part
      return mark
    })
  }

  /* The part of a text round the first word that was found. */
  const extract = (text, terms) => {
    const lower = text.toLowerCase()
    const at = Math.min(...terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0), text.length)
    const start = at === text.length || at < 60 ? 0 : text.lastIndexOf(" ", at - 40) + 1
    const end = text.length - start > 150 ? text.lastIndexOf(" ", start + 150) : text.length
    return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`
  }

  const element = (name, className, ...content) => {
    const made = document.createElement(name)
    if (className) made.className = className
    made.append(...content)
    return made
  }

  const shown = ({ entry, terms }) => {
    const link = element("a", "search-link", ...marked(entry.heading || entry.page, terms))
    link.href = root + entry.url
    const place = [entry.menu, entry.heading ? entry.page : ""].filter(Boolean).join(" › ")
    const parts = [link]
    if (place) parts.push(element("p", "search-place", place))
    if (entry.fact) parts.push(element("p", "search-fact", entry.fact))
    if (entry.text && !entry.fact && terms.length) parts.push(element("p", "search-text", ...marked(extract(entry.text, terms), terms)))
    return element("li", "search-result", ...parts)
  }

  /* What was found, for the eye and, where it is heard even while the panel is only being opened, for the ear. */
  const say = (text) => { status.textContent = text; spoken.textContent = text }
  const close = () => { panel.hidden = true }
  const open = () => { panel.hidden = false }

  const outer = form.closest(".search")
  let latest = 0
  const search = async () => {
    const query = box.value.trim()
    const turn = ++latest
    try {
      const ready = await engine()
      const found = query ? find(ready, query) : ready.starts.map((entry) => ({ entry, terms: [] }))
      if (turn !== latest || !outer.contains(document.activeElement)) return
      list.replaceChildren(...found.map(shown))
      if (!query && !found.length) close()
      else open()
      const count = found.length === RESULTS ? `The best ${RESULTS} results` : `${found.length} result${found.length === 1 ? "" : "s"}`
      if (!query) say(found.length ? "Type a word, a name or a number, or start here" : "")
      else say(found.length ? `${count} for “${query}”` : `Nothing found for “${query}”. Try fewer or other words.`)
    } catch {
      open()
      say("The search could not be loaded. Use the menu instead.")
    }
    panel.dataset.query = query
  }

  box.addEventListener("focus", (event) => { if (!outer.contains(event.relatedTarget)) search() })
  box.addEventListener("input", search)
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click() })
  form.addEventListener("reset", () => { setTimeout(() => { search(); box.focus() }) })

  /* Arrow keys go from the box to the results and back; Escape closes and keeps the focus in the box. */
  const step = (by) => {
    const stops = [box, ...list.querySelectorAll("a")]
    const at = stops.indexOf(document.activeElement)
    if (at >= 0 && stops[at + by]) stops[at + by].focus()
  }
  outer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && panel.hidden) { event.preventDefault(); search() }
    else if (event.key === "ArrowDown") { event.preventDefault(); step(1) }
    else if (event.key === "ArrowUp" && !panel.hidden) { event.preventDefault(); step(-1) }
    else if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); box.focus(); close() }
  })
  document.addEventListener("pointerdown", (event) => { if (!outer.contains(event.target)) close() })
  outer.addEventListener("focusout", (event) => { if (event.relatedTarget && !outer.contains(event.relatedTarget)) close() })

  /* The slash key goes to the box, from wherever nothing is being typed. Readers can turn it off. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
    if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) || document.documentElement.dataset.slash === "off") return
    event.preventDefault()
    box.focus()
  })
})()
