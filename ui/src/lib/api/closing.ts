// How the app's close is asked about: the shell says that it is to be asked, the page what came of it.

import { commands, events, type Close } from "./gen";

/** Hears that the app is to close while so many sessions run, until the returned function is called. */
export function listenToClose(heard: (sessions: number) => void): Promise<() => void> {
  return events.closeAsked.listen((event) => heard(event.payload.sessions));
}

/** Tells the shell that the person is being asked, or wants to close. */
export async function answerClose(answer: Close): Promise<void> {
  await commands.close(answer);
}
