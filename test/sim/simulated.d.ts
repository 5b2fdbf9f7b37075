/** The schema of D1 as the migrations leave it, joined into one text where the run is bundled. */
declare module 'simulated:d1' {
  const text: string
  export default text
}
