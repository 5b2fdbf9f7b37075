/** Elements that hold words. */

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
