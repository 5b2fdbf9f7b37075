/** The parts of the page that stand around its content: who is here, where to go, whose site. */
import type { Child } from 'hono/jsx'
import { getCookie } from 'hono/cookie'
import type { MenuLink } from '../platform/bindings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { useWords } from './reader.ts'

/** 科技大脑, the public pages, and at the right the person, the language and the text size. */
export function TopBar({ c }: { c: Ctx }) {
  const t = useWords()
  return (
    <header class="top">
      {c.env.DEMO === '1' ? (
        <div class="demo">
          <p class="top-width">
            <strong>{t.demo}</strong> <span class="demo-note">{t.demoNote}</span>
          </p>
        </div>
      ) : null}
      <div class="top-bar">
        <div class="top-width top-row">
          <a class="brand" href="/">
            {t.site}
          </a>
          <nav class="top-nav" aria-label={t.siteNav}>
            <ul>
              <TopLink c={c} href="/hall" label={t.hall} />
              <TopLink c={c} href="/map" label={t.map} />
            </ul>
          </nav>
          <div class="person" id="person">
            {c.var.account ? <SignedIn c={c} /> : <SignedOut c={c} />}
            <Display c={c} />
          </div>
        </div>
      </div>
    </header>
  )
}

function TopLink({ c, href, label }: { c: Ctx; href: string; label: string }) {
  const here = c.req.path === href || c.req.path.startsWith(`${href}/`)
  return (
    <li>
      <a href={href} aria-current={here ? 'page' : undefined}>
        {label}
      </a>
    </li>
  )
}

function SignedOut({ c }: { c: Ctx }) {
  const t = useWords()
  const back = c.req.path === '/' ? '' : `?return=${encodeURIComponent(hereWith(c))}`
  return (
    <>
      <a href={`/login/legal${back}`}>{t.legalLogin}</a>
      <a href={`/login/staff${back}`}>{t.staffLogin}</a>
    </>
  )
}

function SignedIn({ c }: { c: Ctx }) {
  const t = useWords()
  const account = c.var.account
  const unit = account?.unit ?? account?.name
  return (
    <>
      <span class="person-name">{unit}</span>
      <a href="/account">{t.account}</a>
      <form method="post" action="/logout">
        <input type="hidden" name="csrf" value={c.var.csrf} />
        <button type="submit" class="plain">
          {t.logout}
        </button>
      </form>
    </>
  )
}

function Display({ c }: { c: Ctx }) {
  const t = useWords()
  const other = c.var.lang === 'zh' ? 'en' : 'zh'
  const large = getCookie(c, 'size') === 'large'
  return (
    <>
      <a
        href={hereWith(c, { lang: other })}
        lang={other === 'en' ? 'en' : 'zh-CN'}
        hreflang={other}
      >
        {t.otherLanguage}
      </a>
      <form method="post" action="/text-size">
        <input type="hidden" name="csrf" value={c.var.csrf} />
        <input type="hidden" name="back" value={hereWith(c)} />
        <button type="submit" class="plain" name="size" value={large ? 'normal' : 'large'}>
          {large ? t.normalText : t.largeText}
        </button>
      </form>
    </>
  )
}

/** This page's address to come back to; after a POST, the page that the form stood on. */
function hereWith(c: Ctx, more: Readonly<Record<string, string>> = {}): string {
  const referer = c.req.header('Referer')
  const own = new URL(c.req.url)
  let url = own
  if (c.req.method !== 'GET' && referer && URL.canParse(referer)) url = new URL(referer)
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value)
  return url.pathname + url.search
}

/** 左侧菜单, a strip on a phone; empty for a reader who has nothing there. */
export function LeftMenu({ c }: { c: Ctx }) {
  const t = useWords()
  const menu = c.var.menu ?? []
  if (menu.length === 0) return <div id="menu" class="menu-none"></div>
  const current = currentOf(
    c.req.path,
    menu.flatMap((group) => group.links),
  )
  return (
    <nav class="menu" id="menu" aria-label={t.menu}>
      {menu.map((group) => (
        <div class="menu-group">
          {group.label ? <p class="menu-label">{group.label}</p> : null}
          <ul>
            {group.links.map((link) => (
              <MenuItem link={link} current={link === current} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function MenuItem({ link, current }: { link: MenuLink; current: boolean }): Child {
  return (
    <li>
      <a href={link.href} aria-current={current ? 'page' : undefined}>
        {link.label}
      </a>
      {link.count ? <span class="menu-count">{link.count}</span> : null}
    </li>
  )
}

/** The entry one of whose addresses is the longest beginning of this path. */
function currentOf(path: string, links: readonly MenuLink[]): MenuLink | undefined {
  return links
    .flatMap((link) => [link.href, ...(link.below ?? [])].map((href) => ({ link, href })))
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.href.length - one.href.length)[0]?.link
}

/** Who runs this, where to call, and how accessible it is. */
export function Footer({ c }: { c: Ctx }) {
  const t = useWords()
  const demo = c.env.DEMO === '1'
  return (
    <footer class="foot">
      <div class="top-width foot-row">
        <p>{t.owner(c.env.SITE_OWNER ?? (demo ? t.ownerDemo : t.ownerUnset))}</p>
        <p>{t.phone(c.env.SITE_PHONE ?? (demo ? t.phoneDemo : t.ownerUnset))}</p>
        <a href="/accessibility">{t.accessibility}</a>
      </div>
    </footer>
  )
}
