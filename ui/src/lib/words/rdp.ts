// What a Remote Desktop session may use, how its window opens and what its host needs, in words.

import type { Clipboard, Device, HeldBack, RdpForm, StaleCredential, WindowSize } from "../api/gen";
import { unreachableCase, type Message } from "./message";

/** In the order of the form; a device that is missing here does not compile. */
const DEVICE_NAMES: Record<Device, string> = { drives: "Drives", printers: "Printers", ports: "Ports", smart_cards: "Smart cards", microphone: "Microphone", camera: "Camera", sound: "Sound" };
export const DEVICES = Object.keys(DEVICE_NAMES) as Device[];

/** What an entry says on which nothing was set. */
export const NOTHING_SET: RdpForm = { devices: ["sound"], clipboard: "text", size: { size: "client" }, all_monitors: false, dynamic_resolution: true, kerberos: false, gateway: null };

/** Said beside whatever an entry can say already and no launch can do yet. */
export const NOT_SUPPORTED = "Not supported yet: Usher will say so at launch and send nothing.";

/** Said over the devices. */
export const DEVICES_ABOUT = "What is not ticked does not reach the host, whatever the RDP client asks for.";

export function deviceName(device: Device): string {
  return DEVICE_NAMES[device];
}

/** What passes through the clipboard, as its choice is called. */
export function clipboardName(clipboard: Clipboard): string {
  switch (clipboard) {
    case "off":
      return "Off";
    case "text":
      return "Text and pictures";
    case "text_and_files":
      return "Files too";
    default:
      return unreachableCase(clipboard);
  }
}

/** The same within a summary. */
function clipboardWords(clipboard: Clipboard): string {
  switch (clipboard) {
    case "off":
      return "No clipboard";
    case "text":
      return "Clipboard with text and pictures";
    case "text_and_files":
      return "Clipboard with files";
    default:
      return unreachableCase(clipboard);
  }
}

/** How large the window opens. */
export function sizeWords(size: WindowSize): string {
  switch (size.size) {
    case "client":
      return "The client's own size";
    case "full_screen":
      return "Full screen";
    case "pixels":
      return `${size.width} × ${size.height}`;
    default:
      return unreachableCase(size);
  }
}

/** Window, monitors and resizing in one line. */
export function windowWords({ size, all_monitors, dynamic_resolution }: RdpForm): string {
  const screen = all_monitors ? "Full screen on all monitors" : sizeWords(size);
  return dynamic_resolution ? `${screen}; the desktop follows when it is resized` : `${screen}; the desktop keeps its size`;
}

/** What of this computer the session may use, in one line. */
export function devicesWords(devices: readonly Device[]): string {
  const named = DEVICES.filter((device) => devices.includes(device)).map(deviceName);
  return named.length === 0 ? "Nothing" : named.join(", ");
}

/** What differs from an entry on which nothing was set: "Full screen · Drives · Clipboard with files". */
export function rdpSummary(rdp: RdpForm): string {
  const parts = [...windowParts(rdp), ...deviceParts(rdp.devices), ...clipboardParts(rdp.clipboard), ...needParts(rdp)];
  return parts.length === 0 ? "As usual: sound, and a clipboard for text and pictures." : parts.join(" · ");
}

function windowParts({ size, all_monitors, dynamic_resolution }: RdpForm): string[] {
  const screen = size.size === "client" ? [] : [all_monitors ? "Full screen on all monitors" : sizeWords(size)];
  return dynamic_resolution ? screen : [...screen, "Fixed desktop size"];
}

function deviceParts(devices: readonly Device[]): string[] {
  const added = DEVICES.filter((device) => device !== "sound" && devices.includes(device)).map(deviceName);
  return devices.includes("sound") ? added : [...added, "No sound"];
}

function clipboardParts(clipboard: Clipboard): string[] {
  return clipboard === NOTHING_SET.clipboard ? [] : [clipboardWords(clipboard)];
}

function needParts({ kerberos, gateway }: RdpForm): string[] {
  return [...(kerberos ? ["Needs Kerberos"] : []), ...(gateway === null ? [] : [`RD Gateway ${gateway}`])];
}

/** What the entry says that no launch can do yet, said before the launch. */
export function notYet({ kerberos, gateway }: RdpForm): Message | null {
  if (!kerberos && gateway === null) return null;
  const needs = [...(kerberos ? ["Kerberos"] : []), ...(gateway === null ? [] : [`the RD Gateway ${gateway}`])].join(" and ");
  const text = `The entry says that signing in needs ${needs}. This is not supported yet.`;
  return { title: "This session cannot be signed in to yet", text, undone: "Usher says so at launch and sends nothing.", next: "", causes: [] };
}

const HELD_BACK_NAMES: Record<HeldBack, string> = { drives: "drives", clipboard_files: "files in the clipboard", camera: "the camera" };
export const HELD_BACKS = Object.keys(HELD_BACK_NAMES) as HeldBack[];
export const HELD_BACK_TITLE = "Started without all that the entry allows";

/** What a client is not asked for although the entry allows it. */
export function heldBackWords(held: readonly HeldBack[]): string {
  const names = held.map((what) => HELD_BACK_NAMES[what]).join(", ");
  return `Left out: ${names}. The installed client cannot do it safely; "usher doctor rdp" says which version can.`;
}

/** Windows: what other tools have stored for the host of a launch. It stays on the screen until it was read. */
export function staleMessage(stale: readonly StaleCredential[]): Message {
  const names = stale.map(({ target, user }) => `${target} (${user})`).join(", ");
  return {
    title: "Windows keeps another sign-in for this host",
    text: `Another tool has stored ${names} in Windows' Credential Manager. This session does not use it, but Remote Desktop does wherever it is started without Usher.`,
    undone: "",
    next: "If nobody needs it any more, remove it in Credential Manager, under Windows Credentials.",
    causes: [],
  };
}
