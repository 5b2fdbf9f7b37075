/** Structured lines for Workers Logs: one object a line, no personal data, no query strings. */

export type LogLine = { event: string } & Readonly<Record<string, string | number | boolean | null>>

export function logInfo(line: LogLine): void {
  console.log(JSON.stringify(line))
}

/** Logs an unexpected error with its cause; never shown to the user. */
export function logError(event: string, error: unknown, more: Omit<LogLine, 'event'> = {}): void {
  const message = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error)
  console.error(JSON.stringify({ event, message: message.slice(0, 4000), ...more }))
}
