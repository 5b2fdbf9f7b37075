/** Types of what tests import from `cloudflare:test` and `cloudflare:workers`. */
import type { D1Migration } from '@cloudflare/vitest-plugin'
import type * as main from '../../src/index.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      TEST_MIGRATIONS: D1Migration[]
      /** How many histories test/fault runs. */
      FAULT_SEQUENCES: string
    }
    interface GlobalProps {
      mainModule: typeof main
    }
  }
}
