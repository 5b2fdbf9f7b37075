/** Sends requests over some connections for some seconds and says how long they took. */
import { Agent, request } from 'node:http'

/**
 * `target` answers { method, path, headers, body } for each request; `expected` is the one status
 * that counts. Answers latencies in ms, sorted, and requests per second; throws at the first other
 * status, because a fast refusal is no result.
 */
export async function load({ url, target, expected, connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies = []
  const started = performance.now()
  const until = started + seconds * 1000
  const work = async () => {
    while (performance.now() < until) {
      const before = performance.now()
      await send(agent, url, target(), expected)
      latencies.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  const elapsed_s = (performance.now() - started) / 1000
  agent.destroy()
  return { latencies, per_second: latencies.length / elapsed_s, count: latencies.length }
}

function send(agent, url, { method = 'GET', path, headers = {}, body }, expected) {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { agent, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => (text += chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === expected) resolve()
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The value below which this share of the sorted numbers lies. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(numbers) {
  return percentile(numbers, 0.5)
}
