/** Whoever takes the labels of the forms for the headings of a sheet is understood. */
import { expect, test } from 'vitest'
import { formStrings } from '../../src/catalogue/form-strings.ts'
import { columnsOf } from '../../src/intake/column-rules.ts'
import { readHeading } from '../../src/intake/heading-rules.ts'
import { KINDS } from '../../src/intake/rules.ts'
import type { Kind } from '../../src/intake/rules.ts'

type Field = keyof (typeof formStrings)['zh']['fields']

const OFFER: readonly Field[] = ['name', 'price', 'unit', 'qualifications', 'summary']
const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  service: [...OFFER, 'category', 'turnaround_days'],
  instrument: [...OFFER, 'model', 'maker', 'place', 'availability'],
  carrier: [
    ...(['name', 'uscc', 'legal_representative', 'county', 'address', 'lng', 'lat'] as const),
    ...(['datum', 'contact', 'phone', 'categories', 'website', 'intro'] as const),
  ],
}
const labels = KINDS.flatMap((kind) =>
  FIELDS[kind].flatMap((field) =>
    (['zh', 'en'] as const).map((lang) => [kind, formStrings[lang].fields[field]] as const),
  ),
)

test.each(labels)('a column of a %s may be called %s', (kind, label) => {
  expect(readHeading(columnsOf(kind, true), [label])).not.toMatchObject({ code: 'no_header' })
})
