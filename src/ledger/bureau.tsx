/** 「对账报告」: what the nightly reconcile found, for the province's auditors and administrators. */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { PROVINCE } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { findReport, listFindings, listReports } from './report.ts'
import { reportStrings } from './report-strings.ts'
import { ReportBody, ReportList } from './report-view.tsx'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'ledger.reports.read',
  staff: ['audit', 'admin'],
})

/** The reports speak of every enterprise of the province. */
function expectProvince(c: Ctx): void {
  if (bureauOf(c).region !== PROVINCE) throw new HTTPException(403, { message: 'wrong_role' })
}

door.get('/reconciliations', read, async (c) => {
  expectProvince(c)
  const t = words(c, reportStrings)
  const reports = await listReports(dbOf(c.env))
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <ReportList c={c} reports={reports} />
    </Layout>,
  )
})

door.get('/reconciliations/:day', read, async (c) => {
  expectProvince(c)
  const db = dbOf(c.env)
  const report = await findReport(db, c.req.param('day'))
  if (!report) return c.notFound()
  const findings = await listFindings(db, report.day)
  const t = words(c, reportStrings)
  return page(
    c,
    <Layout c={c} title={t.detailTitle(report.day)} wide>
      <ReportBody c={c} report={report} findings={findings} />
    </Layout>,
  )
})
