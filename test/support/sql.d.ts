/** The schema inside the ledger's objects is imported as text. */
declare module '*.sql' {
  const text: string
  export default text
}
