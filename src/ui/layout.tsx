/**
 * The whole page around a slice's content: top bar, band, left menu, main and footer. Complete
 * without JavaScript; sizes and languages are links and forms.
 */
import { getCookie } from 'hono/cookie'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Ctx } from '../platform/bindings.ts'
import { asset } from './asset.ts'
import { Reader } from './reader.ts'
import { strings } from './strings.ts'
import { Footer, LeftMenu, TopBar } from './frame.tsx'

/** The cookie of 大字版: 'large', or absent. */
export const SIZE_COOKIE = 'size'

type LayoutProps = PropsWithChildren<{
  c: Ctx
  title: string
  /** A page that tells of errors says so first in its title. */
  error?: boolean
  /** Uses the whole width: tables of the desks, the map. */
  wide?: boolean
  head?: Child
  script?: readonly ('live' | 'map' | 'registration')[]
}>

export function Layout({ c, title, error, wide, head, script = [], children }: LayoutProps) {
  const t = strings[c.var.lang]
  return (
    <Reader.Provider value={c.var.lang}>
      <html
        lang={c.var.lang === 'zh' ? 'zh-CN' : 'en'}
        data-size={isLarge(c) ? 'large' : undefined}
      >
        <head>
          <meta charset="utf-8" />
          <meta name="renderer" content="webkit" />
          <meta http-equiv="X-UA-Compatible" content="IE=edge" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#0b5fa5" />
          <meta
            name="htmx-config"
            content='{"extensions":"none","includeIndicatorCSS":false,"defaultSettleDelay":0}'
          />
          <title>{`${error ? t.errorPrefix : ''}${title} - ${t.site}`}</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={asset('portal.css')} />
          <script type="module" src={asset('portal.js')}></script>
          {script.map((name) => (
            <script type="module" src={asset(`${name}.js`)}></script>
          ))}
          {head}
        </head>
        <body class={wide ? 'wide' : undefined}>
          <a class="govuk-skip-link" href="#main">
            {t.skip}
          </a>
          <TopBar c={c} />
          <p id="announcement" class="announcement" role="status" data-offline={t.offline}></p>
          <div class="frame">
            <LeftMenu c={c} />
            <main id="main" tabindex={-1}>
              {children}
            </main>
          </div>
          <Footer c={c} />
        </body>
      </html>
    </Reader.Provider>
  )
}

export function isLarge(c: Ctx): boolean {
  return getCookie(c, SIZE_COOKIE) === 'large'
}

/** Sets the reader's language for a fragment that is answered without the page around it. */
export function Fragment({ c, children }: PropsWithChildren<{ c: Ctx }>) {
  return <Reader.Provider value={c.var.lang}>{children}</Reader.Provider>
}
