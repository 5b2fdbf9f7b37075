/**
 * 「待办」, a bureau's first page (SPEC N3, K1): what waits for the duties of whoever looks. It shows
 * what this bureau decides itself; a city or the province reads its counties' desks elsewhere.
 */
import { Hono } from 'hono'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { readQueue } from './store.ts'
import { DUTIES, tasksOf } from './todo-rules.ts'
import type { Queue, Task } from './todo-rules.ts'
import { todoStrings } from './todo-strings.ts'
import { NoDuty, QueueSection } from './todo-view.tsx'

/** The topic whose hints change a task's list. */
const TOPICS = {
  registrations: 'registration',
  redemptions: 'redemption',
  payments: 'redemption',
  catalogue: 'catalogue',
  imports: 'catalogue',
} as const

export const door = new Hono<App>()

door.get('/', allow({ role: 'bureau', scope: 'region', action: 'todo.read' }), async (c) => {
  const t = words(c, todoStrings)
  const actor = bureauOf(c)
  const cursor = await cursorOf(c.env, channelOf(actor))
  const queues = await Promise.all(tasksOf(actor.staff).map((task) => queueOf(c, task)))
  return page(
    c,
    <Layout c={c} title={t.title} script={['live']}>
      <h1>{t.title}</h1>
      {queues.length === 0 ? <NoDuty c={c} /> : null}
      {queues.map((queue) => (
        <LiveBlock
          topic={TOPICS[queue.task]}
          get={`/bureau/todo/${queue.task}`}
          cursor={cursor}
          said={t.changed}
        >
          <QueueSection c={c} queue={queue} />
        </LiveBlock>
      ))}
      {queues.length > 0 ? <p class="hint">{t.trail}</p> : null}
    </Layout>,
  )
})

/** One task's section, for a page that hears of a change. */
door.get(
  '/todo/:task',
  allow({ role: 'bureau', scope: 'region', action: 'todo.read', staff: Object.values(DUTIES) }),
  async (c) => {
    const task = tasksOf(bureauOf(c).staff).find((one) => one === c.req.param('task'))
    if (!task) return c.notFound()
    const queue = await queueOf(c, task)
    return c.html(
      <Fragment c={c}>
        <QueueSection c={c} queue={queue} />
      </Fragment>,
    )
  },
)

function queueOf(c: Ctx, task: Task): Promise<Queue> {
  return readQueue(c.env, bureauOf(c).region, task, c.var.now)
}
