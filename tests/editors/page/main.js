// Monaco with its YAML support, told the schema of flows; the tests find the editor in `window.editor`.
import "monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution.js";
import * as monaco from "monaco-editor/esm/vs/editor/edcore.main.js";
import { configureMonacoYaml } from "monaco-yaml";

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(label === "yaml" ? "yaml.worker.js" : "editor.worker.js", { type: "module" }),
};

const schema = await (await fetch("flow.schema.json")).json();
configureMonacoYaml(monaco, { schemas: [{ uri: schema.$id, fileMatch: ["**/*.yml"], schema }] });
window.markers = () => monaco.editor.getModelMarkers({}).map((marker) => [marker.startLineNumber, marker.message]);
window.editor = monaco.editor.create(document.getElementById("editor"), {
  model: monaco.editor.createModel("", "yaml", monaco.Uri.parse("file:///flow.yml")),
  wordBasedSuggestions: "off",
  quickSuggestions: false, // the tests ask for what they want
});
window.show = (text, lineNumber, column) => {
  editor.setValue(text);
  editor.setPosition({ lineNumber, column });
  editor.focus();
};
