/* The font, and the reader's own settings: colours, and the key that goes to the search box.

   Runs in the head, before anything is painted. Without it the page is light and complete. */
(() => {
  const root = document.documentElement

  // Asked for before the style sheet that names it is read, so that the first page has it too. From disk
  // a browser may not fetch it this way, and need not.
  if (location.protocol !== "file:") {
    const font = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: document.currentScript.dataset.font }
    document.head.append(Object.assign(document.createElement("link"), font))
  }

  const dark = matchMedia("(prefers-color-scheme: dark)")

  // A browser may refuse storage (private windows, a file share): then a choice lasts for the page.
  const kept = {
    get: (name) => { try { return localStorage.getItem("handbook." + name) } catch { return null } },
    set: (name, value) => { try { localStorage.setItem("handbook." + name, value) } catch { /* as above */ } },
  }

  let colours = kept.get("colours") || "auto"
  let slash = kept.get("slash") !== "off"

  const paint = () => {
    root.dataset.colours = colours === "auto" ? (dark.matches ? "dark" : "light") : colours
    root.dataset.slash = slash ? "on" : "off"
  }
  paint()
  root.classList.replace("no-js", "js")
  dark.addEventListener("change", paint)

  document.addEventListener("DOMContentLoaded", () => {
    const settings = document.querySelector(".settings")
    if (!settings) return
    for (const choice of settings.querySelectorAll("[name=colours]")) choice.checked = choice.value === colours
    settings.querySelector("[name=slash]").checked = slash
    settings.hidden = false
    settings.addEventListener("change", ({ target }) => {
      if (target.name === "colours") colours = target.value
      else slash = target.checked
      kept.set("colours", colours)
      kept.set("slash", slash ? "on" : "off")
      paint()
    })
  })
})()
