/** Two languages, one shape: a slice's strings.ts holds `{ zh, en }` with the same keys. */

export type Language = 'zh' | 'en'

type Twin<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer A) => string
      ? (...values: A) => string
      : Twin<T[K]>
}

/** Ties the English strings to the shape of the Chinese, so that a missing one does not compile. */
export function twin<const T extends object>(zh: T, en: Twin<T>): Record<Language, Twin<T>> {
  return { zh: zh as Twin<T>, en }
}
