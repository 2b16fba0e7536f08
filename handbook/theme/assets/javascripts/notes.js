/* The note of a figure, shown while a mouse rests on the figure or the keyboard is at its mark.

   Click, tap, Enter and Escape are the browser's own work on a native popover, and need no script.
   The short waits keep notes from flashing up under a passing mouse, and leave time to move onto
   the note and follow its link. */
(() => {
  const SHOW = 250
  const HIDE = 300

  for (const figure of document.querySelectorAll(".figure")) {
    const mark = figure.querySelector(".figure-mark")
    const note = figure.querySelector(".figure-note")
    if (!note?.showPopover) continue
    let timer
    let shown = false // by resting or by focus, and so taken away when that ends
    let closing = false // the browser gives the focus back to the mark, which is not asking for the note again

    const show = () => {
      if (note.matches(":popover-open")) return
      shown = true
      note.showPopover({ source: mark })
    }
    const hide = () => { if (shown) note.hidePopover() }

    figure.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return
      clearTimeout(timer)
      timer = setTimeout(show, SHOW)
    })
    figure.addEventListener("pointerleave", () => {
      clearTimeout(timer)
      timer = setTimeout(() => { if (!figure.contains(document.activeElement)) hide() }, HIDE)
    })
    mark.addEventListener("focus", () => { if (!closing && mark.matches(":focus-visible")) show() })
    figure.addEventListener("focusout", (event) => { if (!figure.contains(event.relatedTarget)) hide() })
    // A click on the mark of a note that is shown already keeps it, rather than closing it.
    mark.addEventListener("click", (event) => {
      if (shown) event.preventDefault()
      shown = false
      clearTimeout(timer)
    })
    note.addEventListener("beforetoggle", (event) => { closing = event.newState === "closed" })
    note.addEventListener("toggle", (event) => {
      closing = false
      if (event.newState === "closed") shown = false
    })
  }
})()
