/** The items of 「办事大厅」 and how a word finds them (SPEC L3). Pure. */

/** 创新券申领服务 and 创新券使用服务, by the last part of their address. */
export const ITEMS = ['claim', 'use'] as const
export type Item = (typeof ITEMS)[number]

/** The longest word that is looked for, in characters. */
export const WORD_CHARACTERS_MAX = 50

export function isItem(text: string): text is Item {
  return (ITEMS as readonly string[]).includes(text)
}

/** A word as it is looked for: full-width forms folded, lower case, cut to the longest allowed. */
export function normalWord(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase().slice(0, WORD_CHARACTERS_MAX)
}

/** The items whose text holds every part of the word; all of them for an empty one. */
export function findItems(typed: string, textOf: (item: Item) => string): Item[] {
  const parts = normalWord(typed).split(/\s+/).filter(Boolean)
  return ITEMS.filter((item) => {
    const text = textOf(item).normalize('NFKC').toLowerCase()
    return parts.every((part) => text.includes(part))
  })
}

/** A phone number with its middle hidden: 139****0004. */
export function maskedPhone(phone: string): string {
  if (phone.length < 8) return '****'
  return `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`
}
