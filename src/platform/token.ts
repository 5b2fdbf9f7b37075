/** Random secrets and their hashes: sessions, QR codes. A token is stored only as its hash. */
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits in base64url, 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hex: what a store keeps of a token, and of a file. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** A keyed, unguessable token for something that has an id: 128 bits in base64url. */
export function keyedToken(key: string, purpose: string, id: string): string {
  return createHmac('sha256', key).update(`${purpose}:${id}`).digest('base64url').slice(0, 22)
}
