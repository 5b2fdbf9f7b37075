/** The browser of the journeys: where it is, and how it comes onto a machine that has none. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PACKAGES = ['chromium', 'fonts-wqy-microhei']
export const HOW = `Chromium is missing: apt-get install ${PACKAGES.join(' ')}, or set CHROMIUM`

/** The path of a Chromium, undefined where there is none. */
export function findChromium() {
  return [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
}

/** Installs browser and Han font where this process may; answers whether there is a browser now. */
export function installChromium() {
  if (findChromium()) return true
  console.log(HOW)
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...PACKAGES]])
    spawnSync('apt-get', ['-q', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return findChromium() !== undefined
}
