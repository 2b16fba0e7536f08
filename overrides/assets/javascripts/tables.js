/* A table that is wider than the page scrolls within its wrapper. A keyboard can scroll only what it
   can reach, so the wrapper takes the focus for as long as there is something to scroll to. */
addEventListener("load", () => {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth
      for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Table that scrolls sideways"]]) {
        if (scrolls) target.setAttribute(name, value)
        else target.removeAttribute(name)
      }
    }
  })
  for (const wrapper of document.querySelectorAll(".md-typeset__scrollwrap")) watch.observe(wrapper)
})
