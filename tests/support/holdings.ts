/** Runs in a page: the names of the databases of its origin in which a text stands somewhere, as text or as bytes. */
export async function holdings(text: string): Promise<readonly string[]> {
  const latin1 = new TextDecoder("latin1");
  const inBytes = latin1.decode(new TextEncoder().encode(text));
  const found: string[] = [];
  for (const { name = "" } of await indexedDB.databases()) {
    if (name.includes(text) || (await valuesOf(name)).some(hasText)) found.push(name);
  }
  return found;

  function hasText(value: unknown): boolean {
    if (typeof value === "string") return value.includes(text);
    if (value instanceof Uint8Array) return latin1.decode(value).includes(inBytes);
    if (typeof value !== "object" || value === null) return false;
    return Object.values(value).some(hasText);
  }

  function done<Value>(request: IDBRequest<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error));
    });
  }

  async function valuesOf(name: string): Promise<readonly unknown[]> {
    const db = await done(indexedDB.open(name));
    try {
      const tables = [...db.objectStoreNames];
      if (tables.length === 0) return [];
      const reading = db.transaction(tables, "readonly");
      return (await Promise.all(tables.map((table) => done(reading.objectStore(table).getAll())))).flat();
    } finally {
      db.close();
    }
  }
}
