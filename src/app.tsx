/** Middleware in order, then every door under its role's prefix, then the pages of failure. */
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { door as bookingBureau } from './booking/bureau.tsx'
import { door as bookingCarrier } from './booking/carrier.tsx'
import { door as bookingCarrierCancellation } from './booking/carrier-cancellation.tsx'
import { door as bookingCarrierFeed } from './booking/carrier-feed.tsx'
import { door as bookingCarrierProposal } from './booking/carrier-proposal.tsx'
import { door as bookingEnterprise } from './booking/enterprise.tsx'
import { door as bookingEnterpriseForm } from './booking/enterprise-form.tsx'
import { door as bookingEnterpriseMake } from './booking/enterprise-make.tsx'
import { door as bookingEnterpriseOwn } from './booking/enterprise-own.tsx'
import { door as bookingPublic } from './booking/public.tsx'
import { door as catalogueBureau } from './catalogue/bureau.tsx'
import { door as catalogueBureauCarrier } from './catalogue/bureau-carrier.tsx'
import { door as catalogueBureauProposal } from './catalogue/bureau-proposal.tsx'
import { door as catalogueCarrier } from './catalogue/carrier.tsx'
import { door as catalogueCarrierItem } from './catalogue/carrier-item.tsx'
import { door as catalogueCarrierOrganisation } from './catalogue/carrier-organisation.tsx'
import { door as catalogueCarrierPicture } from './catalogue/carrier-picture.tsx'
import { door as cataloguePublic } from './catalogue/public.tsx'
import { carriers } from './catalogue/tables.ts'
import { door as evaluationCarrier } from './evaluation/carrier.tsx'
import { ratingOf, remarksOf } from './evaluation/client.ts'
import { door as evaluationEnterprise } from './evaluation/enterprise.tsx'
import { door as hallBureau } from './hall/bureau.tsx'
import { menuFor } from './hall/client.ts'
import { door as hallEnterprise } from './hall/enterprise.tsx'
import { door as hallMember } from './hall/member.tsx'
import { door as hallPublic } from './hall/public.tsx'
import { actorMiddleware } from './identity/client.ts'
import type { CarrierOf } from './identity/client.ts'
import { door as identityPublic } from './identity/public.tsx'
import { door as intakeBureau } from './intake/bureau.tsx'
import { door as intakeCarrier } from './intake/carrier.tsx'
import { door as ledgerBureau } from './ledger/bureau.tsx'
import { door as liveMember } from './live/member.tsx'
import { rateBy } from './map/client.ts'
import { door as mapPublic } from './map/public.tsx'
import { door as mapPublicApi } from './map/public-api.tsx'
import { door as mapPublicDocument } from './map/public-document.tsx'
import type { App, Ctx } from './platform/bindings.ts'
import { deadline } from './platform/deadline.ts'
import { allow, sameSite } from './platform/guard.ts'
import { securityHeaders } from './platform/headers.ts'
import { language } from './platform/language.ts'
import { logError } from './platform/log.ts'
import { isOutage } from './platform/outage.ts'
import { identified, logged } from './platform/request.ts'
import { door as policyBureau } from './policy/bureau.tsx'
import { door as quotaBureau } from './quota/bureau.tsx'
import { door as quotaEnterprise } from './quota/enterprise.tsx'
import { door as quotaEnterpriseClaim } from './quota/enterprise-claim.tsx'
import { door as quotaEnterpriseService } from './quota/enterprise-service.tsx'
import { door as redemptionBureau } from './redemption/bureau.tsx'
import { door as redemptionBureauChosen } from './redemption/bureau-chosen.tsx'
import { door as redemptionBureauPayments } from './redemption/bureau-payments.tsx'
import { door as redemptionCarrier } from './redemption/carrier.tsx'
import { door as redemptionEnterprise } from './redemption/enterprise.tsx'
import { door as registrationBureau } from './registration/bureau.tsx'
import { door as registrationEnterprise } from './registration/enterprise.tsx'
import { door as registrationEnterpriseRegistry } from './registration/enterprise-registry.tsx'
import { outage } from './ui/outage.tsx'
import { ended, problem, statusFor } from './ui/problem.tsx'
import { door as voucherBureau } from './voucher/bureau.tsx'
import { door as voucherCarrier } from './voucher/carrier.tsx'
import { door as voucherCarrierVoucher } from './voucher/carrier-voucher.tsx'
import { door as voucherEnterprise } from './voucher/enterprise.tsx'
import { door as voucherEnterpriseDraft } from './voucher/enterprise-draft.tsx'
import { door as voucherEnterpriseUse } from './voucher/enterprise-use.tsx'
import { door as voucherEnterpriseVoid } from './voucher/enterprise-void.tsx'
import { door as voucherPublic } from './voucher/public.tsx'

