/** Answers of the public interface and the prepared files, as JSON. */

export async function json<T>(address: string, how: RequestInit): Promise<T> {
  const answer = await fetch(address, how)
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as T
}

/** An address with these parts added. */
export function withParts(address: string, parts: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parts).toString()
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}
