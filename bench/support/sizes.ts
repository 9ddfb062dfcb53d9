/** How large a bench is: what the environment says under this name, or the usual. */
export const size = (name: string, usual: number): number => Number(process.env[name] ?? usual);
