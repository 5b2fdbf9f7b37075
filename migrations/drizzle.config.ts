/** Where `npm run db:new` finds the tables of all slices and writes the next migration. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/*/tables.ts',
  out: './migrations/d1',
})
