/** HTML as tagged templates: whatever is put in is escaped unless it is HTML already. */

class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function written(value) {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(written).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (one) => ESCAPES[one])
}

/** @param {TemplateStringsArray} parts @param {...unknown} values */
export function html(parts, ...values) {
  const text = parts.map((part, at) => part + (at < values.length ? written(values[at]) : ''))
  return new Html(text.join(''))
}

/** Marks text as HTML. Only for what we made ourselves. @param {string} text */
export function trusted(text) {
  return new Html(text)
}
