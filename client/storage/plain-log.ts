/**
 * What Yjs says when it is used wrongly, without colours: this takes the place of lib0's own in the build, which brings a
 * maker of elements, schemas and a generator of random values along: three kilobytes that nobody needs.
 */
export const { warn, info: print } = console;

const plain = "";
export { plain as BOLD, plain as ORANGE, plain as RED, plain as UNBOLD };
