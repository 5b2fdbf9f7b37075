/** A QR code as SVG drawn by attributes alone: the pages allow no inline style. */
import QRCode from 'qrcode'

/** `text` is the address it opens, `label` its accessible name. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = drawn(text)
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`-2 -2 ${size + 4} ${size + 4}`}
      shape-rendering="crispEdges"
    >
      <path fill="#000" d={path} />
    </svg>
  )
}

type Drawn = { size: number; path: string }

/** Codes of vouchers never change, and a list shows dozens: the isolate keeps the latest. */
const KEPT = new Map<string, Drawn>()
const KEPT_MAX = 2000

function drawn(text: string): Drawn {
  const kept = KEPT.get(text)
  if (kept) return kept
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const made = { size: modules.size, path: pathOf(modules.size, modules.data) }
  if (KEPT.size >= KEPT_MAX) KEPT.clear()
  KEPT.set(text, made)
  return made
}

/** One bar for every run of dark modules in a row. */
function pathOf(size: number, data: Uint8Array): string {
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x
      while (x < size && data[y * size + x]) x++
      if (x > from) path += `M${from} ${y}h${x - from}v1H${from}z`
    }
  }
  return path
}
