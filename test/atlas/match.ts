/** Which documents a search by word finds, said plainly: the index must answer exactly this. */
import type { ItemDoc, OrganisationDoc } from '../../src/atlas/rules.ts'
import { namedText, occursIn, textOf } from '../../src/atlas/word-rules.ts'
import type { Text } from '../../src/atlas/word-rules.ts'

/** An item's own fields; its organisation's name is looked at beside them. */
export function itemTexts(item: ItemDoc): Text[] {
  return [item.name, item.model, item.maker, item.category].map(textOf)
}

/** What an item lends its organisation: the category is the organisation's own. */
export function offeredTexts(item: ItemDoc): Text[] {
  return [item.name, item.model, item.maker].map(textOf)
}

export function organisationTexts(organisation: OrganisationDoc): Text[] {
  return [
    namedText(organisation.name),
    textOf(organisation.intro),
    ...organisation.categories.map(textOf),
  ]
}

/** True where every word occurs in the item or in its organisation's name. */
export function itemMatches(
  item: ItemDoc,
  organisation: Pick<OrganisationDoc, 'name'>,
  words: readonly string[],
): boolean {
  return allOccur(words, [...itemTexts(item), namedText(organisation.name)])
}

/** True where every word occurs in the organisation or in one of the visible items it offers. */
export function organisationMatches(
  organisation: OrganisationDoc,
  items: readonly ItemDoc[],
  words: readonly string[],
): boolean {
  const offered = items.filter((item) => !item.hidden).flatMap(offeredTexts)
  return allOccur(words, [...organisationTexts(organisation), ...offered])
}

function allOccur(words: readonly string[], texts: readonly Text[]): boolean {
  return words.every((word) => texts.some((text) => occursIn(word, text)))
}
