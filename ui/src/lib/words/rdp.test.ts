import { describe, expect, it } from "vitest";
import type { RdpForm } from "../api/gen";
import { CLIPBOARDS, SIZES } from "./every";
import { DEVICES, HELD_BACKS, NOTHING_SET, NOT_SUPPORTED, clipboardName, deviceName, devicesWords, heldBackWords, rdpSummary, sizeWords, windowWords } from "./rdp";

const UNFINISHED = /undefined|null|\[object|does not know|_/;
const form = (more: Partial<RdpForm>): RdpForm => ({ ...NOTHING_SET, ...more });

describe("what a Remote Desktop session may", () => {
  it("has a word of its own for every device, clipboard and size", () => {
    for (const words of [DEVICES.map(deviceName), CLIPBOARDS.map(clipboardName), SIZES.map(sizeWords)]) {
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).not.toMatch(UNFINISHED);
    }
    expect(NOT_SUPPORTED).toBe("Not supported yet: Usher will say so at launch and send nothing.");
  });

  it.each<[string, Partial<RdpForm>]>([
    ["As usual: sound, and a clipboard for text and pictures.", {}],
    ["Full screen · Drives · Clipboard with files", { size: { size: "full_screen" }, devices: ["sound", "drives"], clipboard: "text_and_files" }],
    ["Full screen on all monitors", { size: { size: "full_screen" }, all_monitors: true }],
    ["1280 × 720 · Fixed desktop size · No sound · No clipboard", { size: { size: "pixels", width: 1280, height: 720 }, dynamic_resolution: false, devices: [], clipboard: "off" }],
    ["Printers · Camera · Needs Kerberos · RD Gateway rdgw.example", { devices: ["camera", "printers", "sound"], kerberos: true, gateway: "rdgw.example" }],
  ])("is summed up as %j", (summary, more) => {
    expect(rdpSummary(form(more))).toBe(summary);
  });

  it("reads as facts", () => {
    expect([devicesWords([]), devicesWords(["sound", "drives"])]).toEqual(["Nothing", "Drives, Sound"]);
    expect(windowWords(form({}))).toBe("The client's own size; the desktop follows when it is resized");
    expect(windowWords(form({ size: { size: "full_screen" }, all_monitors: true, dynamic_resolution: false }))).toBe("Full screen on all monitors; the desktop keeps its size");
  });

  it("says what a client is not asked for", () => {
    for (const held of HELD_BACKS) expect(heldBackWords([held])).toMatch(/^Left out: [a-z ]+\. /);
    expect(heldBackWords(["drives", "camera"])).toContain("drives, the camera");
  });
});
