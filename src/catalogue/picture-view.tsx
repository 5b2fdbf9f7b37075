/** Pictures of an organisation, a service or an instrument, and the page that keeps them. */
import type { Child } from 'hono/jsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, ErrorSummary, FileField, Form } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { formStrings } from './form-strings.ts'
import { Line, propsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { itemStrings } from './item-strings.ts'
import { PICTURES_MAX } from './picture-rules.ts'
import type { Picture } from './picture-rules.ts'

/** Where everybody sees a picture of what is published. */
export function pictureHref(picture: Pick<Picture, 'id'>): string {
  return `/pictures/${picture.id}`
}

type PicturesProps = { c: Ctx; pictures: readonly Picture[]; under?: (picture: Picture) => Child }

/** Each with what it shows; `under` stands below it. */
export function Pictures({ c, pictures, under }: PicturesProps) {
  if (pictures.length === 0) return <p class="hint">{words(c, itemStrings).no_pictures}</p>
  return (
    <ul class="pictures">
      {pictures.map((picture) => (
        <li aria-label={picture.alt}>
          <img src={pictureHref(picture)} alt={picture.alt} loading="lazy" width="240" />
          <p class="hint">{picture.alt}</p>
          {under ? under(picture) : null}
        </li>
      ))}
    </ul>
  )
}

type PageProps = {
  c: Ctx
  /** Whose pictures, as the page is called. */
  name: string
  back: { label: string; href: string }
  action: string
  /** The form's key. */
  once: string
  pictures: readonly Picture[]
  told: Told | undefined
}

export function PicturesPage({ c, name, back, action, once, pictures, told }: PageProps) {
  const t = words(c, itemStrings)
  const title = t.pictures_of(name)
  const shown = told ?? { typed: {}, many: {}, errors: {} }
  const { added, removed } = { added: t.picture_added, removed: t.picture_removed }
  const done = c.req.query('done')
  return (
    <Layout c={c} title={title} error={told !== undefined}>
      <Crumbs items={[back]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      {done === 'added' ? <Notice tone="good">{added}</Notice> : null}
      {done === 'removed' ? <Notice tone="good">{removed}</Notice> : null}
      <h1>{title}</h1>
      <p class="hint">{t.pictures_note(PICTURES_MAX)}</p>
      <Pictures
        c={c}
        pictures={pictures}
        under={(picture) => (
          <Form c={c} action={`/carrier/services/pictures/${picture.id}/removal`}>
            <Button tone="secondary">{t.remove}</Button>
          </Form>
        )}
      />
      {pictures.length < PICTURES_MAX || told ? (
        <section aria-label={t.add_picture}>
          <h2 class="govuk-heading-m">{t.add_picture}</h2>
          <Form c={c} action={action} once={once} multipart>
            <FileField
              {...propsOf({ c, told: shown, name: 'picture', required: true })}
              accept=".jpg,.jpeg,.png"
            />
            <Line c={c} told={shown} name="alt" required />
            <Button>{t.add_picture}</Button>
          </Form>
        </section>
      ) : (
        <p class="hint">{t.pictures_full}</p>
      )}
    </Layout>
  )
}
