/* The search's engine. It is loaded with the heads of all pages when the search box is first used, and
   loads what more a query needs: the parts of the words that may hold what was typed, and the texts of
   the results that are shown. How the parts are made: handbook/outputs/search/. */
window.handbookEngine = (index, load) => {
  /* Titles weigh more than text, and a name with every word more still. What is not a whole word, or not
     quite the word, weighs less. */
  const BOOSTS = { page: 8, words: 7, heading: 5, fact: 3, text: 1 }
  const NAMES = new Set(["page", "words", "heading"])
  const WHOLE = 2
  const PREFIX = 0.4
  const SLIP = 0.2
  const COMMON = new Set(index.common.split(" "))
  const RESULTS = 10

  /* Words as they are indexed and asked for: apostrophes straight, what belongs together kept
     together (19.65%, 24/7, £3), and joined words also in their parts (COVID-19, GCP 2.0). */
  const wordsIn = (text) => text.toLowerCase().replace(/[\u2018\u2019]/g, "'").match(/£?[\p{L}\p{N}]+(?:[.'/][\p{L}\p{N}]+)*%?/gu) || []

  /* A word in the forms it is found by: itself, its singular, a number without its sign. */
  const formsOf = (word) => {
    const found = new Set([word, word.replace(/[£%]/g, ""), word.replace(/'s?$/, "")])
    if (/[^s]s$/.test(word) && word.length > 3) found.add(word.slice(0, -1))
    if (/ies$/.test(word) && word.length > 4) found.add(`${word.slice(0, -3)}y`)
    if (/^[a-z]+\d+$/.test(word)) found.add(word.replace(/\d+$/, ""))
    if (/^\d+\.0$/.test(word)) found.add(word.slice(0, -2))
    found.delete("")
    return [...found]
  }

  /* For each form of a word, and each field, the sections that have it: their numbers with how often,
     in a row. For the text it is the rows of the words with that form, in signs until they are wanted. */
  const known = new Map()
  const add = (form, field, ...values) => {
    const lists = known.get(form) || {}
    known.set(form, lists)
    const list = lists[field] ||= []
    if (list.length && list[list.length - 2] === values[0]) list[list.length - 1] += values[1]
    else list.push(...values)
  }

  /* Sections are numbered through all pages. A page's first section is the page itself. */
  const sections = []
  const lengths = { page: [], words: [], heading: [], fact: [], text: [] }
  const memo = new Map()
  const read = (number, field, text) => {
    const found = wordsIn(text || "")
    for (const word of found) {
      if (!memo.has(word)) memo.set(word, formsOf(word))
      for (const form of memo.get(word)) add(form, field, number, 1)
    }
    lengths[field].push(found.length < 2 ? found.length : new Set(found).size)
  }
  const slug = (heading) => heading.toLowerCase().replace(/[^a-z0-9_\s-]/g, "").trim().replace(/[-\s]+/g, "-")
  index.pages.forEach(([page, address, menu, weight, start, names, sizes, heads], at) => {
    heads.forEach((head, place) => {
      const { heading = "", id, words = [], fact = "", entry = false } = typeof head === "string" ? { heading: head, id: slug(head) } : head
      const number = sections.length
      const url = place ? `${address}#${id || ""}` : address
      sections.push({ number, at, url, page, heading, fact, entry, weight, menu: index.menus[menu], start: place ? 0 : start })
      read(number, "page", place ? "" : page)
      read(number, "words", (place ? words : names).join(" "))
      read(number, "heading", heading)
      read(number, "fact", fact)
      lengths.text.push(sizes[place])
    })
  })
  const average = Object.fromEntries(Object.entries(lengths).map(([field, all]) => [field, all.reduce((sum, length) => sum + length, 0) / all.length]))

  /* Numbers in signs: each is some of the second kind, and one of the first. They are the steps from a
     section to the next that has the word; none at all says that it has the word again. */
  const [last, earlier] = index.signs
  const values = new Map([...last].map((sign, value) => [sign.charCodeAt(0), value]))
  const higher = new Map([...earlier].map((sign, value) => [sign.charCodeAt(0), value + 1]))
  const listOf = (row) => {
    const list = []
    let place = 0
    let number = 0
    for (let at = 0; at < row.length; at += 1) {
      const sign = row.charCodeAt(at)
      const more = higher.get(sign)
      if (more) number = number * earlier.length + more
      else {
        const step = number * last.length + values.get(sign)
        place += step
        number = 0
        if (step || !list.length) list.push(place, 1)
        else list[list.length - 1] += 1
      }
    }
    return list
  }
  /* The lists of several words with the same form, as one. */
  const together = (lists) => {
    if (lists.length === 1) return lists[0]
    const found = new Map()
    for (const list of lists) {
      for (let at = 0; at < list.length; at += 2) found.set(list[at], (found.get(list[at]) || 0) + list[at + 1])
    }
    return [...found].flat()
  }

  const key = (word) => {
    const bare = word.replace(/^£/, "")
    if (bare[0] > "\u007f") return "~"
    return /^[a-z]{2}/.test(bare) ? bare.slice(0, 2) : bare[0]
  }
  const lastUpTo = (parts, wanted) => parts.findLastIndex(([start]) => start <= wanted)

  /* A part is taken in once. What could not be loaded is asked for again by the next query. */
  const taken = new Map()
  const part = (kind, number, take) => {
    const name = `${kind}-${number}`
    if (!taken.has(name)) {
      taken.set(name, load(index[kind][number][1]).then(() => take(window.handbookParts[name])).catch((error) => {
        taken.delete(name)
        throw error
      }))
    }
    return taken.get(name)
  }
  const takeWords = (lines) => {
    for (const line of lines.split("\ue000")) {
      const [word, row] = line.split(" ")
      for (const form of formsOf(word)) {
        const lists = known.get(form) || {}
        known.set(form, lists)
        ;(lists.rows ||= []).push(row)
        delete lists.text
      }
    }
  }

  /* The words of a query that tell something, as they are looked up. Only what is indexed has all its forms. */
  const askedIn = (query) => {
    const typed = wordsIn(query)
    const telling = typed.filter((word) => !COMMON.has(word))
    return [...new Set((telling.length ? telling : typed).map((word) => word.replace(/'s?$/, "")))]
  }

  /* Loads the words that a query needs. A letter by itself is only the start of a word. */
  const prepare = (query) => Promise.all(askedIn(query).filter((word) => /\P{L}|../u.test(word))
    .map((word) => lastUpTo(index.words, key(word))).filter((number) => number >= 0)
    .map((number) => part("words", number, takeWords)))

  /* How many letters were left out, put in, changed, or exchanged with the next: up to `most`, or 0 for more. */
  const slips = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return 0
    let before = []
    let row = Array.from({ length: other.length + 1 }, (_, at) => at)
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i]
      let least = i
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1)
        if (next[j] < least) least = next[j]
      }
      if (least > most) return 0
      before = row
      row = next
    }
    return row[other.length] > most ? 0 : row[other.length]
  }

  /* How much a form counts for a word that was asked for. */
  const nearness = (word, most) => (form) => {
    if (form === word) return 1
    if (word.length > 2 && form.startsWith(word)) return PREFIX * form.length / (form.length + 0.3 * (form.length - word.length))
    const distance = most ? slips(word, form, most) : 0
    return distance ? SLIP * form.length / (form.length + distance) : 0
  }

  /* Adds the scores (BM25+) of the sections with a word, or nearly that word, and gives the forms that were found.
     A section that has the very word in its name has it told in `named` as well. */
  const score = (word, scores, named) => {
    /* A word that the handbook has is not taken for a slip: "resort" finds that, and not every "report". */
    const maySlip = /^\p{L}{5,}$/u.test(word) && !known.has(word)
    const near = nearness(word, maySlip ? Math.round(word.length * 0.2) : 0)
    const matched = []
    for (const [form, lists] of known) {
      const weight = near(form)
      if (!weight) continue
      matched.push([form, lists])
      if (lists.rows) lists.text ||= together(lists.rows.map(listOf))
      for (const [field, boost] of Object.entries(BOOSTS)) {
        const list = lists[field]
        if (!list) continue
        const many = list.length / 2
        const rarity = Math.log(1 + (sections.length - many + 0.5) / (many + 0.5))
        for (let at = 0; at < list.length; at += 2) {
          const often = list[at + 1]
          const length = lengths[field][list[at]] / average[field]
          if (weight === 1 && NAMES.has(field)) named[list[at]] = 1
          scores[list[at]] += weight * boost * rarity * (0.5 + often * 2.2 / (often + 1.2 * (0.3 + 0.7 * length)))
        }
      }
    }
    return matched
  }

  /* True when a section has a form in some field. */
  const has = (lists, number) => Object.keys(BOOSTS).some((field) => lists[field]?.some((value, at) => at % 2 === 0 && value === number))

  /* The results of a query, best first: the sections with every word, then those with some. */
  const find = (query) => {
    const asked = askedIn(query)
    const totals = new Float64Array(sections.length)
    const counts = new Uint8Array(sections.length)
    const names = new Uint8Array(sections.length)
    const matched = asked.flatMap((word) => {
      const scores = new Float64Array(sections.length)
      const named = new Uint8Array(sections.length)
      const found = score(word, scores, named)
      scores.forEach((one, number) => {
        names[number] += named[number]
        totals[number] += one
        counts[number] += one ? 1 : 0
      })
      return found
    })
    const whole = (number) => (names[number] === asked.length ? WHOLE : 1)
    const rank = totals.map((total, number) => total * counts[number] * whole(number) * sections[number].weight)
    const every = (number) => counts[number] === asked.length
    const ranked = sections.map(({ number }) => number).filter((number) => counts[number])
    ranked.sort((a, b) => every(b) - every(a) || rank[b] - rank[a] || a - b)
    const seen = new Set()
    const best = []
    for (const number of ranked) {
      const entry = sections[number]
      /* A page is shown once, by its best section. An entry of a register stands for itself. */
      const shown = entry.entry ? entry.url : `page ${entry.at}`
      if (seen.has(shown)) continue
      seen.add(shown)
      best.push({ entry, terms: matched.filter(([, lists]) => has(lists, number)).map(([form]) => form) })
      if (best.length === RESULTS) break
    }
    return best
  }

  /* The text of a section: if it has been loaded, and once it is. */
  const texts = []
  const textAtHand = ({ number }) => texts[number]
  const textOf = (section) => {
    const at = lastUpTo(index.texts, section.number)
    return part("texts", at, (inside) => inside.forEach((text, place) => { texts[index.texts[at][0] + place] = text }))
      .then(() => textAtHand(section))
  }

  const starts = sections.filter((section) => section.start).sort((a, b) => a.start - b.start)
  return { prepare, find, textAtHand, textOf, starts, most: RESULTS }
}
