/** How accessible the site is, what is missing, and whom to ask. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { accessibilityStrings } from './accessibility-strings.ts'
import { strings } from './strings.ts'

export function Accessibility({ c }: { c: Ctx }) {
  const t = words(c, accessibilityStrings)
  return (
    <>
      <h1>{words(c, strings).accessibility}</h1>
      <p>{t.lead}</p>
      <h2>{t.canTitle}</h2>
      <ul>
        {t.can.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <h2>{t.limitsTitle}</h2>
      <ul>
        {t.limits.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <h2>{t.helpTitle}</h2>
      <p>{t.help}</p>
    </>
  )
}
