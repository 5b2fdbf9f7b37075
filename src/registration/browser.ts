/**
 * 所属市 narrows 县区 to its own counties, and a county chosen first brings its city. Without it both
 * lists are whole, counties under the names of their cities.
 */

/** The groups carry the cities' names, which are the texts of the cities' options. */
function narrow(): void {
  const { city, county } = fields()
  if (!city || !county) return
  const name = city.value === '' ? '' : nameOf(city)
  for (const group of county.querySelectorAll('optgroup'))
    group.hidden = name !== '' && group.label !== name
}

/** A county of another city is let go; what the server refused stays until somebody chooses. */
function leaveOther(): void {
  const { city, county } = fields()
  const group = county?.selectedOptions[0]?.parentElement
  if (!city || !county || !(group instanceof HTMLOptGroupElement)) return
  if (city.value !== '' && group.label !== nameOf(city)) county.value = ''
}

function bringCity(): void {
  const { city, county } = fields()
  const group = county?.selectedOptions[0]?.parentElement
  if (!city || city.value !== '' || !(group instanceof HTMLOptGroupElement)) return
  for (const option of city.options) if (option.text === group.label) city.value = option.value
}

function fields() {
  return {
    city: document.querySelector<HTMLSelectElement>('#field-city'),
    county: document.querySelector<HTMLSelectElement>('#field-county'),
  }
}

function nameOf(select: HTMLSelectElement): string {
  return select.selectedOptions[0]?.text ?? ''
}

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return
  if (target.id === 'field-city') leaveOther()
  if (target.id === 'field-county') bringCity()
  narrow()
})
document.addEventListener('htmx:after:swap', narrow)
narrow()
