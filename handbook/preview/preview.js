// Shows a page again when it has changed, where the reader was in it, and what is wrong with the handbook.
(() => {
  "use strict"
  const tag = `"${document.currentScript.dataset.tag}"`
  const place = `handbook preview ${location.pathname}`
  let site = null
  let source = null

  // The place in the page, from just before it was shown again.
  const all = () => [...document.querySelectorAll("details:not(.preview-told *)")]
  const keepPlace = () =>
    sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open: all().map((one) => one.open) }))
  const kept = JSON.parse(sessionStorage.getItem(place))
  sessionStorage.removeItem(place)
  if (kept) {
    const found = all()
    if (found.length === kept.open.length) found.forEach((one, at) => (one.open = kept.open[at]))
    const go = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" })
    go()
    addEventListener("load", go, { once: true })
  }

  // What is told. It stands over the page, so that nothing below it moves.
  const banner = document.createElement("div")
  banner.setAttribute("role", "alert")
  document.body.append(banner)

  const make = (name, text) => {
    const made = document.createElement(name)
    made.textContent = text
    return made
  }

  const tell = ({ site, problems, notice }) => {
    const folded = banner.querySelector("details:not([open])")
    banner.className = problems.length ? "preview-told" : notice ? "preview-told is-notice" : ""
    banner.replaceChildren()
    if (problems.length) {
      const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`
      const below = site ? " You see the last good page below." : ""
      const list = document.createElement("ol")
      for (const [where, words] of problems) {
        const line = document.createElement("li")
        line.append(make("code", `${where}:`), ` ${words}`)
        list.append(line)
      }
      const details = document.createElement("details")
      details.open = !folded
      details.append(make("summary", `${count} in the handbook.${below}`), list)
      banner.append(details)
    }
    if (notice) banner.append(make("p", notice))
  }

  const look = async () => {
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" })
      if (answer.headers.get("ETag") !== tag) {
        keepPlace()
        location.reload()
      }
    } catch {
      site = null // The preview has stopped. It is asked again when it is back.
    }
  }

  // A window that nobody sees asks nothing: a browser has few connections to one server.
  const listen = () => {
    source?.close()
    source = null
    if (document.visibilityState !== "visible") return
    source = new EventSource("/.preview/events")
    source.onmessage = ({ data }) => {
      const told = JSON.parse(data)
      if (JSON.stringify(told) !== JSON.stringify(listen.told)) tell(told)
      listen.told = told
      if (told.site !== site) look()
      site = told.site
    }
    source.onerror = () => {
      site = null
    }
  }
  addEventListener("visibilitychange", listen)
  addEventListener("pageshow", listen)
  addEventListener("pagehide", () => source?.close())
})()
