/** 统一社会信用代码, the unified social credit code of a legal person (GB 32100-2015). */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Upper case, full-width forms and spaces removed: what a person typed, as it is compared. */
export function normalUscc(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** True for eighteen characters of the standard's alphabet whose check character fits (mod 31). */
export function isUscc(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false
  return code.charAt(17) === checkCharacter(code.slice(0, 17))
}

/** The eighteenth character for the first seventeen: weights are powers of 3 modulo 31. */
export function checkCharacter(body: string): string {
  let weight = 1
  let sum = 0
  for (const character of body) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}
