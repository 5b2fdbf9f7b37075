/** The land polygons of the counties, out of the base map, and whether a point lies in one. */

/** County code → rings of [longitude, latitude], holes included (even–odd rule). */
export function countyPolygons(topology) {
  const [kx, ky] = topology.transform.scale
  const [dx, dy] = topology.transform.translate
  const arcs = topology.arcs.map((arc) => {
    let x = 0
    let y = 0
    return arc.map(([stepX, stepY]) => {
      x += stepX
      y += stepY
      return [x * kx + dx, y * ky + dy]
    })
  })
  const ringOf = (indexes) =>
    indexes.flatMap((index) => (index < 0 ? [...arcs[~index]].reverse() : arcs[index]))
  const ringsOf = ({ type, arcs: parts }) =>
    (type === 'Polygon' ? [parts] : parts).flat().map(ringOf)
  const { geometries } = topology.objects.counties
  return new Map(geometries.map((one) => [one.properties.code, ringsOf(one)]))
}

/** Even–odd over all rings. */
export function contains(rings, [x, y]) {
  let inside = false
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x1, y1] = ring[at]
      const [x2, y2] = ring[before]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}
