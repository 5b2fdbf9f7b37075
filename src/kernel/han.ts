/**
 * Chinese characters: their simplified form and their sound. Both go character by character, so
 * that a part of a text is always found in the whole. Tables: OpenCC's TSCharacters, pinyin-pro.
 */
// @ts-expect-error the package states types for its converters only; this is its table, one text
import table from 'opencc-js/dict/TSCharacters'
import { customPinyin, pinyin } from 'pinyin-pro'

/** Place names of the province whose sound differs from the common one. */
customPinyin({ 乐清: 'yuè qīng', 莲都: 'lián dū' })

/** "儀 仪|…": a traditional character and its simplified ones, of which the first counts. */
const SIMPLIFIED = new Map(
  (table as string).split('|').map((pair) => {
    const [traditional = '', simplified = ''] = pair.split(' ')
    return [traditional, simplified] as const
  }),
)

/** 氣相色譜儀 → 气相色谱仪. */
export function simplified(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (one) => SIMPLIFIED.get(one) ?? one)
}

/** 重庆演示 → chong qing yan shi; ü is written v. A character without a known sound is left out. */
export function syllablesOf(han: string): string[] {
  const sounds = pinyin(han, { toneType: 'none', type: 'array', v: true, traditional: false })
  return sounds.filter((sound) => /^[a-z]+$/.test(sound))
}
