import { beforeEach, describe, expect, it, vi } from "vitest";
import { closeText, closeTitle } from "../words/closing";

const shell = vi.hoisted(() => ({ listenToClose: vi.fn(), answerClose: vi.fn() }));
vi.mock("../api/closing", () => shell);

const { Closing } = await import("./closing.svelte");

let close: (sessions: number) => void = () => undefined;
const unlisten = vi.fn();
beforeEach(() => {
  vi.resetAllMocks();
  shell.answerClose.mockResolvedValue(undefined);
  shell.listenToClose.mockImplementation((heard: typeof close) => {
    close = heard;
    return Promise.resolve(unlisten);
  });
});

async function asked(sessions: number): Promise<InstanceType<typeof Closing>> {
  const closing = new Closing();
  await closing.start();
  expect(closing.sessions).toBeNull();
  close(sessions);
  return closing;
}

describe("Closing the app while sessions run", () => {
  it("is asked about, and the shell hears that it is", async () => {
    const closing = await asked(2);
    expect(closing.sessions).toBe(2);
    expect(shell.answerClose.mock.calls).toEqual([["asking"]]);
  });

  it("does nothing more where the person cancels, and can be asked again", async () => {
    const closing = await asked(1);
    closing.cancel();
    expect(closing.sessions).toBeNull();
    expect(shell.answerClose.mock.calls).toEqual([["asking"]]);
    close(3);
    expect(closing.sessions).toBe(3);
  });

  it("ends them where the person says so", async () => {
    const closing = await asked(1);
    closing.end();
    expect([closing.sessions, shell.answerClose.mock.calls]).toEqual([null, [["asking"], ["end"]]]);
  });

  it("is not heard of any more after the page has gone", async () => {
    const closing = await asked(1);
    closing.stop();
    expect(unlisten).toHaveBeenCalledTimes(1);
  });
});

describe("The question", () => {
  it.each([
    [1, [], "Close Usher and end the session?", "1 session is running. Closing Usher ends it."],
    [2, [], "Close Usher and end 2 sessions?", "2 sessions are running. Closing Usher ends them."],
    [2, ["DC01", "SQL01"], "Close Usher and end 2 sessions?", "2 sessions are running: DC01, SQL01. Closing Usher ends them."],
    [3, ["DC01"], "Close Usher and end 3 sessions?", "3 sessions are running: DC01 and 2 more. Closing Usher ends them."],
    [6, ["A", "B", "C", "D", "E", "F"], "Close Usher and end 6 sessions?", "6 sessions are running: A, B, C, D and 2 more. Closing Usher ends them."],
  ])("of %i, of which it knows %j", (sessions, names, title, text) => {
    expect([closeTitle(sessions), closeText(sessions, names)]).toEqual([title, text]);
  });
});
