/** A Worker that is killed and comes back on the same state: process group after process group. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ROOT } from '../demo/first.mjs'

const START_MS_MAX = 40_000
const END_MS_MAX = 2_000
const LINES_KEPT = 40

export class Instance {
  /** Seconds of every start. */
  starts = []
  /** The last lines that the Worker logged. */
  log = []
  #options
  #child
  #life = Promise.withResolvers()

  /** `options` are those of startWorker. */
  constructor(options) {
    this.#options = options
  }

  /** The address of the life that is up; waits for it while there is none. */
  url() {
    return this.#life.promise
  }

  async start() {
    const began = performance.now()
    const words = [join(ROOT, 'test/chaos/process.mjs'), JSON.stringify(this.#options)]
    // Detached makes it the leader of a session and a group of its own, as setsid would.
    const child = spawn(process.execPath, words, {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    const life = this.#life
    const timer = setTimeout(() => life.reject(new Error('no start in time')), START_MS_MAX)
    child.stderr.setEncoding('utf8').on('data', (text) => this.#keep(text))
    child.once('message', life.resolve)
    child.once('exit', () => life.reject(new Error(`it ended: ${this.log.join('\n')}`)))
    await life.promise.finally(() => clearTimeout(timer))
    this.starts.push((performance.now() - began) / 1000)
  }

  /** SIGKILL to the whole group; answers when the last of it is gone. */
  async kill() {
    const child = this.#child
    if (!child) return
    this.#child = undefined
    this.#life = Promise.withResolvers()
    const until = performance.now() + END_MS_MAX
    while (signal(child.pid) && performance.now() < until) await wait(5)
  }

  async restart() {
    await this.kill()
    await this.start()
  }

  #keep(text) {
    this.log = [...this.log, ...text.split('\n').filter(Boolean)].slice(-LINES_KEPT)
  }
}

/** Kills the group; false where nothing of it lives. */
function signal(group) {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    return false
  }
  return !existsSync('/proc') || readdirSync('/proc').some((pid) => isOf(group, pid))
}

/** True for a process of the group that is no mere zombie, which nobody may have reaped yet. */
function isOf(group, pid) {
  if (!/^\d+$/.test(pid)) return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(pgrp) === group && state !== 'Z'
  } catch {
    return false
  }
}
