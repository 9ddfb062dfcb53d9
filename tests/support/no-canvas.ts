/** The test's DOM draws nothing and measures nothing. Import it before what draws: a chart asks for some of it as it is loaded. */
const idle: ProxyHandler<object> = {
  get: (target, name) => (name in target ? Reflect.get(target, name) : () => ({ width: 0 })),
};
const pen = (): object => new Proxy({}, idle);

class Nobody {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.Path2D ??= function Path() {
  return pen();
} as unknown as typeof Path2D;
globalThis.ResizeObserver ??= Nobody;
window.matchMedia ??= () => new EventTarget() as MediaQueryList;
HTMLCanvasElement.prototype.getContext = () => pen() as never;
Object.defineProperty(document, "fonts", { value: { ready: new Promise(() => undefined) } });
