declare module "pg/lib/utils" {
  /** A parameter as it goes over the wire. Throws for what cannot be written down. */
  export function prepareValue(value: unknown): unknown;
}
