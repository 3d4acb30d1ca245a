"""Rules about names that lead elsewhere: outputs, inputs, variables, other flows, files."""
