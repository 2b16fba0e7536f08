/* The note of a figure, shown while a mouse rests on the figure.

   Click, tap, keyboard and Escape are the browser's own work on a native popover, and need no
   script. The short waits keep notes from flashing up under a passing mouse, and leave time to
   move onto the note and follow its link. */
(() => {
  const SHOW = 250
  const HIDE = 300

  for (const figure of document.querySelectorAll(".figure")) {
    const mark = figure.querySelector(".figure-mark")
    const note = figure.querySelector(".figure-note")
    if (!note?.showPopover) continue
    let timer
    let hovered = false

    figure.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (note.matches(":popover-open")) return
        hovered = true
        note.showPopover({ source: mark })
      }, SHOW)
    })
    figure.addEventListener("pointerleave", () => {
      clearTimeout(timer)
      if (hovered) timer = setTimeout(() => note.hidePopover(), HIDE)
    })
    // A click on the mark of a note that the mouse has opened keeps it, rather than closing it.
    mark.addEventListener("click", (event) => {
      if (hovered) event.preventDefault()
      hovered = false
      clearTimeout(timer)
    })
    note.addEventListener("toggle", (event) => {
      if (event.newState === "closed") hovered = false
    })
  }
})()
