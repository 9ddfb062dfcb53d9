import { lazy, Suspense, type Component, type JSX } from "solid-js";

/**
 * A part whose code comes when it is first shown. What is around it stays as it is meanwhile: it waits by itself, and
 * never makes the view that it opens from wait.
 */
export function later<Props extends object>(load: () => Promise<Component<Props>>): Component<Props> {
  const Part = lazy(async () => ({ default: await load() }));

  return (props): JSX.Element => (
    <Suspense>
      <Part {...props} />
    </Suspense>
  );
}
