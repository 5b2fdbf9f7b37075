/** Takes a file: what it is by its content, stored once, its import begun and its job woken. */
import { randomBytes } from 'node:crypto'
import { kindOf } from '../attachment/store.ts'
import { auditOf } from '../audit/client.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { digestOf, putOnce } from '../platform/files.ts'
import { accountOf } from '../platform/guard.ts'
import { wakeJob } from './client.ts'
import { FILE_BYTES_MAX } from './rules.ts'
import type { FileType, Import, UploadRefusal } from './rules.ts'
import { insertImport } from './store.ts'
import { MEDIA } from './template.ts'

const NAME_CHARACTERS_MAX = 120

/** What the file is; refused by name where it cannot be read in any case. */
export async function typeOf(file: File | undefined): Promise<Outcome<FileType, UploadRefusal>> {
  if (!file) return refuse('file_missing')
  if (file.size === 0) return refuse('file_empty')
  if (file.size > FILE_BYTES_MAX) return refuse('file_too_large')
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const mark = Buffer.from(head).toString('hex')
  if (mark === 'd0cf11e0') return refuse('old_workbook')
  if (!mark.startsWith('504b')) return accept('csv')
  return (await kindOf(file)) === 'xlsx' ? accept('xlsx') : refuse('broken_archive')
}

type Begun = Pick<Import, 'id' | 'kind' | 'carrier' | 'region'>

/** Begins an import under an id the form was rendered with: sent twice, it begins once. */
export async function beginImport(c: Ctx, file: File, type: FileType, begun: Begun): Promise<void> {
  const db = dbOf(c.env)
  const { id, name: by_name } = accountOf(c)
  const sha256 = await digestOf(file)
  const key = `intake/${begun.id}/${randomBytes(16).toString('hex')}`
  await putOnce(c.env, { key, content: file, type: MEDIA[type], sha256 })
  const file_name = nameOf(file, type)
  const row = { ...begun, file_name, file_size: file.size, file_type: type, sha256, key }
  const audit = auditOf(c, 'import.begin', `import:${begun.id}`, {
    region: begun.region,
    after: { kind: begun.kind, file: file_name, size: file.size, sha256 },
  })
  await commitOnce(db, [insertImport(db, { ...row, at: c.var.now, by: id, by_name }), audit])
  await wakeJob(c.env, begun.id)
}

/** Without folders and marks that cannot be seen. */
function nameOf(file: File, type: FileType): string {
  const plain = file.name.replace(/^.*[\\/]/s, '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
  const name = [...plain.trim()].slice(0, NAME_CHARACTERS_MAX).join('')
  return name === '' ? `import.${type}` : name
}
