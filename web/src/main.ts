import { mount } from "svelte";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/states.css";
import "./styles/base.css";
import "./styles/table.css";
import App from "./App.svelte";
import { theme } from "./parts/theme.svelte";

theme.apply();
mount(App, { target: document.getElementById("app")! });
