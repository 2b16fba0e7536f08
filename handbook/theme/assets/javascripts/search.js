/* Search, as it is seen and heard. The engine and the index are loaded as scripts when the search box is
   first used, so that a page weighs little and search works from a file share too. */
(() => {
  const form = document.forms.namedItem("search")
  if (!form) return
  const box = form.elements.namedItem("query")
  const panel = document.getElementById("__results")
  const status = panel.querySelector(".search-status")
  const spoken = panel.parentElement.querySelector("[role=status]")
  const list = panel.querySelector(".search-results")
  const root = form.dataset.root

  const script = (address) => new Promise((resolve, reject) => {
    const element = document.createElement("script")
    element.src = address
    element.onload = resolve
    element.onerror = reject
    document.head.append(element)
  })

  const folder = form.dataset.index.replace(/[^/]*$/, "")
  let ready
  const engine = () => ready ||= Promise.all([script(form.dataset.engine), script(form.dataset.index)])
    .then(() => window.handbookEngine(window.handbookIndex, (name) => script(folder + name)))

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

  /* The extract of a result is loaded when the result is seen, and its place is kept until then. */
  const extracts = new WeakMap()
  const seen = new IntersectionObserver((changes) => {
    for (const { isIntersecting, target } of changes) {
      if (!isIntersecting) continue
      seen.unobserve(target)
      extracts.get(target)()
    }
  })
  const withExtract = (result, entry, terms, finder) => {
    const place = element("p", "search-text")
    const fill = (text) => (text ? place.append(...marked(extract(text, terms), terms)) : place.remove())
    result.append(place)
    if (finder.textAtHand(entry) !== undefined) fill(finder.textAtHand(entry))
    else {
      extracts.set(result, () => finder.textOf(entry).then(fill, () => place.remove()))
      seen.observe(result)
    }
  }

  const shown = ({ entry, terms }, finder) => {
    const link = element("a", "search-link", ...marked(entry.heading || entry.page, terms))
    link.href = root + entry.url
    const place = [entry.menu, entry.heading ? entry.page : ""].filter(Boolean).join(" › ")
    const result = element("li", "search-result", link)
    if (place) result.append(element("p", "search-place", place))
    if (entry.fact) result.append(element("p", "search-fact", entry.fact))
    else if (terms.length) withExtract(result, entry, terms, finder)
    return result
  }

  /* What was found, for the eye and, where it is heard even while the panel is only being opened, for the ear. */
  const say = (text) => { status.textContent = text; spoken.textContent = text }
  const close = () => { panel.hidden = true }
  const open = () => { panel.hidden = false }

  const outer = form.closest(".search")
  let latest = 0
  const show = (query, found, finder) => {
    seen.disconnect()
    list.replaceChildren(...found.map((result) => shown(result, finder)))
    if (!query && !found.length) close()
    else open()
    const count = found.length === finder.most ? `The best ${finder.most} results` : `${found.length} result${found.length === 1 ? "" : "s"}`
    if (!query) say(found.length ? "Type a word, a name or a number, or start here" : "")
    else say(found.length ? `${count} for “${query}”` : `Nothing found for “${query}”. Try fewer or other words.`)
  }

  /* On a slow line, what the titles and headings answer is shown while the words of the texts come. */
  const PATIENCE = 150
  const search = async () => {
    const query = box.value.trim()
    const turn = ++latest
    const left = () => turn !== latest || !outer.contains(document.activeElement)
    try {
      const finder = await engine()
      if (query) {
        const words = finder.prepare(query)
        const late = await Promise.race([words.then(() => false, () => false), new Promise((resolve) => { setTimeout(resolve, PATIENCE, true) })])
        const first = late && !left() ? finder.find(query) : []
        if (first.length) show(query, first, finder)
        await words.catch((error) => { if (!finder.find(query).length) throw error })
      }
      if (left()) return
      show(query, query ? finder.find(query) : finder.starts.map((entry) => ({ entry, terms: [] })), finder)
    } catch {
      if (turn !== latest) return
      open()
      say("The search could not be loaded. Use the menu instead.")
    }
    panel.dataset.query = query
  }

  box.addEventListener("focus", (event) => { if (!outer.contains(event.relatedTarget)) search() })
  box.addEventListener("input", search)
  /* Enter in the box opens the first result. The button, which most readers press with a mouse, shows the results. */
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (document.activeElement === box && box.value.trim()) list.querySelector("a")?.click()
    else { box.focus(); search() }
  })
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
    if (document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return
    if (document.documentElement.dataset.slash === "off") return
    event.preventDefault()
    box.focus()
  })
})()
