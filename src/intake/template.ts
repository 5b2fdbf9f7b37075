/** What to fill in: a sheet with the names of the columns, an example, and notes beside it. */
import { stringify } from 'csv-stringify/browser/esm/sync'
import writeXlsxFile from 'write-excel-file/universal'
import type { Language } from '../kernel/text.ts'
import type { Ctx } from '../platform/bindings.ts'
import { fileNames } from '../platform/files.ts'
import { words } from '../platform/language.ts'
import { columnsOf } from './column-rules.ts'
import type { Column, ColumnKey } from './column-rules.ts'
import { columnStrings } from './column-strings.ts'
import type { FileType, Kind } from './rules.ts'
import { strings } from './strings.ts'

type Asked = { kind: Kind; type: FileType; by_bureau: boolean }

export const MEDIA: Readonly<Record<FileType, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Answers the template as a download, in the reader's language. */
export async function answerTemplate(c: Ctx, { kind, type, by_bureau }: Asked): Promise<Response> {
  const { lang } = c.var
  const columns = columnsOf(kind, by_bureau)
  const rows = [
    columns.map((column) => column[lang]),
    columns.map(({ key }) => exampleOf(kind, key, lang)),
  ]
  const name = `${words(c, strings).template(words(c, strings).kinds[kind], type)}.${type}`
  const content =
    type === 'csv' ? stringify(rows, { bom: true }) : await workbookOf(rows, columns, lang).toBlob()
  return new Response(content, {
    headers: {
      'Content-Type': MEDIA[type],
      'Content-Disposition': `attachment; ${fileNames(name)}`,
      'Cache-Control': 'no-store',
    },
  })
}

function workbookOf(rows: readonly string[][], columns: readonly Column[], lang: Language) {
  const t = columnStrings[lang]
  const [head = [], example = []] = rows
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const })
  const texts = (value: string) => ({ value, type: String, format: '@' })
  const notes = columns.map(({ key, required, ...names }) =>
    [names[lang], required ? t.required : t.optional, t.notes[key]].map(texts),
  )
  const general = t.general.split('\n').map((line) => [texts(line)])
  return writeXlsxFile([
    {
      sheet: t.sheet,
      data: [head.map(bold), example.map(texts)],
      columns: columns.map(({ key }) => ({ width: key === 'summary' ? 40 : 20 })),
      stickyRowsCount: 1,
    },
    {
      sheet: t.notes_sheet,
      data: [...general, [], [t.column, t.needed, t.note].map(bold), ...notes],
      columns: [{ width: 28 }, { width: 12 }, { width: 70 }],
    },
  ])
}

const EXAMPLES: Partial<Readonly<Record<ColumnKey, string>>> = {
  uscc: '123300004700010160',
  category: '检验检测',
  price: '800.00',
  unit: '次',
  turnaround: '5',
  qualifications: 'CMA、CNAS',
  lng: '120.1299',
  lat: '30.2743',
  datum: 'WGS-84',
  phone: '0571-80000011',
  categories: '检验检测、仪器共享',
  website: 'https://example.org',
}

function exampleOf(kind: Kind, key: ColumnKey, lang: Language): string {
  const { examples } = columnStrings[lang]
  const own: Readonly<Record<string, string>> = examples
  return key === 'name' ? examples[kind] : (own[key] ?? EXAMPLES[key] ?? '')
}
