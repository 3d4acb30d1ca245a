"""What a repository says about how its flows are linted: `.gitops.yaml`, from text to options. Nothing here is read."""
