/** What an organisation offers, line by line, each with its own 「立即预约」. */
import { categoryWord, priceWords } from '../catalogue/client.ts'
import type { Availability, Instrument, Service } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Table } from '../ui/list.tsx'
import { bookingOf } from './rules.ts'
import { strings } from './strings.ts'

const TONES: Readonly<Record<Availability, Tone>> = {
  available: 'good',
  maintenance: 'waiting',
  reserved: 'neutral',
}

export function ServiceTable({ c, services }: { c: Ctx; services: readonly Service[] }) {
  const t = words(c, strings)
  const told = services.some(({ turnaround_days }) => turnaround_days !== null)
  return (
    <div class="offers">
      <Table
        caption={t.services}
        captioned
        columns={[
          { label: t.name },
          { label: t.category },
          ...(told ? [{ label: t.turnaround }] : []),
          { label: t.price, align: 'right' },
          { label: t.booking, hidden: true },
        ]}
        rows={services.map((service) => ({
          id: service.id,
          name: service.name,
          cells: [
            <Named name={service.name} about={service.summary} marks={service.qualifications} />,
            categoryWord(service.category, c.var.lang),
            ...(told ? [turnaroundWords(c, service)] : []),
            priceWords(service, c.var.lang),
            <Book c={c} kind="service" one={service} />,
          ],
        }))}
      />
    </div>
  )
}

function turnaroundWords(c: Ctx, { turnaround_days: days }: Service): string {
  const t = words(c, strings)
  return days === null ? t.by_case : t.working_days(days)
}

export function InstrumentTable({ c, instruments }: InstrumentProps) {
  const t = words(c, strings)
  return (
    <div class="offers">
      <Table
        caption={t.instruments}
        captioned
        columns={[
          { label: t.name },
          { label: t.model },
          { label: t.state },
          { label: t.price, align: 'right' },
          { label: t.booking, hidden: true },
        ]}
        rows={instruments.map((one) => ({
          id: one.id,
          name: one.name,
          cells: [
            <Named name={one.name} about={one.summary} marks={one.qualifications} />,
            [one.model, one.maker, one.place].filter(Boolean).join(' · '),
            <Badge word={t.availability[one.availability]} tone={TONES[one.availability]} />,
            priceWords(one, c.var.lang),
            one.availability === 'available' ? (
              <Book c={c} kind="instrument" one={one} />
            ) : (
              t.not_now
            ),
          ],
        }))}
      />
    </div>
  )
}
type InstrumentProps = { c: Ctx; instruments: readonly Instrument[] }

type NamedProps = { name: string; about: string; marks: readonly string[] }

function Named({ name, about, marks }: NamedProps) {
  return (
    <>
      <strong>{name}</strong>
      {marks.map((mark) => (
        <>
          {' '}
          <span class="tag tag-strong">{mark}</span>
        </>
      ))}
      {about ? <p class="hint">{about}</p> : null}
    </>
  )
}

type BookProps = { c: Ctx; kind: 'service' | 'instrument'; one: { id: string; carrier: string } }

function Book({ c, kind, one }: BookProps) {
  const t = words(c, strings)
  const subject = { kind, subject: one.id, organisation: one.carrier }
  return (
    <a class="row-link" href={bookingOf(subject)}>
      {t.book}
    </a>
  )
}