/** Bytes of one request, all its files together: what an isolate can hold beside its work. */
const BODY_BYTES_MAX = 64 * 1024 * 1024

/** A page that has not begun to answer by then is an outage, ms. */
const PAGE_MS_MAX = 15_000

/**
 * Identity comes before the catalogue, so it is told here whose credit code is a carrier's. One
 * that is suspended stays a carrier: what is open goes on.
 */
const carrierOf: CarrierOf = (uscc) => sql<string | null>`(
  select ${carriers.id} from ${carriers} where ${carriers.uscc} = ${uscc})`

/** Every door under its role's prefix, slice by slice in the order of the folders. */
const DOORS: readonly (readonly [prefix: string, door: Hono<App>])[] = [
  ['/account', liveMember],
  ['/bureau', ledgerBureau],
  ['/', identityPublic],
  ['/bureau', policyBureau],
  ['/enterprise', registrationEnterprise],
  ['/enterprise', registrationEnterpriseRegistry],
  ['/bureau', registrationBureau],
  ['/carrier', catalogueCarrier],
  ['/carrier', catalogueCarrierOrganisation],
  ['/carrier', catalogueCarrierPicture],
  ['/carrier', catalogueCarrierItem],
  ['/bureau', catalogueBureau],
  ['/bureau', catalogueBureauProposal],
  ['/bureau', catalogueBureauCarrier],
  ['/', cataloguePublic],
  ['/carrier', intakeCarrier],
  ['/bureau', intakeBureau],
  ['/enterprise', quotaEnterprise],
  ['/enterprise', quotaEnterpriseClaim],
  ['/enterprise', quotaEnterpriseService],
  ['/bureau', quotaBureau],
  ['/', mapPublic],
  ['/', mapPublicDocument],
  ['/enterprise', bookingEnterprise],
  ['/enterprise', bookingEnterpriseForm],
  ['/enterprise', bookingEnterpriseMake],
  ['/enterprise', bookingEnterpriseOwn],
  ['/carrier', bookingCarrierFeed],
  ['/carrier', bookingCarrier],
  ['/carrier', bookingCarrierProposal],
  ['/carrier', bookingCarrierCancellation],
  ['/bureau', bookingBureau],
  ['/', bookingPublic],
  ['/', voucherPublic],
  ['/enterprise', voucherEnterpriseUse],
  ['/enterprise', voucherEnterpriseDraft],
  ['/enterprise', voucherEnterpriseVoid],
  ['/enterprise', voucherEnterprise],
  ['/carrier', voucherCarrier],
  ['/carrier', voucherCarrierVoucher],
  ['/bureau', voucherBureau],
  ['/enterprise', redemptionEnterprise],
  ['/carrier', redemptionCarrier],
  ['/bureau', redemptionBureau],
  ['/bureau', redemptionBureauChosen],
  ['/bureau', redemptionBureauPayments],
  ['/enterprise', evaluationEnterprise],
  ['/carrier', evaluationCarrier],
  ['/', hallPublic],
  ['/account', hallMember],
  ['/enterprise', hallEnterprise],
  ['/bureau', hallBureau],
]

rateBy(ratingOf, remarksOf)

export const app = new Hono<App>()

app.use(identified)
// Open to all and kept by caches, with headers of its own: every move of a map asks for it.
app.route('/', mapPublicApi)
app.use(logged, securityHeaders)
app.get('/healthz', allow({ role: 'public', scope: 'any', action: 'health.read' }), (c) =>
  c.text('ok', 200, { 'Cache-Control': 'no-store' }),
)
app.use(deadline(PAGE_MS_MAX), language, actorMiddleware({ carrierOf }))
app.use((c, next) => {
  c.set('menu', menuFor(c.var.actor, c.var.lang))
  return next()
})
app.use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: refuseLarge }), sameSite)

for (const [prefix, door] of DOORS) app.route(prefix, door)

app.notFound((c) => problem(c, 404))
app.onError((error, c) => {
  if (isOutage(error)) {
    logError('unavailable', error, { request_id: c.var.request_id })
    return outage(c)
  }
  if (error instanceof HTTPException && error.status === 401) return ended(c)
  if (error instanceof HTTPException) return problem(c, statusFor(error), error.message)
  logError('unexpected', error, { request_id: c.var.request_id })
  return problem(c, 500)
})

function refuseLarge(c: Ctx): Response | Promise<Response> {
  return problem(c, 413)
}
