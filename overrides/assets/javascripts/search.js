/* What the theme's search leaves out: Escape keeps the focus in the box, a click elsewhere closes
   the results, and typing opens them again. The theme keeps its state in a hidden checkbox. */
(() => {
  const search = document.querySelector(".md-search")
  const input = search?.querySelector(".md-search__input")
  const toggle = document.getElementById("__search")
  if (!input || !toggle) return

  const close = () => { if (toggle.checked) toggle.click() }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked || !search.contains(document.activeElement)) return
    event.stopPropagation()
    input.focus()
    // The theme opens the results a moment after the box has the focus; close them after that.
    setTimeout(close, 30)
  }, true)
  document.addEventListener("pointerdown", (event) => { if (!search.contains(event.target)) close() })
  input.addEventListener("input", () => { if (!toggle.checked) toggle.click() })
})()
