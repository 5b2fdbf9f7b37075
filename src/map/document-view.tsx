/** The public interface as a page, read from its own document, without scripts. */
import type { OpenAPIV3_1 } from 'openapi-types'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Table } from '../ui/list.tsx'
import { strings } from './api-strings.ts'
import type { Document } from './document.ts'

type Operation = OpenAPIV3_1.OperationObject
type Schema = OpenAPIV3_1.SchemaObject
type Parameter = OpenAPIV3_1.ParameterObject

/** An address of each interface that answers something, to be opened as it is. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/api/map/search': '?word=光谱&kind=instrument&region=330100&sort=price',
  '/api/map/search.geojson': '?category=检验检测&region=330200&limit=100',
  '/api/map/clusters': '?word=检测&box=118,27,123,31.5&zoom=8',
  '/api/map/suggest': '?word=电镜',
}

export function Interfaces({ c, document }: { c: Ctx; document: Document }) {
  return (
    <>
      {Object.entries(document.paths ?? {}).map(([path, item]) =>
        item?.get ? <Interface c={c} path={path} operation={item.get} /> : null,
      )}
    </>
  )
}

function Interface({ c, path, operation }: { c: Ctx; path: string; operation: Operation }) {
  const t = words(c, strings)
  const example = path + (EXAMPLES[path] ?? '')
  return (
    <section aria-labelledby={path}>
      <h2 id={path}>{operation.summary}</h2>
      <p>
        <code>GET {path}</code>
      </p>
      <p>
        {t.example} <a href={encodeURI(example)}>{example}</a>
      </p>
      <Parameters c={c} path={path} parameters={operation.parameters as Parameter[]} />
      <Answer c={c} path={path} schema={answerOf(operation)} />
    </section>
  )
}

/** What 200 answers, in whatever form. */
function answerOf({ responses }: Operation): Schema | undefined {
  const answer = responses?.['200']
  if (!answer || '$ref' in answer) return undefined
  const [content] = Object.values(answer.content ?? {})
  return content?.schema
}

type ParametersProps = { c: Ctx; path: string; parameters: readonly Parameter[] | undefined }

function Parameters({ c, path, parameters = [] }: ParametersProps) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.parameters(path)}
      columns={[{ label: t.parameter }, { label: t.form }, { label: t.meaning }]}
      rows={parameters.map(({ name, required, schema, description }) => ({
        name,
        cells: [
          <>
            <code>{name}</code> <span class="hint">{required ? t.needed : t.optional}</span>
          </>,
          formOf(c, schema as Schema),
          description ?? '',
        ],
      }))}
    />
  )
}

type Part = { name: string; schema: Schema }

function Answer({ c, path, schema }: { c: Ctx; path: string; schema: Schema | undefined }) {
  const t = words(c, strings)
  return (
    <details>
      <summary>{t.answers}</summary>
      <Table
        caption={t.answers_of(path)}
        columns={[{ label: t.part }, { label: t.form }, { label: t.meaning }]}
        rows={partsOf(schema).map((part) => ({
          name: part.name,
          cells: [<code>{part.name}</code>, formOf(c, part.schema), part.schema.description ?? ''],
        }))}
      />
    </details>
  )
}

/** All named parts, nested ones by their way: hits[].organisation.name. */
function partsOf(schema: Schema | undefined, way = ''): Part[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => {
    const part = { name: `${way}${name}`, schema: inner as Schema }
    const { schema: own, mark } = innerOf(part.schema)
    return [part, ...partsOf(own, `${part.name}${mark}.`)]
  })
}

/** What is inside of a list or of what may be null. */
function innerOf(schema: Schema): { schema: Schema | undefined; mark: string } {
  if (schema.type === 'array') return { schema: schema.items, mark: '[]' }
  return { schema: solidOf(schema), mark: '' }
}

/** The one of several that is not null. */
function solidOf(schema: Schema): Schema {
  const found = schema.anyOf?.find((one) => '$ref' in one || one.type !== 'null')
  return found && !('$ref' in found) ? found : schema
}

function formOf(c: Ctx, schema: Schema): string {
  const t = words(c, strings)
  const forms: Readonly<Record<string, string>> = t.forms
  const solid = solidOf(schema)
  if (solid.enum) return t.one_of(solid.enum.join(', '))
  const named = (type: unknown) => forms[String(type)] ?? String(type)
  if (solid.type === 'array' && solid.items)
    return t.list_of(named((solid.items as Schema).type ?? 'object'))
  const { minimum, maximum } = solid
  const range = minimum === undefined || maximum === undefined ? '' : ` ${minimum}–${maximum}`
  return named(solid.type ?? 'string') + range
}
