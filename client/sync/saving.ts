import { isFull } from "#client/storage/quota.ts";

type Act<Told extends readonly unknown[], Answer> = (...told: Told) => Promise<Answer>;

/** Makes acts of such as also tell the person when something they did could not be kept. */
export const createSaving =
  (full: () => void) =>
  <Told extends readonly unknown[], Answer>(act: Act<Told, Answer>): Act<Told, Answer> =>
  async (...told) => {
    try {
      return await act(...told);
    } catch (problem) {
      if (isFull(problem)) full();
      throw problem;
    }
  };
