/** Papers that people upload: small real PDFs, different for every title. */

/** A PDF of one empty page that carries `title`, as Playwright takes files. */
export function pdf(title) {
  const parts = ['%PDF-1.4\n']
  const offsets = []
  const add = (body) => {
    offsets.push(parts.join('').length)
    parts.push(`${offsets.length} 0 obj\n${body}\nendobj\n`)
  }
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  add('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>')
  add(`<< /Title <feff${hex16(title)}> >>`)
  const xref = parts.join('').length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  parts.push(`xref\n0 5\n0000000000 65535 f \n${rows.join('')}`)
  parts.push(`trailer << /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n${xref}\n%%EOF\n`)
  return {
    name: `${title}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.from(parts.join(''), 'latin1'),
  }
}

function hex16(text) {
  return [...text].map((one) => one.charCodeAt(0).toString(16).padStart(4, '0')).join('')
}
