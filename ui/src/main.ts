import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import Usher from "./views/Usher.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");

export default mount(Usher, { target });
