/** Sentences that the page brought in its own language, and elements that hold words. */

/** Fills each `{name}`. */
export function filled(
  sentence: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

export function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

export function button(className: string, text = ''): HTMLButtonElement {
  const made = element('button', className, text) as HTMLButtonElement
  made.type = 'button'
  return made
}
