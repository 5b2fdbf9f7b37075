/** Stands in for the module `cloudflare:workers`: the base class of objects, and nothing more. */

export class DurableObject<Env = unknown> {
  constructor(
    protected readonly ctx: unknown,
    protected readonly env: Env,
  ) {}
}
