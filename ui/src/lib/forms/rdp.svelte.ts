// The Remote Desktop part of a session's form, as it is being typed.

import type { Clipboard, Device, RdpForm, WindowSize } from "../api/gen";
import { fieldMessage } from "../words/field";
import { DEVICES, NOTHING_SET } from "../words/rdp";
import type { FormErrors } from "./errors.svelte";

/** The fields of this part that something can be wrong with. */
export const RDP_FIELDS = ["size", "gateway"];

/** The shortest and the longest edge of a desktop, in pixels. */
const LEAST = 200;
const MOST = 8192;

export class RdpFields {
  devices = $state.raw<readonly Device[]>([]);
  clipboard = $state<Clipboard>("text");
  size = $state<WindowSize["size"]>("client");
  width = $state("1600");
  height = $state("900");
  allMonitors = $state(false);
  dynamic = $state(true);
  kerberos = $state(false);
  gateway = $state("");
  #errors: FormErrors;

  /** `errors`: those of the form that this is a part of. */
  constructor(errors: FormErrors, rdp: RdpForm = NOTHING_SET) {
    this.#errors = errors;
    this.#startFrom(rdp);
  }

  #startFrom(rdp: RdpForm): void {
    this.devices = rdp.devices;
    this.clipboard = rdp.clipboard;
    this.size = rdp.size.size;
    if (rdp.size.size === "pixels") [this.width, this.height] = [String(rdp.size.width), String(rdp.size.height)];
    this.allMonitors = rdp.all_monitors;
    this.dynamic = rdp.dynamic_resolution;
    this.kerberos = rdp.kerberos;
    this.gateway = rdp.gateway ?? "";
  }

  /** What the entry would say. All monitors belong to full screen. */
  get form(): RdpForm {
    const { clipboard, kerberos } = this;
    const gateway = this.gateway.trim() === "" ? null : this.gateway.trim();
    return {
      devices: DEVICES.filter((device) => this.devices.includes(device)),
      clipboard,
      size: this.#windowSize,
      all_monitors: this.size === "full_screen" && this.allMonitors,
      dynamic_resolution: this.dynamic,
      kerberos,
      gateway,
    };
  }

  get #windowSize(): WindowSize {
    return this.size === "pixels" ? { size: "pixels", width: edge(this.width), height: edge(this.height) } : { size: this.size };
  }

  /** Whether something in it is to be corrected, so that it has to be in sight. */
  get wrong(): boolean {
    return RDP_FIELDS.some((field) => this.#errors.of(field) !== null);
  }

  allow(device: Device, on: boolean): void {
    this.devices = on ? [...this.devices, device] : this.devices.filter((other) => other !== device);
  }

  setSize(size: WindowSize["size"]): void {
    this.size = size;
    this.#errors.forget("size");
  }

  setWidth(width: string): void {
    this.width = width;
    this.#sizeTyped();
  }

  setHeight(height: string): void {
    this.height = height;
    this.#sizeTyped();
  }

  setGateway(gateway: string): void {
    this.gateway = gateway;
    this.#errors.forget("gateway");
  }

  /** The field was left: what is wrong is said now, not while it is being typed. */
  checkSize(): void {
    const fits = this.size !== "pixels" || (canBe(edge(this.width)) && canBe(edge(this.height)));
    if (!fits) this.#errors.fields = { ...this.#errors.fields, size: fieldMessage("size", "not_a_size") };
  }

  /** What was said no longer holds as soon as it fits. */
  #sizeTyped(): void {
    this.#errors.forget("size");
  }
}

/** Pixels as typed; 0 where that is no whole number. */
function edge(typed: string): number {
  return /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
}

const canBe = (pixels: number): boolean => pixels >= LEAST && pixels <= MOST;
